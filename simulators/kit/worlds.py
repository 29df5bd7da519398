"""Worlds: universes of their own that share a service. Every request belongs to one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec

from simulators.kit import clock
from simulators.kit.clock import EARLIEST, LATEST, Clock, ClockChange, stamp
from simulators.kit.errors import SandboxRefusal, flaw_of, unknown_world
from simulators.kit.models import assumed
from simulators.kit.policies import lay_over, read_policies, with_preset
from simulators.kit.seeds import fresh_seed
from simulators.kit.store import tables
from simulators.kit.store.tables import WorldRow
from simulators.kit.store.transactions import Store, Transaction
from simulators.kit.world_names import DEFAULT

DEFAULT_WORLD_WAIT = 20.0

Policies = TypeVar("Policies", bound=msgspec.Struct)


class WorldClock(msgspec.Struct, forbid_unknown_fields=True):
    """A new world's clock: the instant it starts at (the machine's, if left out), and whether it stands still."""

    set: Annotated[datetime | None, assumed] = None
    frozen: Annotated[bool, assumed] = False


class WorldPart(msgspec.Struct, forbid_unknown_fields=True):
    """A service's part of a world: seed and clock, and the policies and people that concern the service.

    ``unmasked`` leaves the secrets of its people in its journal as they are.
    """

    seed: Annotated[str | int | None, assumed] = None
    clock: Annotated[WorldClock, assumed] = msgspec.field(default_factory=WorldClock)
    policies: Annotated[dict[str, Any], assumed] = {}
    people: Annotated[dict[str, Any], assumed] = {}
    faults: Annotated[list[dict[str, Any]], assumed] = []
    label: Annotated[str, assumed] = ""
    unmasked: Annotated[bool, assumed] = False


@dataclass(frozen=True)
class World:
    """A world as one service holds it.

    ``created_at`` tells it from any other that has had its name. ``origin`` is a secret that only its copies share:
    its tokens are signed with it, so that they are good in a copy too, and nowhere else. ``unmasked``, which never
    changes, leaves the secrets of its people in its journal.
    """

    id: str
    seed: str
    clock: Clock
    policies_text: str
    label: str
    created_at: datetime
    origin: str
    faults: int = 0
    unmasked: bool = False

    def policies(self, kind: type[Policies]) -> Policies:
        """Return the world's policies for this service, defaults filled in."""
        return read_policies(self.policies_text, kind)

    def with_change(self, change: ClockChange) -> "World":
        """Return the world with its clock changed.

        Raises SandboxRefusal (``bad-clock-change``) unless just one field is given, or when time would run backwards.
        """
        given = [change.advance is not None, change.set is not None, change.freeze is not None]
        if sum(given) != 1:
            raise SandboxRefusal(
                "bad-clock-change", 400, "Give exactly one of advance (ISO 8601 duration), set (RFC 3339), freeze."
            )
        if change.freeze is not None:
            return replace(self, clock=self.clock.freeze() if change.freeze else self.clock.unfreeze())
        if change.set is not None:
            if change.set.tzinfo is None:
                raise _bad_clock_change("set", "set needs a time zone, as in 2026-01-01T09:00:00Z.")
            return self._at("set", change.set)
        if change.advance is None or change.advance < timedelta():
            raise _bad_clock_change("advance", "advance must not be negative; use set to go back.")
        if change.advance > LATEST - EARLIEST:
            raise _bad_clock_change("advance", f"advance leads past {stamp(LATEST)}.")
        self._at("advance", self.clock.now() + change.advance)
        return replace(self, clock=self.clock.advance(change.advance))

    def with_clock(self, clock: Clock) -> "World":
        """Return the world with another clock; one beyond what calendars can bear stands still at their end.

        Nothing is refused: a world that is being put in place, or whose time went on by itself, must remain usable.
        """
        try:
            now = clock.now()
        except OverflowError:
            return replace(self, clock=Clock(frozen_at=LATEST if clock.offset > timedelta() else EARLIEST))
        within = min(max(now, EARLIEST), LATEST)
        return replace(self, clock=clock if within == now else Clock(frozen_at=within))

    def _at(self, field: str, instant: datetime) -> "World":
        if not EARLIEST <= instant <= LATEST:
            message = f"{field} must lead to a time between {stamp(EARLIEST)} and {stamp(LATEST)}."
            raise _bad_clock_change(field, message)
        return replace(self, clock=self.clock.at(instant))


def _bad_clock_change(field: str, message: str) -> SandboxRefusal:
    return SandboxRefusal("bad-clock-change", 400, message, field=field)


class WorldGone(Exception):
    """Raised where work goes on in a world that was deleted or replaced meanwhile: nothing of it is to be kept."""

    def __init__(self, world: str) -> None:
        message = f"The world {world!r} was deleted or replaced while this was under way. Ask again in the new one."
        self.refusal = SandboxRefusal("unknown-world", 404, message, details={"world": world})
        super().__init__(message)


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
        world = self.current(tx)
        policies = lay_over(json.loads(world.policies_text), changes)
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
