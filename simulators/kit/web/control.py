"""The control plane that every service has under ``/_sandbox``: health, worlds, clock, policies, faults, journal."""

from typing import Annotated

import msgspec
from msgspec import Struct

from simulators.kit import faults, journal
from simulators.kit.models import assumed
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.everywhere import HEALTH_PATH
from simulators.kit.web.keeping import (
    ClockMove,
    ClockState,
    PolicyChange,
    WorldState,
    change_clock,
    change_policies,
    clock_state,
    forget_world,
    make_world,
)
from simulators.kit.work import Service
from simulators.kit.world import WorldPart
from simulators.kit.world_names import world_id


class Health(Struct):
    """That a service is up."""

    service: Annotated[str, assumed]
    status: Annotated[str, assumed]
    version: Annotated[str, assumed]


health = Api()
api = Api()


@health.operation("GET", HEALTH_PATH, answer=Health, control=True)
def get_health(service: Service) -> Health:
    """Tell that the service is up, and has not lost its database."""
    service.store.check()
    return Health(service.name, "ok", service.version)


@api.operation(
    "PUT", "/_sandbox/worlds/<world>", body=WorldPart, answer=WorldState, status=201, also=(200,), control=True,
    refusals=[(400, "bad-clock-change"), (400, "bad-fault"), (400, "bad-world"), (503, "upstream-unavailable")],
)  # fmt: skip
def put_world(service: Service, part: WorldPart, world: str) -> Answer:
    """Make this service's part of a world, or replace it."""
    return make_world(service, part, world)


@api.operation("DELETE", "/_sandbox/worlds/<world>", status=204, control=True)
def delete_world(service: Service, world: str) -> Answer:
    """Forget everything of a world; others are untouched."""
    forget_world(service, world)
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/worlds/<world>/clock", answer=ClockState, control=True)
def get_clock(service: Service, world: str) -> ClockState:
    """Tell a world's time."""
    return clock_state(service, world)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/clock", body=ClockMove, answer=ClockState, control=True,
    refusals=[(400, "bad-clock-change"), (404, "unknown-world"), (409, "world-busy")],
)  # fmt: skip
def post_clock(service: Service, change: ClockMove, world: str) -> ClockState:
    """Move, freeze or restart a world's clock; what falls due by it is done before the answer."""
    return change_clock(service, change, world)


@api.operation("GET", "/_sandbox/worlds/<world>/policies", answer=PolicyChange, control=True)
def get_policies(service: Service, world: str) -> PolicyChange:
    """Tell a world's policies for this service, defaults included."""
    found = service.worlds.find(world_id(world))
    return PolicyChange(msgspec.to_builtins(found.policies(service.policies)))


@api.operation(
    "PATCH", "/_sandbox/worlds/<world>/policies", body=PolicyChange, answer=PolicyChange, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world")],
)  # fmt: skip
def patch_policies(service: Service, change: PolicyChange, world: str) -> PolicyChange:
    """Change policies of a world while it runs."""
    change_policies(service, change.policies, world)
    return get_policies(service, world)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/faults", body=faults.NamedFault, answer=faults.FaultMade, status=201,
    control=True, refusals=[(400, "bad-fault"), (404, "unknown-world")],
)  # fmt: skip
def post_fault(service: Service, fault: faults.NamedFault, world: str) -> faults.FaultMade:
    """Add a fault to a world."""
    return faults.FaultMade(faults.add(service, world_id(world), fault, fault.id))


@api.operation("GET", "/_sandbox/worlds/<world>/faults", answer=faults.Faults, control=True)
def get_faults(service: Service, world: str) -> faults.Faults:
    """List a world's faults, with how often each has fired."""
    return faults.Faults(faults.list_faults(service, world_id(world)))


@api.operation("DELETE", "/_sandbox/worlds/<world>/faults", status=204, control=True)
def delete_faults(service: Service, world: str) -> Answer:
    """Remove every fault of a world."""
    faults.remove(service, world_id(world), None)
    return Answer(None, 204)


@api.operation(
    "DELETE", "/_sandbox/worlds/<world>/faults/<fault>", status=204, control=True, refusals=[(404, "unknown-fault")]
)
def delete_fault(service: Service, world: str, fault: str) -> Answer:
    """Remove one fault."""
    faults.remove(service, world_id(world), fault)
    return Answer(None, 204)


@api.operation(
    "GET", "/_sandbox/worlds/<world>/journal", query=journal.JournalQuery, answer=journal.Exchanges, control=True
)
def get_journal(service: Service, query: journal.JournalQuery, world: str) -> journal.Exchanges:
    """List a world's exchanges with this service, oldest first."""
    found = service.worlds.find(world_id(world))
    theirs = query.service not in ("", service.name)
    exchanges = journal.Exchanges([]) if theirs else journal.read(service.store, world, query)
    exchanges.unmasked = found.unmasked
    return exchanges


@api.operation("GET", "/_sandbox/worlds/<world>/news", query=journal.NewsQuery, answer=journal.News, control=True)
def get_news(service: Service, query: journal.NewsQuery, world: str) -> journal.News:
    """Tell what this service has written to its journal since the last look."""
    return journal.news(service.store, service.worlds.find(world_id(world)).id, query.after)
