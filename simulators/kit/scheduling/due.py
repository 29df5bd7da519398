"""Due work: kept in the store until its time in the world has come, done at least once, and by one process at a time.

Work is scheduled in the transaction that makes it necessary, so that it survives a kill between the commit and the
deed. A process takes a lease on an item before it does it; the lease lapses, so that another takes over from one that
died. What is scheduled again while it is being done is done again afterwards, never at the same time.

Leases, and when on the machine's clock an item falls due, are kept in the machine's time. Where that is set back, a
lease that would end too late is void, and what has long been due in a world whose clock is frozen is brought forward.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from simulators.kit import clock, journal
from simulators.kit.clock import Clock
from simulators.kit.errors import Refusal, SandboxRefusal
from simulators.kit.log import log
from simulators.kit.scheduling import tables
from simulators.kit.scheduling.tables import Coming, Item
from simulators.kit.store.failures import StoreFailure
from simulators.kit.store.transactions import Transaction
from simulators.kit.turns import give_turn, in_pieces
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import DueTask, Service, Work
from simulators.kit.world import World, WorldGone

LEASE = timedelta(seconds=15)
"""How long a lease lasts: longer than any call that due work makes. Work of many calls renews it."""

LONGEST_LEASE = timedelta(minutes=15)
"""No lease is taken for longer, not even that of the slowest push: one that seems to last longer is void."""

GRACE = timedelta(seconds=2)
"""How long what became due by a move of the clock is left to the mover, who does it in the world's order."""

SETTLE_LIMIT = 60.0
POLL_INTERVAL = 0.005
AFTER_FAILURE = timedelta(seconds=5)


class RetryLater(Exception):
    """Raised by due work that must be tried again after some time; what it has decided is kept."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"retry after {after}")
        self.after = after


class LeaseLost(Exception):
    """Raised by ``renew_lease`` when another process has taken the item over, or it was cancelled: leave it alone."""


def reads(payload: type[msgspec.Struct]) -> Callable[[DueTask], DueTask]:
    """Declare the shape of the payload that a kind of due work reads: an imported item must have it."""

    def declare(task: DueTask) -> DueTask:
        task.payload = payload  # type: ignore[attr-defined]
        return task

    return declare


def check_item(service: Service, item: Item) -> None:
    """Raise ValueError or msgspec.ValidationError for an item that the service could not do."""
    if item.kind not in service.due:
        raise ValueError(f"it is work of a kind {item.kind!r} that {service.name} cannot do")
    payload = getattr(service.due[item.kind], "payload", None)
    if payload is not None:
        msgspec.convert(item.payload, payload)


def schedule(work: Work, kind: str, id: str, at: datetime, payload: dict[str, Any] | None = None) -> None:
    """Schedule ``kind`` for ``at`` in the work's world; the same ``id`` again replaces what was scheduled."""
    before = work.tx.get(tables.due, Item, id=id)
    item = Item(id, kind, at, _wall_time(work, at), 0, payload or {}, world=work.world.id)
    if before is not None:
        item.revision = before.revision + 1
        item.leased_until, item.leased_by = before.leased_until, before.leased_by
    work.tx.upsert(tables.due, item)
    work.wake_when_committed()


def renew_lease(work: Work, item: Item, longer: timedelta = timedelta()) -> None:
    """Renew the lease on an item that is being done, and commit, before another call is made for it.

    ``longer`` is real time added to ``LEASE``. Raises LeaseLost.
    """
    current = work.tx.get(tables.due, Item, id=item.id)
    if current is None or not _is_ours(current, item):
        work.commit()
        raise LeaseLost
    current.leased_until = item.leased_until = clock.wall_now() + LEASE + longer
    work.tx.update(tables.due, current)
    work.commit()


def cancel(work: Work, id: str) -> bool:
    """Forget what was scheduled under ``id``; return whether there was anything."""
    return work.tx.delete(tables.due, id=id)


def recompute(tx: Transaction, changed: Clock) -> datetime | None:
    """Recompute when each item of a world falls due on the machine's clock, now that the world's clock has changed.

    Return the instant of the world at which the next one does.
    """
    now = clock.stamp(changed.now())
    tx.run(tables.date_what_is_due, now=now, soon=clock.stamp(clock.wall_now() + GRACE))
    if changed.frozen:
        tx.run(tables.undate_what_is_not_due, now=now)
    for coming in in_pieces([] if changed.frozen else tx.all(tables.due_after, Coming, now=now)):
        wall = changed.wall(coming.due_at)
        tx.run(tables.date, id=coming.id, wall=wall and clock.stamp(wall))
    first = tx.first(tables.next_in_world, Item)
    return first.due_at if first else None


