"""The control plane of the whole sandbox: what every service has under ``/_sandbox``, for all of them at once."""

from datetime import datetime
from typing import Annotated

import msgspec
from flask import request
from msgspec import Meta, Struct

from registration_sandbox.control_plane import external, fleet
from registration_sandbox.control_plane.refusals import ASKING, CHANGING
from registration_sandbox.control_plane.views import (
    Credentials,
    MadeWorld,
    ScenarioList,
    ScenarioView,
    ServiceList,
    WorldList,
    WorldTime,
    WorldView,
)
from registration_sandbox.worlds import clockwork, library, making, policies, snapshots, strikes
from registration_sandbox.worlds.scenario import Scenario
from simulators.kit import clock
from simulators.kit.faults import Fault, FaultMade, Faults
from simulators.kit.models import assumed
from simulators.kit.services import SERVICES
from simulators.kit.web import keeping
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.keeping import ClockMove, ClockState, PolicyChange
from simulators.kit.work import Service
from simulators.kit.world import World

api = Api()


class WorldBody(Struct):
    """``{"scenario": NAME}``, a whole scenario (by ``scenarios/scenario.schema.json``), or ``{"clone": WORLD}``."""


class NamedScenario(Struct, forbid_unknown_fields=True):
    """A scenario by its name, with another seed if you like, or with people's secrets left in the journal."""

    scenario: Annotated[str, assumed]
    seed: Annotated[int | Annotated[str, Meta(max_length=100)] | None, assumed] = None
    unmasked: Annotated[bool, assumed] = False


class ClonedWorld(Struct, forbid_unknown_fields=True):
    """A world to clone."""

    clone: Annotated[str, assumed]


@api.operation("GET", "/_sandbox/worlds", answer=WorldList, control=True)
def get_worlds(service: Service) -> WorldList:
    """List the worlds."""
    wall = clock.wall_now()
    return WorldList(
        [
            WorldView(w.id, w.label, w.clock.now(), w.clock.frozen, w.created_at, _age(w, wall), w.unmasked)
            for w in service.worlds.all()
        ]
    )


@api.operation(
    "PUT", "/_sandbox/worlds/<world>", body=WorldBody, answer=MadeWorld, status=201, also=(200,), control=True,
    refusals=[*CHANGING, (400, "bad-clock-change"), (400, "bad-fault"), (400, "bad-scenario"), (400, "bad-world"),
              (404, "unknown-scenario"), (409, "outside-the-sandbox"), (409, "world-busy"), (412, "world-exists"),
              (502, "bad-handsets"), (503, "upstream-unavailable")],
    choices=(NamedScenario, ClonedWorld, Scenario),
)  # fmt: skip
def put_world(service: Service, _: WorldBody, world: str) -> Answer:
    """Make a world from a scenario in every service, or replace it; where one service fails, nothing has changed.

    With ``unmasked``, passwords, PINs, codes and tokens of its people stay readable in its journal, for good and for
    everybody who sees it. A clone is all that another world is at this moment, unmasked if that is. With
    ``If-None-Match: *`` a world that is there already stays as it is.
    """
    body = msgspec.json.decode(request.get_data() or b"{}")
    only_new = request.headers.get("If-None-Match", "").strip() == "*"
    if isinstance(body, dict) and "clone" in body:
        return snapshots.clone(service, body, world, only_new=only_new)
    return making.make(service, world, making.scenario_of(body), only_new=only_new)


@api.operation("DELETE", "/_sandbox/worlds/<world>", status=204, control=True, refusals=CHANGING)
def delete_world(service: Service, world: str) -> Answer:
    """Forget a world in every service; others are untouched."""
    making.unmake(service, world)
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/worlds/<world>/clock", answer=ClockState, control=True, refusals=ASKING)
def get_clock(service: Service, world: str) -> ClockState:
    """Return a world's time."""
    return keeping.clock_state(service, world)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/clock", body=ClockMove, answer=WorldTime, control=True,
    refusals=[*CHANGING, (400, "bad-clock-change"), (409, "world-busy")],
)  # fmt: skip
def post_clock(service: Service, move: ClockMove, world: str) -> WorldTime:
    """Move, freeze or restart a world's clock everywhere; what falls due by it is done before the answer."""
    return clockwork.change(service, world, move)


