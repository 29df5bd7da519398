"""The people of a world: everyone, and what the bank changes of one of them while flows run."""

from registration_sandbox.control_plane.refusals import ASKING, CHANGING
from registration_sandbox.worlds import making
from registration_sandbox.worlds.changes import PersonChange, change_person
from registration_sandbox.worlds.personas import Personas, PersonaState
from simulators.kit.web.api import Api
from simulators.kit.work import Service

api = Api()


@api.operation("GET", "/_sandbox/worlds/<world>/personas", answer=Personas, control=True, refusals=ASKING)
def get_personas(service: Service, world: str) -> Personas:
    """Return everyone in a world, with all that a tester needs to play them. Nothing here is masked."""
    return making.everyone(service, world)


@api.operation(
    "PATCH", "/_sandbox/worlds/<world>/people/<path:name>", body=PersonChange, answer=PersonaState, control=True,
    refusals=[*CHANGING, (400, "bad-scenario"), (400, "bad-world"), (404, "unknown-person"), (409, "not-a-customer"),
              (409, "outside-the-sandbox")],
)  # fmt: skip
def patch_person(service: Service, change: PersonChange, world: str, name: str) -> PersonaState:
    """Change a customer as the bank holds them; null takes a contact away, and what is left out stays as it is.

    What others hold of the person, such as the contacts in Cymmetri and the Auth Service, stays as it is there.
    """
    return change_person(service, world, name, change)
