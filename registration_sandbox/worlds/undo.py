"""What it takes to undo that a world was deleted or replaced: a copy of it, in every service, kept for a while.

Copies are written in the transaction with which the world goes, and are gone in the one with which it comes back: there
is always either the world or its copy. Who brings a world back keeps a copy of the one whose place it takes.
"""

import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Struct

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.tables import NO_WORLD, Deed, UndoRow
from registration_sandbox.worlds import snapshots
from registration_sandbox.worlds.snapshot_files import SnapshotFile
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.log import log
from simulators.kit.models import assumed
from simulators.kit.store.transactions import Transaction
from simulators.kit.turns import compress
from simulators.kit.web.api import Answer
from simulators.kit.wire.strict_json import NUL
from simulators.kit.work import Service
from simulators.kit.world import World

MOST_COPIES = 20
"""How many copies a sandbox keeps; another one takes the place of the oldest."""

LARGEST_COPY = 64 * 1024 * 1024
"""Bytes of JSON that the copy of a world may have."""

CANNOT = "cannot-be-undone"
"""The code of the refusal to let a world go of which no copy can be kept."""

OF_COPY = "undo/"
"""Begins the place of the snapshots of a deleted world, as long as its copy is kept: no world has such a name."""


class UndoView(Struct):
    """A world that can be brought back: its name, how it went and when, and when the world was made in its place."""

    id: Annotated[str, assumed]
    at: Annotated[str, assumed]
    deed: Annotated[Deed, assumed]
    kept_at: Annotated[datetime, assumed]
    successor: Annotated[datetime | None, assumed]


@dataclass
class CopyKeeper:
    """Keeps a copy of one world that goes, as ``making.Keeper``; ``kept`` is its id as soon as it is kept."""

    service: Service
    deed: Deed
    kept: str = ""
    _at: str = ""
    _file: bytes = b""

    def read(self, world: str) -> None:
        """Read the world. Raises SandboxRefusal (``cannot-be-undone``, 409) where it cannot be copied."""
        self._at, self._file = world, read_copy(self.service, world)

    def write(self, tx: Transaction, successor: World | None) -> None:
        id, made = secrets.token_hex(8), successor.created_at if successor else None
        tx.insert(tables.undo_copies, UndoRow(id, self._at, self.deed, clock.wall_now(), made, self._file))
        if successor is None:
            tx.run(tables.move_snapshots, at=self._at, place=OF_COPY + id)
        for old in tx.all(tables.undo_views, UndoView, since="")[MOST_COPIES:]:
            _forget(tx, old.id)
        self.kept = id


def read_copy(service: Service, world: str) -> bytes:
    """Return all that a world is now, compressed. Raises SandboxRefusal (``cannot-be-undone``, 409), saying why."""
    if service.settings.undo_ttl is None:
        raise _refusal("this sandbox is set to keep no copies (SANDBOX_UNDO_TTL).")
    try:
        data = msgspec.json.encode(snapshots.read(service, world))
    except SandboxRefusal as refusal:
        raise _refusal(f"no copy can be made. {refusal.message}") from refusal
    if len(data) > LARGEST_COPY:
        size, most = (f"{number / 1024 / 1024:.0f} MiB" for number in (len(data), LARGEST_COPY))
        raise _refusal(f"the world takes {size}, and copies of more than {most} are not kept.")
    return compress(data)


def list_copies(service: Service) -> list[UndoView]:
    """Return the worlds that can be brought back, the last that went first."""
    return service.store.look(tables.undo_views, UndoView, since=_oldest(service))


def find_copy(service: Service, id: str) -> UndoView | None:
    """Return a world that can be brought back."""
    if NUL in id:
        return None
    found = service.store.look(tables.undo_view, UndoView, since=_oldest(service), id=id)
    return found[0] if found else None


def has_another_come(service: Service, copy: UndoView) -> bool:
    """Return whether there is a world of the copy's name that is not the one which took its place."""
    there = service.worlds.get(copy.at)
    return there is not None and there.created_at != copy.successor


def bring_back(service: Service, id: str, keeper: CopyKeeper | None, *, only_new: bool = False) -> Answer:
    """Put a world in its place again as it was; ``keeper`` keeps a copy of one that is there now.

    Raises SandboxRefusal (``unknown-copy`` 404; ``world-exists`` 412 where one is there and none may be).
    """
    copy = find_copy(service, id)
    with service.store.transaction(NO_WORLD) as tx:
        row = tx.get(tables.undo_copies, UndoRow, id=id)
    if copy is None or row is None:
        raise _unknown(id)

    def use_up_copy(tx: Transaction) -> None:
        if not tx.run(tables.forget_undo_copy, id=id).rowcount:
            raise _unknown(id)
        tx.run(tables.move_snapshots, at=OF_COPY + id, place=row.at)

    file = msgspec.json.decode(zlib.decompress(row.file), type=SnapshotFile)
    return snapshots.put(service, row.at, file, continues=False, only_new=only_new, keeper=keeper, also=use_up_copy)


def delete_expired_copies(service: Service) -> int:
    """Delete the copies whose time is over; return their number."""
    oldest = _oldest(service)
    every = service.store.look(tables.undo_views, UndoView, since="")
    expired = [each for each in every if clock.stamp(each.kept_at) <= oldest]
    for each in expired:
        with service.store.transaction(NO_WORLD) as tx:
            _forget(tx, each.id)
        log.info("The copy of the world %s, which was %s, is no longer kept (SANDBOX_UNDO_TTL).", each.at, each.deed)
    return len(expired)


def _forget(tx: Transaction, id: str) -> None:
    tx.run(tables.forget_undo_copy, id=id)
    tx.run(tables.forget_snapshots, at=OF_COPY + id)


def _oldest(service: Service) -> str:
    """Return the instant since which copies are good."""
    ttl = service.settings.undo_ttl
    wall = clock.wall_now()
    return clock.stamp(wall if ttl is None else wall - ttl)


def _refusal(why: str) -> SandboxRefusal:
    return SandboxRefusal(CANNOT, 409, f"This cannot be undone: {why}")


def _unknown(id: str) -> SandboxRefusal:
    return SandboxRefusal("unknown-copy", 404, f"There is no copy {id!r}: it was used, or its time is over.")
