"""Leases on worlds as they are kept: taken, renewed, marked with what their holder has begun, and released."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from registration_sandbox.control_plane import fleet, tables
from registration_sandbox.control_plane.tables import NO_WORLD, Lease, Stage
from registration_sandbox.worlds.everywhere import PendingCall, pending
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.transactions import Transaction
from simulators.kit.wire.client import Reply
from simulators.kit.work import Service

LEASE = timedelta(seconds=6)

COMMITTED: tuple[Stage, ...] = ("idle", "switching", "removing", "changed")
"""The stages in which nothing is left that the next holder would undo."""


@dataclass
class Lock:
    """A world's lock while it is held. What counts of its lease is what the store has."""

    service: Service
    lease: Lease
    begun: Stage = "idle"
    """What this holder has begun, at ``place``, unless a commit failed."""

    place: str = ""
    good_until: float = field(init=False)
    """The instant of the monotonic clock after which another may have taken over."""

    def __post_init__(self) -> None:
        self._extend()

    def check(self) -> None:
        """Make sure that nobody has taken over. Raises SandboxRefusal (``world-locked``, 409)."""
        if clock.monotonic() > self.good_until and self.renew() is None:
            raise world_locked(self.lease.at)

    def mark(self, tx: Transaction, stage: Stage, place: str = "") -> None:
        """Keep what has been begun, in a transaction that is committed only if nobody has taken over.

        Raises SandboxRefusal (``world-locked``, 409).
        """
        marked = tx.run(tables.mark_lease, at=self.lease.at, holder=self.lease.holder, stage=stage, place=place)
        if not marked.rowcount:
            raise world_locked(self.lease.at)
        self.begun, self.place = stage, place

    def mark_change(self, undo: list[PendingCall]) -> None:
        """Keep that the world is being changed, and what undoes that unless the block ends well.

        Raises SandboxRefusal (``world-locked``, 409).
        """
        with self.service.store.transaction(NO_WORLD) as tx:
            self.mark(tx, "changing", pending(undo))

    def ask(self, name: str, method: str, path: str, body: Any = None) -> Reply:
        """Have a service make its part of a change, as ``fleet.ask``, unless somebody has taken over.

        Raises SandboxRefusal (``world-locked``, 409).
        """
        self.check()
        return fleet.ask(self.service, name, method, path, body)

    def renew(self) -> Lease | None:
        """Hold on for another while; return the lease as it is kept, or none where somebody has taken over."""
        with self.service.store.transaction(NO_WORLD) as tx:
            until = clock.stamp(clock.wall_now() + LEASE)
            renewed = tx.run(tables.renew_lease, at=self.lease.at, holder=self.lease.holder, until=until)
            kept = tx.first(tables.lease_at, Lease, at=self.lease.at) if renewed.rowcount else None
        if kept is not None:
            self._extend()
        return kept

    def complete(self) -> None:
        """Let the next one have the world: what was begun is done.

        Raises SandboxRefusal (``world-locked``, 409) where somebody has taken over, and undone it.
        """
        if self.begun == "idle":
            self.release()
            return
        with self.service.store.transaction(NO_WORLD) as tx:
            released = tx.run(tables.release_lease, at=self.lease.at, holder=self.lease.holder)
            if not released.rowcount and self.begun not in COMMITTED:
                raise world_locked(self.lease.at)

    def release(self) -> None:
        """Let the next one have the world. What is not finished is left to them: the lease then lapses at once."""
        with self.service.store.transaction(NO_WORLD) as tx:
            tx.run(tables.release_idle_lease, at=self.lease.at, holder=self.lease.holder)
            until = clock.stamp(clock.wall_now())
            tx.run(tables.renew_lease, at=self.lease.at, holder=self.lease.holder, until=until)

    def _extend(self) -> None:
        self.good_until = clock.monotonic() + LEASE.total_seconds()


def take_lease(service: Service, world: str, stage: Stage, place: str) -> Lease | None:
    """Return a new lease, or that of a holder that died, with what it had begun; none where somebody was quicker."""
    holder, claimant = secrets.token_hex(8), service.settings.claimant
    with service.store.transaction(NO_WORLD) as tx:
        wall = clock.wall_now()
        theirs = tx.first(tables.lease_at, Lease, at=world)
        if theirs is None:
            mine = Lease(world, holder, claimant, wall + LEASE, stage, place)
            tx.insert(tables.leases, mine)
            return mine
        if not has_lapsed(theirs, service, wall):
            return None
        taken = tx.run(
            tables.succeed_lease, at=world, holder=theirs.holder, stage=theirs.stage, place=theirs.place,
            new_holder=holder, claimant=claimant, until=clock.stamp(wall + LEASE),
        )  # fmt: skip
        if not taken.rowcount:  # its holder was not dead: it has just committed
            return None
        return Lease(world, holder, claimant, wall + LEASE, theirs.stage, theirs.place)


def has_lapsed(lease: Lease, service: Service, wall: datetime) -> bool:
    """Return whether a lease has lapsed, is an earlier start's, or is from before the machine's clock was set back."""
    return lease.claimant != service.settings.claimant or not wall < lease.until <= wall + LEASE + clock.SKEW


def world_locked(world: str) -> SandboxRefusal:
    words = f"The world {world!r} is being made, moved or removed by somebody else; try again."
    return SandboxRefusal("world-locked", 409, words, headers={"Retry-After": "1"})
