"""The control plane of the whole sandbox: what every service has under ``/_sandbox``, for all of them at once."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from flask import request
from msgspec import Struct

from orchestrator import fleet, outside
from orchestrator.views import (
    MadeWorld,
    ScenarioList,
    ScenarioView,
    ServiceList,
    WorldList,
    WorldTime,
    WorldView,
)
from orchestrator.worlds import clockwork, strikes, turns
from orchestrator.worlds.personas import Personas
from simulators.kit import clock, control
from simulators.kit.api import Answer, Api
from simulators.kit.control import ClockMove, ClockState, PolicyChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults import Fault, FaultMade, Faults
from simulators.kit.lazy import lazy
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service
from simulators.kit.worlds import World, world_id

if TYPE_CHECKING:
    from orchestrator.worlds import library, making
else:
    library, making = lazy("orchestrator.worlds.library"), lazy("orchestrator.worlds.making")

api = Api()


class WorldBody(Struct):
    """``{"scenario": NAME}``, or a whole scenario (its schema is ``scenarios/scenario.schema.json``)."""


@api.operation("GET", "/_sandbox/worlds", answer=WorldList, control=True)
def get_worlds(service: Service) -> WorldList:
    """List the worlds."""
    wall = clock.wall_now()
    return WorldList(
        [
            WorldView(w.id, w.label, w.clock.now(), w.clock.frozen, w.created_at, _age(w, wall))
            for w in service.worlds.all()
        ]
    )


@api.operation(
    "PUT", "/_sandbox/worlds/<world>", body=WorldBody, answer=MadeWorld, status=201, control=True,
    refusals=[(400, "bad-scenario"), (404, "unknown-scenario"), (409, "outside-the-sandbox"),
              (409, "world-in-the-making"), (412, "world-exists"), (503, "service-unavailable")],
)  # fmt: skip
def put_world(service: Service, _: WorldBody, world: str) -> Answer:
    """Make a world from a scenario in every service, or replace it; where one service fails, it is nowhere.

    With ``If-None-Match: *`` a world that is there already stays as it is.
    """
    scenario = making.scenario_of(msgspec.json.decode(request.get_data() or b"{}"))
    with turns.alone(service, control.new_world_id(world)):
        if request.headers.get("If-None-Match", "").strip() == "*" and service.worlds.exists(world):
            raise SandboxRefusal("world-exists", 412, f"There is a world {world!r} already.")
        return making.make(service, world, scenario)


@api.operation("DELETE", "/_sandbox/worlds/<world>", status=204, control=True)
def delete_world(service: Service, world: str) -> Answer:
    """Forget a world in every service; others are untouched."""
    with turns.alone(service, world_id(world)):
        making.unmake(service, world)
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/worlds/<world>/clock", answer=ClockState, control=True)
def get_clock(service: Service, world: str) -> ClockState:
    """Tell a world's time."""
    return control.clock_state(service, world)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/clock", body=ClockMove, answer=WorldTime, control=True,
    refusals=[(400, "bad-clock-change"), (404, "unknown-world")],
)  # fmt: skip
def post_clock(service: Service, move: ClockMove, world: str) -> WorldTime:
    """Move, freeze or restart a world's clock everywhere; what falls due by it is done before the answer."""
    return clockwork.change(service, world, move)


@api.operation("GET", "/_sandbox/worlds/<world>/policies", answer=PolicyChange, control=True)
def get_policies(service: Service, world: str) -> PolicyChange:
    """Tell a world's policies, by service, defaults included."""
    told = {
        name: fleet.ask_for(service, name, f"/worlds/{world}/policies", PolicyChange).policies
        for name in fleet.reached(service)
        if name != fleet.OWN
    }
    own = control.get_policies(service, world).policies
    return PolicyChange({name: policies for name, policies in {fleet.OWN: own, **told}.items() if policies})


