"""The control plane that every service has under ``/_sandbox``: health, worlds, clock, policies, faults, journal."""

import hmac
from datetime import datetime
from typing import Annotated, Any

import msgspec
from flask import Request
from msgspec import Struct

from simulators.kit import faults, journal
from simulators.kit.clock import ClockChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.models import assumed
from simulators.kit.scheduling import due
from simulators.kit.settings import Settings
from simulators.kit.store import tables
from simulators.kit.store.tables import WorldRow
from simulators.kit.store.transactions import Transaction
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.everywhere import HEALTH_PATH
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.world_names import world_id
from simulators.kit.worlds import World, WorldGone, WorldPart


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


def check_token(request: Request, settings: Settings) -> None:
    """Refuse a control call without the admin token, where one is set. Health stays open.

    Raises SandboxRefusal (``admin-token-required``, 401).
    """
    if request.path.startswith(CONTROL_PREFIX) and request.path != HEALTH_PATH:
        require_token(request, settings)


def require_token(request: Request, settings: Settings) -> None:
    """Refuse a request without the admin token, where one is set.

    Raises SandboxRefusal (``admin-token-required``, 401).
    """
    token = settings.admin_token
    if token is None:
        return
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        message = "Send the sandbox's admin token (SANDBOX_ADMIN_TOKEN) as a bearer token."
        raise SandboxRefusal("admin-token-required", 401, message, headers={"WWW-Authenticate": "Bearer"})


@health.operation("GET", HEALTH_PATH, answer=Health, control=True)
def get_health(service: Service) -> Health:
    """Tell that the service is up, and has not lost its database."""
    service.store.check()
    return Health(service.name, "ok", service.version)


@api.operation(
    "PUT", "/_sandbox/worlds/<world>", body=WorldPart, answer=WorldState, status=201, also=(200,), control=True,
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
    return faults.Faults(faults.list_faults(service, world_id(world)))


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
    found = service.worlds.find(world_id(world))
    theirs = query.service not in ("", service.name)
    exchanges = journal.Exchanges([]) if theirs else journal.read(service.store, world, query)
    exchanges.unmasked = found.unmasked
    return exchanges


@api.operation("GET", "/_sandbox/worlds/<world>/news", query=journal.NewsQuery, answer=journal.News, control=True)
def get_news(service: Service, query: journal.NewsQuery, world: str) -> journal.News:
    """Tell what this service has written to its journal since the last look."""
    return journal.news(service.store, service.worlds.find(world_id(world)).id, query.after)


def make_world(service: Service, part: WorldPart, name: str) -> Answer:
    """Put a service's part of a world in place, its people included; 201 when it is new, 200 when it was replaced.

    A part that is refused leaves the world as it was, unless its people were made by asking another service: that
    commits what was done before, and then the world is forgotten.
    """
    id = new_world_id(name)
    strikes = [faults.parse_fault(fault) for fault in part.faults]
    tx = service.store.begin(id)
    work = None
    people: dict[str, Any] = {}
    try:
        existed = tx.get(tables.worlds, WorldRow) is not None
        world = service.worlds.put(tx, part)
        work = Work(service, world, Trace.from_headers(""), tx=tx)
        for fault in strikes:
            faults.add_within(tx, service, fault)
        if service.people is not None:
            people = service.people(work, part.people) or {}
        work.commit()
    except BaseException as error:
        _undo(service, id, tx, work, gone=isinstance(error, WorldGone))
        raise
    state = WorldState(id, world.label, world.clock.now(), world.clock.frozen, people)
    return Answer(state, 200 if existed else 201)


def _undo(service: Service, id: str, tx: Transaction, work: Work | None, *, gone: bool) -> None:
    if tx.is_open:
        tx.rollback()
        return
    if work is not None:
        work.rollback()
    if not gone:
        forget_world(service, id)


def new_world_id(name: str) -> str:
    """Return a name that a world can have. Raises SandboxRefusal (``bad-world``)."""
    try:
        return world_id(name)
    except SandboxRefusal:
        message = f"{name!r}: a world's name has 1 to 63 of a-z, 0-9 and -, and does not begin with -."
        raise SandboxRefusal("bad-world", 400, message, field="world") from None


def forget_world(service: Service, name: str) -> None:
    with service.store.transaction(world_id(name)) as tx:
        tx.forget()


def clock_state(service: Service, name: str) -> ClockState:
    world = service.worlds.find(world_id(name))
    return ClockState(world.clock.now(), world.clock.frozen, due.next_due(service, world.id))


def change_clock(service: Service, change: ClockMove, name: str) -> ClockState:
    """Change a service's clock of a world and, unless ``settle`` is false, do what is due by then."""
    id = world_id(name)
    if (change.advance, change.set, change.freeze) != (None, None, None) or change.settle is None:
        with service.store.transaction(id) as tx:
            save_clock(tx, service, service.worlds.current(tx).with_change(change))
        service.wake()
    if change.settle is not False:
        due.settle(service, id)
    return clock_state(service, id)


def save_clock(tx: Transaction, service: Service, world: World) -> None:
    """Keep a world whose clock was changed, and when everything in it falls due by that clock."""
    service.worlds.save(tx, world)
    due.recompute(tx, world.clock)


def change_policies(service: Service, policies: dict[str, Any], name: str) -> None:
    with service.store.transaction(world_id(name)) as tx:
        service.worlds.change_policies(tx, policies)
