"""What the control plane of the whole sandbox tells: worlds, scenarios, and what was observed in a world."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Struct, defstruct, field

from simulators.kit.models import assumed
from simulators.kit.services import CREDENTIALS
from simulators.kit.web.keeping import ClockState, WorldState


class WorldView(Struct):
    """A world: its scenario, its clock, its age in seconds of the machine's time, whether its journal is unmasked."""

    world: Annotated[str, assumed]
    scenario: Annotated[str, assumed]
    now: Annotated[datetime, assumed]
    frozen: Annotated[bool, assumed]
    created_at: Annotated[datetime, assumed]
    age: Annotated[float, assumed]
    unmasked: Annotated[bool, assumed] = False


class MadeWorld(WorldState):
    """A world that was made; ``outside`` are the services that have no part in it, because they are real systems.

    ``unmasked`` tells that its people's secrets are in its journal.
    """

    outside: Annotated[list[str], assumed] = field(default_factory=list)
    unmasked: Annotated[bool, assumed] = False


class WorldTime(ClockState):
    """A world's time; ``not_moved`` are the services outside the sandbox, which keep their own."""

    not_moved: Annotated[list[str], assumed] = field(default_factory=list)


class ServiceView(Struct):
    """A service as the control plane reaches it.

    ``state`` is ``sandbox``, ``outside`` (a real system answers there) or ``unavailable``; ``detail`` says why.
    """

    service: Annotated[str, assumed]
    url: Annotated[str, assumed]
    state: Annotated[Literal["sandbox", "outside", "unavailable"], assumed]
    detail: Annotated[str, assumed] = ""


class ServiceList(Struct):
    """Every service, in the order of their ports."""

    services: Annotated[list[ServiceView], assumed]


class WorldList(Struct):
    """Every world, oldest first."""

    worlds: Annotated[list[WorldView], assumed]


class ScenarioView(Struct):
    """A scenario that can be loaded."""

    name: Annotated[str, assumed]
    description: Annotated[str, assumed]
    personas: Annotated[list[str], assumed]


class ScenarioList(Struct):
    """The scenarios that can be loaded, by name."""

    scenarios: Annotated[list[ScenarioView], assumed]


class BranchTaken(Struct):
    """How often a branch was taken, and in which exchanges."""

    count: Annotated[int, assumed]
    exchanges: Annotated[list[str], assumed]


class Coverage(Struct):
    """The branches that were taken, by id.

    What was taken in the ``pruned`` exchanges is not told: they were deleted because journals have a limit.
    """

    branches: Annotated[dict[str, BranchTaken], assumed]
    pruned: Annotated[int, assumed] = 0


Credentials = defstruct(
    "Credentials",
    [(f"SANDBOX_{name.upper()}", Annotated[str, assumed]) for name in CREDENTIALS],
    namespace={"__doc__": "The credentials that a middleware needs, by the settings' names."},
    module=__name__,
)