@api.operation("GET", "/_sandbox/worlds/<world>/policies", answer=PolicyChange, control=True, refusals=ASKING)
def get_policies(service: Service, world: str) -> PolicyChange:
    """Return a world's policies, by service, defaults included."""
    return PolicyChange(dict(policies.in_force(service, world)))


@api.operation(
    "PATCH", "/_sandbox/worlds/<world>/policies", body=PolicyChange, answer=PolicyChange, control=True,
    refusals=[*CHANGING, (400, "bad-world"), (400, "unknown-service"), (409, "outside-the-sandbox")],
)  # fmt: skip
def patch_policies(service: Service, change: PolicyChange, world: str) -> PolicyChange:
    """Change policies of a world while it runs, all or none: ``{"policies": {"cymmetri": {…}}}``."""
    return PolicyChange(dict(policies.change(service, world, change.policies)))


@api.operation(
    "POST", "/_sandbox/worlds/<world>/faults", body=Fault, answer=FaultMade, status=201, control=True,
    refusals=[*CHANGING, (400, "bad-fault"), (400, "unknown-service"), (409, "outside-the-sandbox")],
)  # fmt: skip
def post_fault(service: Service, fault: Fault, world: str) -> FaultMade:
    """Add a fault to the service that it names, or to every service."""
    if fault.service:
        fleet.check_service(fault.service, "service")
    return FaultMade(strikes.add(service, world, fault))


@api.operation("GET", "/_sandbox/worlds/<world>/faults", answer=Faults, control=True, refusals=ASKING)
def get_faults(service: Service, world: str) -> Faults:
    """List a world's faults in every service, with how often each has fired."""
    return Faults(strikes.list_faults(service, world))


@api.operation("DELETE", "/_sandbox/worlds/<world>/faults", status=204, control=True, refusals=CHANGING)
def delete_faults(service: Service, world: str) -> Answer:
    """Remove every fault of a world, in every service."""
    strikes.remove(service, world, None)
    return Answer(None, 204)


@api.operation(
    "DELETE",
    "/_sandbox/worlds/<world>/faults/<fault>",
    status=204,
    control=True,
    refusals=[*CHANGING, (404, "unknown-fault")],
)
def delete_fault(service: Service, world: str, fault: str) -> Answer:
    """Remove one fault, wherever it is."""
    strikes.remove(service, world, fault)
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/scenarios", answer=ScenarioList, control=True)
def get_scenarios(service: Service) -> ScenarioList:
    """List the scenarios that can be loaded."""
    del service
    return ScenarioList(
        [ScenarioView(s.name, s.description, [p.name for p in s.personas]) for s in library.scenarios()]
    )


@api.operation("GET", "/_sandbox/services", answer=ServiceList, control=True)
def get_services(service: Service) -> ServiceList:
    """Return for every service whether it is the sandbox's, a real system outside of it, or cannot be reached."""
    return ServiceList([external.describe_service(service, name) for name in SERVICES])


@api.operation("GET", "/_sandbox/credentials", answer=Credentials, control=True)
def get_credentials(service: Service) -> Answer:
    """Return the credentials that your own middleware needs, by the settings' names."""
    told = {f"SANDBOX_{name.upper()}": secret for name, secret in service.settings.credentials.items()}
    return Answer(Credentials(**told), 200, {"Cache-Control": "no-store"})


def _age(world: World, wall: datetime) -> float:
    """Return for how many seconds a world has been there; none where the machine's clock was set back."""
    return max(0.0, (wall - world.created_at).total_seconds())