@api.operation(
    "PATCH", "/_sandbox/worlds/<world>/policies", body=PolicyChange, answer=PolicyChange, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world"), (409, "outside-the-sandbox")],
)  # fmt: skip
def patch_policies(service: Service, change: PolicyChange, world: str) -> PolicyChange:
    """Change policies of a world while it runs: ``{"policies": {"cymmetri": {…}}}``."""
    before = get_policies(service, world).policies
    for name, policies in change.policies.items():
        fleet.known(name, "policies")
        if outside.is_outside(service, name):
            raise outside.refusal(service, name, f"policies.{name}")
        if not isinstance(policies, dict):
            raise SandboxRefusal("bad-world", 400, f"policies.{name} must be an object.", field=f"policies.{name}")
    changed: list[str] = []
    try:
        for name, policies in change.policies.items():
            _change_policies(service, name, world, policies)
            changed.append(name)
    except SandboxRefusal:
        for name in changed:
            _change_policies(service, name, world, before[name])
        raise
    return get_policies(service, world)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/faults", body=Fault, answer=FaultMade, status=201, control=True,
    refusals=[(400, "bad-fault"), (404, "unknown-world"), (409, "outside-the-sandbox")],
)  # fmt: skip
def post_fault(service: Service, fault: Fault, world: str) -> FaultMade:
    """Add a fault to the service that it names, or to every service."""
    if fault.service:
        fleet.known(fault.service, "service")
    return FaultMade(strikes.add(service, world, fault))


@api.operation("GET", "/_sandbox/worlds/<world>/faults", answer=Faults, control=True)
def get_faults(service: Service, world: str) -> Faults:
    """List a world's faults in every service, with how often each has fired."""
    return Faults(strikes.listed(service, world))


@api.operation("DELETE", "/_sandbox/worlds/<world>/faults", status=204, control=True)
def delete_faults(service: Service, world: str) -> Answer:
    """Remove every fault of a world, in every service."""
    strikes.remove(service, world, None)
    return Answer(None, 204)


@api.operation("DELETE", "/_sandbox/worlds/<world>/faults/<fault>", status=204, control=True)
def delete_fault(service: Service, world: str, fault: str) -> Answer:
    """Remove one fault, wherever it is."""
    strikes.remove(service, world, fault)
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/worlds/<world>/personas", answer=Personas, control=True)
def get_personas(service: Service, world: str) -> Personas:
    """Tell everyone in a world, with all that a tester needs to play them. Nothing here is masked."""
    return making.everyone(service, world)


@api.operation("GET", "/_sandbox/scenarios", answer=ScenarioList, control=True)
def get_scenarios(service: Service) -> ScenarioList:
    """List the scenarios that can be loaded."""
    del service
    return ScenarioList(
        [ScenarioView(s.name, s.description, [p.name for p in s.personas]) for s in library.scenarios()]
    )


@api.operation("GET", "/_sandbox/services", answer=ServiceList, control=True)
def get_services(service: Service) -> ServiceList:
    """Tell of every service whether it is the sandbox's, a real system outside of it, or cannot be reached."""
    return ServiceList([outside.look(service, name) for name in SERVICES])


@api.operation("GET", "/_sandbox/credentials", control=True)
def get_credentials(service: Service) -> Answer:
    """Tell the credentials that a middleware of one's own needs, by the settings' names."""
    settings = service.settings
    told = {
        "SANDBOX_TSG_API_KEY": settings.tsg_api_key,
        "SANDBOX_TSG_PUSH_SECRET": settings.tsg_push_secret,
        "SANDBOX_AUTH_SERVICE_API_KEY": settings.auth_service_api_key,
    }
    return Answer(told, 200, {"Cache-Control": "no-store"})


def _age(world: World, wall: datetime) -> float:
    """Return for how many seconds a world has been there; none where the machine's clock was set back."""
    return max(0.0, (wall - world.created_at).total_seconds())


def _change_policies(service: Service, name: str, world: str, policies: dict[str, Any]) -> None:
    if name == fleet.OWN:
        control.change_policies(service, policies, world)
    else:
        fleet.ask(service, name, "PATCH", f"/worlds/{world}/policies", {"policies": policies})
