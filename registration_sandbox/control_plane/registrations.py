"""A world's registrations, as our own middleware shows them; a middleware from outside shows none."""

from orchestrator.models import Registrations, RegistrationWithHistory
from registration_sandbox.control_plane import external, fleet
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

MIDDLEWARE = "orchestrator"


def list_registrations(service: Service, world: str) -> list[RegistrationWithHistory]:
    """Return every registration of a world, newest first. Raises SandboxRefusal (``unknown-world``)."""
    id = service.worlds.find(world_id(world)).id
    if external.is_external(service, MIDDLEWARE):
        return []
    return fleet.ask_for(service, MIDDLEWARE, fleet.place(id, "registrations"), Registrations).registrations


def find_registration(service: Service, world: str, id: str) -> RegistrationWithHistory | None:
    """Return one registration of a world, if it is there."""
    return next((one for one in list_registrations(service, world) if one.registration.id == id), None)
