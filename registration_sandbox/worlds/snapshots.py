"""Snapshots of worlds: everything that is kept of one in every service, at one moment; restored, copied, handed on.

A snapshot is taken while the world goes on. What a service keeps is read twice: where both readings of all services are
the same, the world was as they say in between.
"""

import secrets
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from registration_sandbox.control_plane import fleet, tables
from registration_sandbox.control_plane.tables import NO_WORLD, ScenarioRow, SnapshotRow
from registration_sandbox.worlds import locks
from registration_sandbox.worlds.making import Keeper, install, present_made
from registration_sandbox.worlds.snapshot_files import (
    FORMAT,
    VERSION,
    SnapshotFile,
    bad_snapshot,
    check_masking,
    read_file,
)
from simulators.kit import clock
from simulators.kit.clock import Clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.log import log
from simulators.kit.models import assumed
from simulators.kit.services import CONTROL_PLANE, SERVICES
from simulators.kit.store.transactions import Transaction
from simulators.kit.turns import compress
from simulators.kit.web import keeping
from simulators.kit.web.api import Answer
from simulators.kit.web.states import State, read_state, write_state
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import world_id

MOST_READINGS = 20
"""How often a world is read until two readings are the same."""

NOW = "now"
"""In place of a snapshot's id: the world as it is, of which nothing is kept."""

MOST_SNAPSHOTS = 20
"""How many snapshots of a world are kept; another one takes the place of the oldest."""


class SnapshotView(Struct):
    """A snapshot: when it was made, and the world's time then."""

    id: Annotated[str, assumed]
    made_at: Annotated[datetime, assumed]
    now: Annotated[datetime, assumed]


class SnapshotList(Struct):
    """A world's snapshots, oldest first."""

    snapshots: Annotated[list[SnapshotView], assumed]


def take(service: Service, world: str) -> SnapshotView:
    """Keep a snapshot of a world. Raises SandboxRefusal (``unknown-world``, ``world-busy`` 409)."""
    id = service.worlds.find(world_id(world)).id
    with locks.hold(service, id) as lock:  # or the world could be deleted before its snapshot is kept
        found = read(service, id)
        row = SnapshotRow(id, secrets.token_hex(8), clock.wall_now(), found.now, compress(msgspec.json.encode(found)))
        with service.store.transaction(NO_WORLD) as tx:
            lock.mark(tx, "idle")
            tx.insert(tables.snapshots, row)
            for old in tx.all(tables.snapshots_of, SnapshotView, at=id)[:-MOST_SNAPSHOTS]:
                tx.delete(tables.snapshots, at=id, id=old.id)
                log.warning("The snapshot %s of the world %s was deleted: %s are newer.", old.id, id, MOST_SNAPSHOTS)
    return SnapshotView(row.id, row.made_at, row.now)


def every(service: Service, world: str) -> SnapshotList:
    """Return a world's snapshots. Raises SandboxRefusal (``unknown-world``)."""
    id = service.worlds.find(world_id(world)).id
    return SnapshotList(service.store.look(tables.snapshots_of, SnapshotView, at=id))


def find(service: Service, world: str, id: str) -> SnapshotFile:
    """Return a snapshot of a world. Raises SandboxRefusal (``unknown-snapshot``, 404)."""
    with service.store.transaction(NO_WORLD) as tx:
        row = tx.get(tables.snapshots, SnapshotRow, at=world_id(world), id=id)
    if row is None:
        raise _unknown(world, id)
    return msgspec.json.decode(zlib.decompress(row.file), type=SnapshotFile)


def find_or_read(service: Service, world: str, id: str) -> SnapshotFile:
    """Return a snapshot of a world, or what the world is ``now``.

    Raises SandboxRefusal (``unknown-snapshot`` 404; for ``now`` ``unknown-world`` 404, ``world-busy`` 409).
    """
    return _read_held(service, world_id(world)) if id == NOW else find(service, world, id)


def delete(service: Service, world: str, id: str) -> None:
    """Forget a snapshot. Raises SandboxRefusal (``unknown-snapshot``, 404)."""
    with service.store.transaction(NO_WORLD) as tx:
        if not tx.delete(tables.snapshots, at=world_id(world), id=id):
            raise _unknown(world, id)


