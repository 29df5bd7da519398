"""What testers see of the phones under ``/_sandbox``."""

from simulators.handset import tables
from simulators.handset.models import HandsetState, HandsetStates
from simulators.handset.records import Handset
from simulators.kit.web.api import Api
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

api = Api()


@api.operation("GET", "/_sandbox/worlds/<world>/people", answer=HandsetStates, control=True)
def get_people(service: Service, world: str) -> HandsetStates:
    """List the phones of a world and their owners; ``registered`` is the TSG's last answer."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        return HandsetStates([HandsetState.of(handset) for handset in tx.all(tables.every_handset, Handset)])
