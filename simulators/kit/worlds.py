"""The worlds of one service, as its store keeps them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from simulators.kit import clock
from simulators.kit.clock import Clock, ClockChange, stamp
from simulators.kit.errors import SandboxRefusal, flaw_of, unknown_world
from simulators.kit.policies import lay_over, with_preset
from simulators.kit.seeds import fresh_seed
from simulators.kit.store import tables
from simulators.kit.store.tables import WorldRow
from simulators.kit.store.transactions import Store, Transaction
from simulators.kit.world import World, WorldClock, WorldPart
from simulators.kit.world_names import DEFAULT

DEFAULT_WORLD_WAIT = 20.0


class Worlds:
    """The worlds of one service."""

    def __init__(
        self,
        store: Store,
        policies: type[msgspec.Struct],
        check_policies: Callable[[Any], None] | None = None,
        *,
        expects_default: bool = False,
    ) -> None:
        """Read policies with their model; ``check_policies`` raises SandboxRefusal for those that settings forbid."""
        self._store = store
        self._policies = policies
        self._check_policies = check_policies
        self._default_by = clock.monotonic() + DEFAULT_WORLD_WAIT if expects_default else 0.0

    def find(self, world: str) -> World:
        """Return a world; one that a starting sandbox is still making is waited for.

        Raises SandboxRefusal (``unknown-world``, 404).
        """
        while True:
            found = self.get(world)
            if found is not None:
                return found
            if world != DEFAULT or clock.monotonic() > self._default_by:
                raise unknown_world(world)
            clock.pause(0.01)

    def get(self, world: str) -> World | None:
        rows = self._store.look(tables.world_by_id, WorldRow, world=world)
        return _world(rows[0]) if rows else None

    def lives(self, tx: Transaction, world: World) -> bool:
        """Return whether a world is still there, and no other has come in its place."""
        row = tx.run(tables.world_created_at).fetchone()
        return row is not None and row[0] == stamp(world.created_at)

    def exists(self, world: str) -> bool:
        return bool(self._store.read(tables.world_by_id, world=world))

    def all(self) -> list[World]:
        return [_world(row) for row in self._store.look(tables.every_world, WorldRow)]

    def current(self, tx: Transaction) -> World:
        """Return the transaction's world, to change it within. Raises SandboxRefusal (``unknown-world``, 404)."""
        row = tx.get(tables.worlds, WorldRow)
        if row is None:
            raise unknown_world(tx.world)
        return _world(row)

    def put(self, tx: Transaction, part: WorldPart) -> World:
        """Make the world, or replace it, from a service's part of it. Raises SandboxRefusal, as ``add``."""
        self.make_room(tx)
        return self.add(tx, part)

    def make_room(self, tx: Transaction) -> None:
        """Forget the transaction's world, where there is one: nothing of a world outlasts its row."""
        if tx.get(tables.worlds, WorldRow) is not None:
            tx.forget()

    def add(self, tx: Transaction, part: WorldPart) -> World:
        """Make the world, which is not there, from a service's part of it.

        Raises SandboxRefusal (``bad-world``) when a policy is unknown or of the wrong type.
        """
        self.check(part.policies)
        policies = json.dumps(part.policies, sort_keys=True)
        seed = fresh_seed() if part.seed is None else str(part.seed)
        world = World(
            tx.world, seed, Clock(), policies, part.label, clock.wall_now(), fresh_seed(), unmasked=part.unmasked
        )
        world = _set_up_clock(world, part.clock)
        tx.insert(tables.worlds, _row(world))
        return world

    def check(self, policies: Mapping[str, Any]) -> None:
        try:
            converted = msgspec.convert(with_preset(policies, self._policies), self._policies)
        except msgspec.ValidationError as error:
            flaw = flaw_of(error)
            place = f"policies.{flaw.field}".rstrip(".")
            raise SandboxRefusal("bad-world", 400, f"{place}: {flaw.message}.", field=place) from error
        if self._check_policies is not None:
            self._check_policies(converted)

    def change_policies(self, tx: Transaction, changes: Mapping[str, Any]) -> None:
        """Change some policies of the transaction's world. Raises SandboxRefusal (``bad-world``, ``unknown-world``)."""
        self.set_policies(tx, lay_over(json.loads(self.current(tx).policies_text), changes))

    def set_policies(self, tx: Transaction, policies: Mapping[str, Any]) -> None:
        """Have just these policies in the transaction's world. Raises SandboxRefusal, as ``change_policies``."""
        world = self.current(tx)
        self.check(policies)
        self.save(tx, replace(world, policies_text=json.dumps(policies, sort_keys=True)))

    def save(self, tx: Transaction, world: World) -> None:
        tx.update(tables.worlds, _row(world))


def _set_up_clock(world: World, clock: WorldClock) -> World:
    if clock.frozen:
        world = world.with_change(ClockChange(freeze=True))
    return world if clock.set is None else world.with_change(ClockChange(set=clock.set))


def _row(world: World) -> WorldRow:
    return WorldRow(
        world=world.id,
        seed=world.seed,
        policies=world.policies_text,
        offset_us=world.clock.offset // timedelta(microseconds=1),
        frozen_at=world.clock.frozen_at,
        label=world.label,
        created_at=world.created_at,
        faults=world.faults,
        origin=world.origin,
        unmasked=world.unmasked,
    )


def _world(row: WorldRow) -> World:
    return World(
        id=row.world,
        seed=row.seed,
        clock=Clock(timedelta(microseconds=row.offset_us), row.frozen_at),
        policies_text=row.policies,
        label=row.label,
        created_at=row.created_at,
        origin=row.origin,
        faults=row.faults,
        unmasked=row.unmasked,
    )
