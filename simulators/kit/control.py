"""The control plane that every service has under ``/_sandbox``: health, worlds, clock, policies, faults, journal."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from simulators.kit import due, faults, journal
from simulators.kit.api import Answer, Api
from simulators.kit.clock import ClockChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.models import assumed
from simulators.kit.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.worlds import WorldGone, WorldPart, world_id

HEALTH_PATH = "/_sandbox/health"


class Health(Struct):
    """That a service is up."""

    service: Annotated[str, assumed]
    status: Annotated[str, assumed]
    version: Annotated[str, assumed]


class ClockState(Struct):
    """A world's time; ``next_due`` is when the next thing falls due in it."""

    now: Annotated[datetime, assumed]
    frozen: Annotated[bool, assumed]
    next_due: Annotated[datetime | None, assumed] = None


class ClockMove(ClockChange, forbid_unknown_fields=True):
    """A clock change; ``settle: false`` leaves what has become due for a later ``settle: true``."""

    settle: Annotated[bool | None, assumed] = None


class WorldState(Struct):
    """A world as a service holds it."""

    world: Annotated[str, assumed]
    label: Annotated[str, assumed]
    now: Annotated[datetime, assumed]
    frozen: Annotated[bool, assumed]
    people: Annotated[dict[str, Any], assumed] = {}


class PolicyChange(Struct):
    """Policies to change, as in a scenario; what is not named stays."""

    policies: Annotated[dict[str, Any], assumed]


health = Api()
api = Api()


@health.operation("GET", HEALTH_PATH, answer=Health, control=True)
def get_health(service: Service) -> Health:
    """Tell that the service is up."""
    return Health(service.name, "ok", service.version)


@api.operation(
    "PUT", "/_sandbox/worlds/<world>", body=WorldPart, answer=WorldState, status=201, control=True,
    refusals=[(400, "bad-world")],
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
    refusals=[(400, "bad-clock-change"), (404, "unknown-world")],
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
    return faults.Faults(faults.listed(service, world_id(world)))


@api.operation("DELETE", "/_sandbox/worlds/<world>/faults", status=204, control=True)
def delete_faults(service: Service, world: str) -> Answer:
    """Remove every fault of a world."""
    faults.remove(service, world_id(world), None)
    return Answer(None, 204)


@api.operation("DELETE", "/_sandbox/worlds/<world>/faults/<fault>", status=204, control=True)
def delete_fault(service: Service, world: str, fault: str) -> Answer:
    """Remove one fault."""
    faults.remove(service, world_id(world), fault)
    return Answer(None, 204)


@api.operation(
    "GET", "/_sandbox/worlds/<world>/journal", query=journal.JournalQuery, answer=journal.Exchanges, control=True
)
def get_journal(service: Service, query: journal.JournalQuery, world: str) -> journal.Exchanges:
    """List a world's exchanges with this service, oldest first."""
    service.worlds.find(world_id(world))
    theirs = query.service not in ("", service.name)
    return journal.Exchanges([] if theirs else journal.read(service.store, world, query))


@api.operation("GET", "/_sandbox/worlds/<world>/news", query=journal.NewsQuery, answer=journal.News, control=True)
def get_news(service: Service, query: journal.NewsQuery, world: str) -> journal.News:
    """Tell what this service has written to its journal since the last look."""
    return journal.news(service.store, service.worlds.find(world_id(world)).id, query.after)


def make_world(service: Service, part: WorldPart, name: str) -> Answer:
    """Put a service's part of a world in place, its people included; 201 when it is new, 200 when it was replaced."""
    id = new_world_id(name)
    strikes = [faults.checked(fault) for fault in part.faults]
    with service.store.transaction(id) as tx:
        existed = service.worlds.exists(id)
        world = service.worlds.put(tx, part)
    for fault in strikes:
        faults.add(service, id, fault)
    people: dict[str, Any] = {}
    if service.people is not None:
        work = Work(service, world, Trace.received(""))
        try:
            people = service.people(work, part.people) or {}
        except WorldGone:
            raise
        except BaseException:
            work.rollback()
            forget_world(service, id)
            raise
        work.commit()
    state = WorldState(id, world.label, world.clock.now(), world.clock.frozen, people)
    return Answer(state, 200 if existed else 201)


def new_world_id(name: str) -> str:
    """Return a name that a world can have. Raises SandboxRefusal (``bad-world``)."""
    try:
        return world_id(name)
    except SandboxRefusal:
        words = f"{name!r}: a world's name has 1 to 63 of a-z, 0-9 and -, and does not begin with -."
        raise SandboxRefusal("bad-world", 400, words, field="world") from None


def forget_world(service: Service, name: str) -> None:
    with service.store.transaction(world_id(name)) as tx:
        tx.forget()


def clock_state(service: Service, name: str) -> ClockState:
    world = service.worlds.find(world_id(name))
    return ClockState(world.clock.now(), world.clock.frozen, due.next_due(service, world.id))


def change_clock(service: Service, change: ClockMove, name: str) -> ClockState:
    """Change a service's clock of a world and, unless told not to, do what is due by then."""
    world = service.worlds.find(world_id(name))
    if (change.advance, change.set, change.freeze) != (None, None, None) or change.settle is None:
        changed = world.changed(change)
        work = Work(service, changed, Trace.received(""))
        service.worlds.save(work.tx, changed)
        due.reckon(work)
        work.commit()
        service.wake()
    if change.settle is not False:
        due.settle(service, world.id)
    return clock_state(service, name)


def change_policies(service: Service, policies: dict[str, Any], name: str) -> None:
    world = service.worlds.find(world_id(name))
    with service.store.transaction(world.id) as tx:
        service.worlds.change_policies(tx, world, policies)
