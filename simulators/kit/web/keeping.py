"""What is done to a service's part of a world: it is made or forgotten, its clock or policies are changed."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Struct

from simulators.kit import faults
from simulators.kit.clock import ClockChange
from simulators.kit.errors import SandboxRefusal
from simulators.kit.models import assumed
from simulators.kit.scheduling import due
from simulators.kit.store import tables
from simulators.kit.store.tables import WorldRow
from simulators.kit.store.transactions import Transaction
from simulators.kit.web.api import Answer
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.world import World, WorldGone, WorldPart
from simulators.kit.world_names import world_id


class ClockState(Struct):
    """A world's time; ``next_due`` is when the next thing falls due in it."""

    now: Annotated[datetime, assumed]
    frozen: Annotated[bool, assumed]
    next_due: Annotated[datetime | None, assumed] = None


class ClockMove(ClockChange, forbid_unknown_fields=True):
    """A clock change; ``settle: false`` leaves what has become due for a later ``settle: true``."""

    settle: Annotated[bool | None, assumed] = None


class PolicyChange(Struct):
    """Policies to change, as in a scenario; what is not named stays."""

    policies: Annotated[dict[str, Any], assumed]


class WorldState(Struct):
    """A world as a service holds it."""

    world: Annotated[str, assumed]
    label: Annotated[str, assumed]
    now: Annotated[datetime, assumed]
    frozen: Annotated[bool, assumed]
    people: Annotated[dict[str, Any], assumed] = {}


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


def save_clock(tx: Transaction, service: Service, world: World) -> ClockState:
    """Keep a world whose clock was changed, and when everything in it falls due by that clock."""
    service.worlds.save(tx, world)
    next_due = due.recompute(tx, world.clock)
    return ClockState(world.clock.now(), world.clock.frozen, next_due)


def change_policies(service: Service, policies: dict[str, Any], name: str) -> None:
    with service.store.transaction(world_id(name)) as tx:
        service.worlds.change_policies(tx, policies)
