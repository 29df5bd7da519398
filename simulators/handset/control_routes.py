"""What a tester is told of the phones beside the control plane that every service has."""

from typing import TYPE_CHECKING

from simulators.handset.models import HandsetState, HandsetStates
from simulators.handset.records import Handset
from simulators.kit.api import Api
from simulators.kit.lazy import lazy
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

if TYPE_CHECKING:
    from simulators.handset import tables
else:
    tables = lazy("simulators.handset.tables")

api = Api()


@api.operation("GET", "/_sandbox/worlds/<world>/people", answer=HandsetStates, control=True)
def get_people(service: Service, world: str) -> HandsetStates:
    """Tell the phones of a world and their owners, ``registered`` as the TSG said it last."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        return HandsetStates([HandsetState.of(handset) for handset in tx.all(tables.every_handset, Handset)])
