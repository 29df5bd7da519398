"""What the control plane keeps: the scenario of each world, and who holds which world."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from registration_sandbox.worlds.people import Population
from simulators.kit.store.table import Table

NO_WORLD = ""
"""The world of rows that outlast the world they are about: what is kept in a world goes when it is replaced."""

Stage = Literal["idle", "making", "switching", "removing", "moving", "changing", "changed"]
Deed = Literal["deleted", "replaced", "restarted", "undone"]
"""How a world went of which a copy is kept: ``undone`` is one in whose place an earlier one has come back."""


class Lease(Struct):
    """Who holds the world ``at``, until when by the machine's clock, and what they have begun.

    ``stage`` and ``place`` say how what was begun is finished or undone if the holder dies (``worlds.everywhere``);
    for one who is ``changing`` it, ``place`` has the calls that undo the change, for one who has ``changed`` it those
    that complete it.
    ``holder`` is one act of one process; ``claimant`` is the start of the sandbox that it belongs to.
    """

    at: str
    holder: str
    claimant: str
    until: datetime
    stage: Stage = "idle"
    place: str = ""
    world: str = NO_WORLD


class ScenarioRow(Struct):
    """The scenario that a world was made from, and the people that it came to."""

    name: str
    expansion: Population


class SnapshotRow(Struct):
    """A snapshot of the world ``at``: everything that is kept of it in every service, compressed."""

    at: str
    id: str
    made_at: datetime
    now: datetime
    file: bytes
    world: str = NO_WORLD


class UndoRow(Struct):
    """A world that was deleted or replaced, as it was then, compressed: what it takes to undo that.

    ``at`` is its name, ``deed`` how it went, ``successor`` when the world was made that took its place, if one did.
    """

    id: str
    at: str
    deed: Deed
    kept_at: datetime
    successor: datetime | None
    file: bytes
    world: str = NO_WORLD


leases = Table("leases", Lease, key=["at"])
snapshots = Table("snapshots", SnapshotRow, key=["at", "id"])
undo_copies = Table("undo_copies", UndoRow, key=["id"])
scenarios = Table("scenarios", ScenarioRow)

_THIS_LEASE = f"WHERE world = '{NO_WORLD}' AND at = :at AND holder = :holder"

lease_at = f"SELECT * FROM leases WHERE world = '{NO_WORLD}' AND at = :at"
unfinished_leases = f"SELECT * FROM leases WHERE world = '{NO_WORLD}' AND stage <> 'idle'"
succeed_lease = f"""
    UPDATE leases SET holder = :new_holder, claimant = :claimant, until = :until
    {_THIS_LEASE} AND stage = :stage AND place = :place
"""
renew_lease = f"UPDATE leases SET until = :until {_THIS_LEASE}"
mark_lease = f"UPDATE leases SET stage = :stage, place = :place {_THIS_LEASE}"
snapshots_of = f"SELECT id, made_at, now FROM snapshots WHERE world = '{NO_WORLD}' AND at = :at ORDER BY made_at, id"
forget_snapshots = f"DELETE FROM snapshots WHERE world = '{NO_WORLD}' AND at = :at"
move_snapshots = f"UPDATE snapshots SET at = :place WHERE world = '{NO_WORLD}' AND at = :at"
_UNDO_VIEW = "SELECT id, at, deed, kept_at, successor FROM undo_copies"
undo_views = f"{_UNDO_VIEW} WHERE world = '{NO_WORLD}' AND kept_at > :since ORDER BY kept_at DESC, id"
undo_view = f"{_UNDO_VIEW} WHERE world = '{NO_WORLD}' AND kept_at > :since AND id = :id"
forget_undo_copy = f"DELETE FROM undo_copies WHERE world = '{NO_WORLD}' AND id = :id"
release_lease = f"DELETE FROM leases {_THIS_LEASE}"
release_idle_lease = f"DELETE FROM leases {_THIS_LEASE} AND stage = 'idle'"
