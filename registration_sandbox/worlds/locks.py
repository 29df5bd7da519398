"""A world's lock: of all processes and replicas, one at a time makes, copies, moves or removes it.

The lock is a short lease in the control plane's store, renewed while its holder works. A lease tells what its holder
has begun; the next holder after one that died first finishes that, or undoes it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from weakref import WeakValueDictionary

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.tables import NO_WORLD, Lease, Stage
from registration_sandbox.worlds import everywhere
from registration_sandbox.worlds.leases import Lock, has_lapsed, take_lease, world_locked
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.failures import StoreFailure
from simulators.kit.work import Service

RENEWAL_INTERVAL = 2.0
POLL_INTERVAL = 0.02
PATIENCE = 30.0
"""Seconds for which a lock is waited for."""


class _Queue:
    """Lets one thread of this process at a time wait for a world's lease."""

    def __init__(self) -> None:
        self.turn = threading.Lock()


_queues: "WeakValueDictionary[tuple[int, str], _Queue]" = WeakValueDictionary()


@contextmanager
def hold(
    service: Service, world: str, stage: Stage = "idle", place: str = "", *, despite_change: bool = False
) -> Iterator[Lock]:
    """Hold a world's lock in the block, which begins ``stage`` (at ``place``) and, if it ends well, finishes it.

    What a block that raises has begun is undone. ``despite_change`` is for a block that can be done also while an
    earlier holder's change is not undone, as a service fails. Raises SandboxRefusal (``world-locked``, 409) when others
    hold the lock for too long, and what keeps that from being finished which an earlier holder began.
    """
    deadline = clock.monotonic() + PATIENCE
    queue = _queues.setdefault((id(service), world), _Queue())
    if not queue.turn.acquire(timeout=PATIENCE):
        raise world_locked(world)
    try:
        lock = _take(service, world, stage, place, deadline)
        with _renewing(lock), _release_on_error(lock):
            if not (despite_change and lock.lease.stage in ("changing", "changed")):
                _begin(lock, stage, place)
            with _undo_on_error(lock):
                yield lock
                lock.complete()
    finally:
        queue.turn.release()


def finish_what_was_begun(service: Service) -> None:
    """Finish or undo what holders have begun that died, in every world where that can be done now."""
    wall = clock.wall_now()
    for lease in service.store.look(tables.unfinished_leases, Lease):
        if has_lapsed(lease, service, wall):
            with suppress(SandboxRefusal), hold(service, lease.at):
                pass


def _take(service: Service, world: str, stage: Stage, place: str, deadline: float) -> Lock:
    while True:
        found = service.store.look(tables.lease_at, Lease, at=world)
        if not found or has_lapsed(found[0], service, clock.wall_now()):
            lease = take_lease(service, world, stage, place)
            if lease is not None:
                return Lock(service, lease)
        if clock.monotonic() > deadline:
            raise world_locked(world)
        clock.pause(POLL_INTERVAL)


@contextmanager
def _renewing(lock: Lock) -> Iterator[None]:
    """Renew a lease in the background of the block."""
    ended = threading.Event()
    threading.Thread(target=_renew_until, args=(lock, ended), daemon=True).start()
    try:
        yield
    finally:
        ended.set()


@contextmanager
def _release_on_error(lock: Lock) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(StoreFailure):  # then it lapses after a while
            lock.release()
        raise


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


def _begin(lock: Lock, stage: Stage, place: str) -> None:
    """Begin something under a lock that was perhaps a dead holder's, after what that had begun is finished."""
    if (lock.lease.stage, lock.lease.place) != (stage, place):
        _finish(lock)
        with lock.service.store.transaction(NO_WORLD) as tx:
            lock.mark(tx, stage, place)
    lock.begun, lock.place = stage, place


def _finish(lock: Lock) -> None:
    """Finish or undo what was begun under the lock by what is kept of it: a commit that failed has begun nothing.

    Where somebody has taken over, they do so; but what was put at a hidden place after that is known to nobody else.
    """
    kept = lock.renew()
    if kept is None:
        if lock.begun == "making":
            everywhere.forget(lock.service, lock.place)
    elif kept.stage != "idle":
        everywhere.finish(lock.service, kept)
        with lock.service.store.transaction(NO_WORLD) as tx:
            lock.mark(tx, "idle")
