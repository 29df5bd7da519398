"""What falls due: work kept in the store until its time in the world has come, done at least once, and by one only.

Work is scheduled in the transaction that makes it necessary, so that it survives a kill between the commit and the
deed. A replica claims an item before it does it; the claim lapses, so that another takes over from one that died.
What is scheduled again while it is being done is done again afterwards, never beside it.

Claims, and when on the machine's clock an item falls due, are kept in the machine's time. Where that is set back, a
claim that would end too late is none, and what has long been due in a world that stands still is brought forward.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from simulators.kit import clock, journal
from simulators.kit.errors import Refusal
from simulators.kit.failures import StoreFailure
from simulators.kit.lazy import lazy
from simulators.kit.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.worlds import World, WorldGone

if TYPE_CHECKING:
    from simulators.kit import tables
else:
    tables = lazy("simulators.kit.tables")

log = logging.getLogger("sandbox")

CLAIM = timedelta(seconds=15)
"""How long a claim holds; longer than any call that due work makes. Work of many calls renews it by ``hold``."""

LONGEST_CLAIM = timedelta(minutes=15)
"""No claim is made for longer, that of the slowest push included, whosever clock it is made by."""

GRACE = timedelta(seconds=2)
"""How long what became due by a move of the clock is left to whoever moved it, who does it in the world's order."""

SETTLE_LIMIT = 60.0
AFTER_FAILURE = timedelta(seconds=5)


class Item(msgspec.Struct):
    """Something that falls due at ``due_at`` in its world.

    ``attempts`` counts the times it was put off, ``revision`` the times it was scheduled anew.
    """

    id: str
    kind: str
    due_at: datetime
    wall_at: datetime | None
    attempts: int
    payload: dict[str, Any]
    claimed_until: datetime | None = None
    claimed_by: str | None = None
    world: str = ""
    revision: int = 0


class Again(Exception):
    """Raised by due work that must be done again, ``after`` this time; what it has decided is kept."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"again after {after}")
        self.after = after


class Lost(Exception):
    """Raised by ``hold`` when another replica has taken the item over, or it was cancelled: leave it alone."""


DueKind = Callable[[Work, Item], None]
"""Does one kind of due work. It may commit and call out; raises Again to be called later."""


def schedule(work: Work, kind: str, id: str, at: datetime, payload: dict[str, Any] | None = None) -> None:
    """Have ``kind`` done at ``at`` in the work's world; the same ``id`` again replaces what was scheduled."""
    before = work.tx.get(tables.due, Item, id=id)
    item = Item(id, kind, at, _wall(work, at), 0, payload or {}, world=work.world.id)
    if before is not None:
        item.revision = before.revision + 1
        item.claimed_until, item.claimed_by = before.claimed_until, before.claimed_by
    work.tx.upsert(tables.due, item)
    work.wake_when_committed()


def hold(work: Work, item: Item, longer: timedelta = timedelta()) -> None:
    """Renew the claim on an item that is being done, and commit, before another call is made for it.

    ``longer`` is real time to come on top. Raises Lost.
    """
    current = work.tx.get(tables.due, Item, id=item.id)
    if current is None or not _is_ours(current, item):
        work.commit()
        raise Lost
    current.claimed_until = item.claimed_until = clock.wall_now() + CLAIM + longer
    work.tx.update(tables.due, current)
    work.commit()


def cancel(work: Work, id: str) -> bool:
    """Forget what was scheduled under ``id``; return whether there was anything."""
    return work.tx.delete(tables.due, id=id)


def reckon(work: Work) -> None:
    """Reckon anew when on the machine's clock everything falls due, after the world's clock was changed."""
    settled_by = clock.wall_now() + GRACE
    for item in work.tx.all(tables.due_in_world, Item):
        wall_at = work.world.clock.wall(item.due_at)
        item.wall_at = settled_by if wall_at is not None and item.due_at <= work.now else wall_at
        work.tx.update(tables.due, item)


def next_due(service: Service, world: str) -> datetime | None:
    """Return the instant of the world at which its next item falls due."""
    rows = service.store.read(tables.due_in_world, world=world)
    return clock.parse(rows[0]["due_at"]) if rows else None


def settle(service: Service, world_id: str) -> None:
    """Do everything in a world that is due by now, in its order; return when it is done."""
    give_up = clock.monotonic() + SETTLE_LIMIT
    while clock.monotonic() < give_up:
        world = service.worlds.find(world_id)
        now = clock.stamp(world.clock.now())
        items = [row for row in service.store.read(tables.due_in_world, world=world_id) if row["due_at"] <= now]
        if not items:
            return
        if not do(service, world, items[0]["id"]):
            clock.pause(0.005)  # another replica is at it


def do(service: Service, world: World, id: str) -> bool:
    """Do one item, if it is due and nobody else has claimed it; return whether it was ours to do."""
    work = Work(service, world, Trace.received(""))
    try:
        return _done(service, work, id)
    except WorldGone:
        return True
    finally:
        work.rollback()


def _done(service: Service, work: Work, id: str) -> bool:
    wall = clock.wall_now()
    lease = clock.stamp(wall + CLAIM)
    claim = work.tx.run(tables.claim_due, id=id, lease=lease, **claimable(service, wall))
    item = work.tx.get(tables.due, Item, id=id) if claim.rowcount else None
    if item is None or item.due_at > work.now:
        work.rollback()
        return False
    work.commit()
    started = clock.monotonic()
    try:
        service.due[item.kind](work, item)
    except Again as again:
        _conclude(work, item, again.after)
    except Lost:
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


def _conclude(work: Work, item: Item, again_after: timedelta | None = None) -> None:
    """Forget what was done, or put it off; what was scheduled anew meanwhile, or taken over, stays."""
    current = work.tx.get(tables.due, Item, id=item.id)
    if current is None or not _is_ours(current, item):
        return
    current.claimed_until = current.claimed_by = None
    if current.revision != item.revision:
        work.wake_when_committed()
    elif again_after is None:
        cancel(work, item.id)
        return
    else:
        current.due_at = work.now + again_after
        current.wall_at = _wall(work, current.due_at)
        current.attempts += 1
    work.tx.update(tables.due, current)


def _is_ours(current: Item, item: Item) -> bool:
    """Tell whether an item is still claimed as it was when it was begun: a claim is known by when it ends."""
    return current.claimed_until == item.claimed_until and current.claimed_by == item.claimed_by


def _wall(work: Work, at: datetime) -> datetime | None:
    """Return when ``at`` comes on the machine's clock, by the world's clock as it now is: it may have been moved since
    the work began."""
    return work.service.worlds.find(work.world.id).clock.wall(at)


def claimable(service: Service, wall: datetime) -> dict[str, str]:
    """Return what a statement must be given to find items that may be claimed."""
    beyond = clock.stamp(wall + LONGEST_CLAIM)
    return {"wall": clock.stamp(wall), "beyond": beyond, "claimant": service.settings.claimant}