def next_due(service: Service, world: str) -> datetime | None:
    """Return the instant of the world at which its next item falls due."""
    rows = service.store.read(tables.next_in_world, world=world) if service.due else []
    return clock.parse(rows[0]["due_at"]) if rows else None


def settle(service: Service, world_id: str) -> None:
    """Do everything in a world that is due by now, in its order; return when it is done.

    Raises SandboxRefusal (``world-busy``, 409) when it is not done after ``SETTLE_LIMIT``.
    """
    deadline = clock.monotonic() + SETTLE_LIMIT
    while clock.monotonic() < deadline:
        world = service.worlds.find(world_id)
        now = clock.stamp(world.clock.now())
        first = service.store.read(tables.next_in_world, world=world_id)
        if not first or first[0]["due_at"] > now:
            return
        if not do(service, world, first[0]["id"]):
            clock.pause(POLL_INTERVAL)  # another process is doing it
    words = f"{service.name} has not done all that is due in the world {world_id!r} within {SETTLE_LIMIT:.0f} seconds"
    message = f"{words}; it goes on. To wait for it, advance the clock by PT0S."
    raise SandboxRefusal("world-busy", 409, message, headers={"Retry-After": "1"})


def do(service: Service, world: World, id: str) -> bool:
    """Do one item, if it is due and nobody else has a lease on it; return whether it was ours to do.

    Before it does, others have their turn: there may be thousands of items, of which none waits for anything.
    """
    give_turn()
    work = Work(service, world, Trace.from_headers(""))
    try:
        return _do_leased(service, work, id)
    except WorldGone:
        return True
    finally:
        work.rollback()


def _do_leased(service: Service, work: Work, id: str) -> bool:
    wall = clock.wall_now()
    until = clock.stamp(wall + LEASE)
    taken = work.tx.run(tables.take_lease, id=id, until=until, **lease_values(service, wall))
    item = work.tx.get(tables.due, Item, id=id) if taken.rowcount else None
    if item is None or item.due_at > work.now:
        work.rollback()
        return False
    work.commit()
    started = clock.monotonic()
    try:
        service.due[item.kind](work, item)
    except RetryLater as later:
        _conclude(work, item, later.after)
    except LeaseLost:
        work.rollback()
    except Refusal as refusal:
        log.info("%s: %s %s: %s", service.name, item.kind, item.id, refusal)
        _conclude(work, item)
    except (StoreFailure, WorldGone):
        raise
    except Exception:
        work.rollback()
        log.exception("%s: %s %s failed; it is tried again", service.name, item.kind, item.id)
        _conclude(work, item, AFTER_FAILURE)
    else:
        _conclude(work, item)
    if work.decisions and not work.recorded:
        journal.record(
            work, caller=service.name, method="DUE", path=f"/{item.kind}", status=0, started=started, recorded_at=wall
        )
    work.commit()
    return True


def _conclude(work: Work, item: Item, retry_after: timedelta | None = None) -> None:
    """Remove an item that was done, or put it off; one that was scheduled again meanwhile, or taken over, stays."""
    current = work.tx.get(tables.due, Item, id=item.id)
    if current is None or not _is_ours(current, item):
        return
    current.leased_until = current.leased_by = None
    if current.revision != item.revision:
        work.wake_when_committed()
    elif retry_after is None:
        cancel(work, item.id)
        return
    else:
        current.due_at = work.now + retry_after
        current.wall_at = _wall_time(work, current.due_at)
        current.attempts += 1
    work.tx.update(tables.due, current)


def _is_ours(current: Item, item: Item) -> bool:
    """Tell whether the lease on an item is still the one with which it was begun, by when it ends."""
    return current.leased_until == item.leased_until and current.leased_by == item.leased_by


def _wall_time(work: Work, at: datetime) -> datetime | None:
    """Return when ``at`` comes on the machine's clock, by the world's clock as it is now, not as the work began."""
    return work.service.worlds.find(work.world.id).clock.wall(at)


def lease_values(service: Service, wall: datetime) -> dict[str, str]:
    """Return the values by which a statement finds the items that nobody else has a lease on."""
    beyond = clock.stamp(wall + LONGEST_LEASE)
    return {"wall": clock.stamp(wall), "beyond": beyond, "claimant": service.settings.claimant}
