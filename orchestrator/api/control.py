"""What testers see of the middleware's registrations under ``/_sandbox``."""

from orchestrator import registrations
from orchestrator.api.views import view, view_change
from orchestrator.models import Registrations, RegistrationWithHistory, StatusChangeView
from orchestrator.records import Registration
from orchestrator.state import DeviceState
from simulators.kit.web.api import Api
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

api = Api()


@api.operation("GET", "/_sandbox/worlds/<world>/registrations", answer=Registrations, control=True)
def get_registrations(service: Service, world: str) -> Registrations:
    """List a world's registrations, newest first, each with its history. A tester sees everybody's."""
    service.worlds.find(world_id(world))
    changes: dict[str, list[StatusChangeView]] = {}
    for change in registrations.list_changes(service.store, world):
        changes.setdefault(change.registration, []).append(view_change(change))
    found = registrations.list_all(service.store, world)
    return Registrations(
        [RegistrationWithHistory(view(one), one.owner, changes.get(one.id, []), _device_of(one)) for one in found]
    )


def _device_of(registration: Registration) -> str | None:
    return registration.state.em_cert_id if isinstance(registration.state, DeviceState) else None
