"""A world's lock: of all processes and replicas, one at a time makes, copies, moves or removes it.

The lock is a short lease in the control plane's store, renewed while its holder works. A lease tells what its holder
has begun; the next holder after one that died first finishes that, or undoes it.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.tables import NO_WORLD, Lease, Stage
from registration_sandbox.worlds import everywhere
from registration_sandbox.worlds.everywhere import UndoCall, undoing
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.failures import StoreFailure
from simulators.kit.store.transactions import Transaction
from simulators.kit.work import Service

LEASE = timedelta(seconds=6)
RENEWAL_INTERVAL = 2.0
POLL_INTERVAL = 0.02
PATIENCE = 30.0
"""Seconds for which a lock is waited for."""


class _Queue:
    """Lets one thread of this process at a time wait for a world's lease."""

    def __init__(self) -> None:
        self.turn = threading.Lock()


_queues: "WeakValueDictionary[tuple[int, str], _Queue]" = WeakValueDictionary()


@dataclass
class Lock:
    """A world's lock while it is held."""

    service: Service
    lease: Lease
    good_until: float = field(init=False)
    """The instant of the monotonic clock after which another may have taken over."""

    def __post_init__(self) -> None:
        self._extend()

    def check(self) -> None:
        """Make sure that nobody has taken over. Raises SandboxRefusal (``world-locked``, 409)."""
        if clock.monotonic() > self.good_until:
            raise _refusal(self.lease.at)

    def mark(self, tx: Transaction, stage: Stage, place: str = "") -> None:
        """Keep what has been begun, in a transaction that is committed only if nobody has taken over.

        Raises SandboxRefusal (``world-locked``, 409).
        """
        marked = tx.run(tables.mark_lease, at=self.lease.at, holder=self.lease.holder, stage=stage, place=place)
        if not marked.rowcount:
            raise _refusal(self.lease.at)
        self.lease.stage, self.lease.place = stage, place

    def mark_change(self, undo: list[UndoCall]) -> None:
        """Keep that the world is being changed, and what undoes that unless the block ends well.

        Raises SandboxRefusal (``world-locked``, 409).
        """
        with self.service.store.transaction(NO_WORLD) as tx:
            self.mark(tx, "changing", undoing(undo))

    def renew(self) -> bool:
        """Hold on for another while, unless somebody has taken over; return whether the lock is still held."""
        with self.service.store.transaction(NO_WORLD) as tx:
            until = clock.stamp(clock.wall_now() + LEASE)
            renewed = tx.run(tables.renew_lease, at=self.lease.at, holder=self.lease.holder, until=until)
        if renewed.rowcount:
            self._extend()
        return bool(renewed.rowcount)

    def release(self) -> None:
        """Let the next one have the world. What is not finished is left to them: the lease then lapses at once."""
        done = self.lease.stage == "idle"
        with self.service.store.transaction(NO_WORLD) as tx:
            statement = tables.release_lease if done else tables.renew_lease
            until = {} if done else {"until": clock.stamp(clock.wall_now())}
            tx.run(statement, at=self.lease.at, holder=self.lease.holder, **until)

    def _extend(self) -> None:
        self.good_until = clock.monotonic() + LEASE.total_seconds()


@contextmanager
def hold(service: Service, world: str, stage: Stage = "idle", place: str = "") -> Iterator[Lock]:
    """Hold a world's lock in the block, which begins ``stage`` (at ``place``) and, if it ends well, finishes it.

    What a block that raises has begun is undone. Raises SandboxRefusal (``world-locked``, 409) when others hold the
    lock for too long, and whatever keeps what an earlier holder began from being finished.
    """
    deadline = clock.monotonic() + PATIENCE
    queue = _queues.setdefault((id(service), world), _Queue())
    if not queue.turn.acquire(timeout=PATIENCE):
        raise _refusal(world)
    try:
        lock = _take(service, world, stage, place, deadline)
        with _renewing(lock):
            if (lock.lease.stage, lock.lease.place) != (stage, place):
                _finish(lock)
                with service.store.transaction(NO_WORLD) as tx:
                    lock.mark(tx, stage, place)
            with _undo_on_error(lock):
                yield lock
            lock.lease.stage = "idle"
    finally:
        queue.turn.release()


def finish_what_was_begun(service: Service) -> None:
    """Finish or undo what holders have begun that died, in every world where that can be done now."""
    wall = clock.wall_now()
    for lease in service.store.look(tables.unfinished_leases, Lease):
        if _has_lapsed(lease, service, wall):
            with suppress(SandboxRefusal), hold(service, lease.at):
                pass


def _take(service: Service, world: str, stage: Stage, place: str, deadline: float) -> Lock:
    while True:
        found = service.store.look(tables.lease_at, Lease, at=world)
        if not found or _has_lapsed(found[0], service, clock.wall_now()):
            lease = _take_lease(service, world, stage, place)
            if lease is not None:
                return Lock(service, lease)
        if clock.monotonic() > deadline:
            raise _refusal(world)
        clock.pause(POLL_INTERVAL)


def _take_lease(service: Service, world: str, stage: Stage, place: str) -> Lease | None:
    """Return a new lease, or that of a holder that died, with what it had begun; none where somebody was quicker."""
    holder, claimant = secrets.token_hex(8), service.settings.claimant
    with service.store.transaction(NO_WORLD) as tx:
        wall = clock.wall_now()
        theirs = tx.first(tables.lease_at, Lease, at=world)
        if theirs is None:
            mine = Lease(world, holder, claimant, wall + LEASE, stage, place)
            tx.insert(tables.leases, mine)
            return mine
        if not _has_lapsed(theirs, service, wall):
            return None
        taken = tx.run(
            tables.succeed_lease, at=world, holder=theirs.holder, stage=theirs.stage, place=theirs.place,
            new_holder=holder, claimant=claimant, until=clock.stamp(wall + LEASE),
        )  # fmt: skip
        if not taken.rowcount:  # its holder was not dead: it has just committed
            return None
        return Lease(world, holder, claimant, wall + LEASE, theirs.stage, theirs.place)


def _has_lapsed(lease: Lease, service: Service, wall: datetime) -> bool:
    """Return whether a lease has lapsed, is an earlier start's, or is from before the machine's clock was set back."""
    return lease.claimant != service.settings.claimant or not wall < lease.until <= wall + LEASE + clock.SKEW


@contextmanager
def _renewing(lock: Lock) -> Iterator[None]:
    """Renew a lease in the background of the block, and release it at the end."""
    ended = threading.Event()
    threading.Thread(target=_renew_until, args=(lock, ended), daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        lock.release()


@contextmanager
def _undo_on_error(lock: Lock) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(SandboxRefusal, StoreFailure):
            _finish(lock)
        raise


def _renew_until(lock: Lock, ended: threading.Event) -> None:
    while not ended.wait(RENEWAL_INTERVAL):
        with suppress(StoreFailure):
            lock.renew()


def _finish(lock: Lock) -> None:
    """Finish or undo what was begun under the lock, unless somebody has taken over, who does so."""
    if lock.lease.stage != "idle" and lock.renew():
        everywhere.finish(lock.service, lock.lease)
        lock.lease.stage, lock.lease.place = "idle", ""


def _refusal(world: str) -> SandboxRefusal:
    words = f"The world {world!r} is being made, moved or removed by somebody else; try again."
    return SandboxRefusal("world-locked", 409, words, headers={"Retry-After": "1"})