def restore(service: Service, world: str, snapshot: str | Mapping[str, Any]) -> Answer:
    """Make a world what a snapshot says: one of its own by id, or a whole file. A clock that runs goes on from there.

    Raises SandboxRefusal (``bad-world``, ``bad-snapshot`` 400, ``unknown-snapshot`` 404).
    """
    id = keeping.new_world_id(world)
    file = find(service, id, snapshot) if isinstance(snapshot, str) else read_file(snapshot)
    return put(service, id, file, continues=False)


def clone(service: Service, body: Mapping[str, Any], world: str, *, only_new: bool = False) -> Answer:
    """Make a world what another one is now, as ``{"clone": WORLD}`` says; from then on each goes its own way.

    Raises SandboxRefusal (``bad-world`` 400, ``unknown-world`` 404, ``world-busy`` 409, ``world-exists`` 412).
    """
    id = keeping.new_world_id(world)
    source = body["clone"]
    if not isinstance(source, str) or len(body) > 1:
        words = 'Beside "clone", the name of a world, nothing can be given.'
        raise SandboxRefusal("bad-world", 400, words, field="clone")
    file = _read_held(service, world_id(source))
    return put(service, id, file, continues=True, only_new=only_new)


def _read_held(service: Service, world: str) -> SnapshotFile:
    """Return what a world is, while nobody else makes, moves or removes it. Raises SandboxRefusal."""
    with locks.hold(service, service.worlds.find(world).id):
        return read(service, world)


def read(service: Service, world: str) -> SnapshotFile:
    """Return what a world is at one moment. Raises SandboxRefusal (``world-busy``, 409) when it never stands still."""
    before = _states(service, world)
    for _ in range(MOST_READINGS):
        there = service.worlds.find(world)
        now = there.clock.now()
        found = _states(service, world)
        if found == before:
            return SnapshotFile(FORMAT, VERSION, world, now, found, there.unmasked)
        before = found
    words = f"So much happens in the world {world!r} that it cannot be copied; try again when it is quieter."
    raise SandboxRefusal("world-busy", 409, words, headers={"Retry-After": "1"})


def _states(service: Service, world: str) -> dict[str, State]:
    with service.store.transaction(world) as tx:
        own = read_state(service, tx)
    path = fleet.place(world, "state")
    return {
        CONTROL_PLANE.name: own,
        **{name: fleet.ask_for_state(service, name, path) for name in fleet.in_order_of_effect(service)},
    }


def put(
    service: Service,
    world: str,
    file: SnapshotFile,
    *,
    continues: bool,
    only_new: bool = False,
    keeper: Keeper | None = None,
    also: Callable[[Transaction], object] = lambda _: None,
) -> Answer:
    """Put a world in place as a file says; its clock ``continues`` as it is, or goes on from the file's time.

    ``keeper`` keeps a copy of a world that is replaced; ``also`` is done in the transaction with which the world is
    another one. Raises SandboxRefusal, as ``making.install``.
    """
    here = fleet.reachable(service, refresh=True)
    missing = [name for name in (CONTROL_PLANE.name, *here) if name not in file.services]
    if missing:
        raise bad_snapshot(f"services.{missing[0]}", "is missing")

    check_masking(file)

    def fill(place: str) -> None:
        for name in here:
            fleet.ask(service, name, "PUT", fleet.place(place, "state"), file.services[name], fleet.STATE_LIMIT)

    def keep(tx: Transaction) -> World:
        try:
            world = write_state(service, tx, file.services[CONTROL_PLANE.name])
        except SandboxRefusal as refusal:
            message = f"{CONTROL_PLANE.name}: {refusal.message}"
            raise SandboxRefusal(refusal.code, refusal.status, message, field=refusal.field) from refusal
        if tx.get(tables.scenarios, ScenarioRow) is None:
            raise bad_snapshot("services.control_plane.tables.scenarios", "has no row")
        if not continues and not world.clock.frozen:
            world = world.with_clock(Clock().at(file.now))
            keeping.save_clock(tx, service, world)
        also(tx)
        return world

    made, status = install(service, world, fill, keep, only_new=only_new, keeper=keeper)
    outside = [name for name in SERVICES if name not in here]
    return Answer(present_made(made, outside), status)


def _unknown(world: str, id: str) -> SandboxRefusal:
    words = f"There is no snapshot {id!r} of the world {world!r}."
    return SandboxRefusal("unknown-snapshot", 404, words, field="snapshot")
