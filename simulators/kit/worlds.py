"""Worlds: universes of their own that share a service. Every request belongs to one."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast
from urllib.parse import quote, unquote

import msgspec

from simulators.kit import clock
from simulators.kit.clock import EARLIEST, LATEST, Clock, ClockChange, stamp
from simulators.kit.errors import SandboxRefusal, flaw_of, unknown_world
from simulators.kit.lazy import lazy
from simulators.kit.models import assumed
from simulators.kit.seeds import fresh_seed
from simulators.kit.store import Store, Transaction

if TYPE_CHECKING:
    from simulators.kit import tables
else:
    tables = lazy("simulators.kit.tables")

DEFAULT = "default"
BAGGAGE_MEMBER = "sandbox.world"
DEFAULT_WORLD_WAIT = 20.0
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

Policies = TypeVar("Policies", bound=msgspec.Struct)


class WorldClock(msgspec.Struct, forbid_unknown_fields=True):
    """A new world's clock: the instant it starts at (the machine's, if left out), and whether it stands still."""

    set: Annotated[datetime | None, assumed] = None
    frozen: Annotated[bool, assumed] = False


class WorldPart(msgspec.Struct, forbid_unknown_fields=True):
    """What a service is told of a world: its seed and clock, the policies and the people that concern the service."""

    seed: Annotated[str | int | None, assumed] = None
    clock: Annotated[WorldClock, assumed] = msgspec.field(default_factory=WorldClock)
    policies: Annotated[dict[str, Any], assumed] = {}
    people: Annotated[dict[str, Any], assumed] = {}
    faults: Annotated[list[dict[str, Any]], assumed] = []
    label: Annotated[str, assumed] = ""


class NoPolicies(msgspec.Struct, forbid_unknown_fields=True):
    """The policies of a service that has none."""


class WorldRow(msgspec.Struct):
    world: str
    seed: str
    policies: str
    offset_us: int
    frozen_at: datetime | None
    label: str
    created_at: datetime
    faults: int


@dataclass(frozen=True)
class World:
    """A world as one service holds it."""

    id: str
    seed: str
    clock: Clock
    policies_text: str
    label: str
    created_at: datetime
    faults: int = 0

    def policies(self, kind: type[Policies]) -> Policies:
        """Return the world's policies for this service, defaults filled in."""
        return cast(Policies, _policies(self.policies_text, kind))

    def changed(self, change: ClockChange) -> "World":
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
        return self._at("advance", self.clock.now() + change.advance)

    def _at(self, field: str, instant: datetime) -> "World":
        if not EARLIEST <= instant <= LATEST:
            words = f"{field} must lead to a time between {stamp(EARLIEST)} and {stamp(LATEST)}."
            raise _bad_clock_change(field, words)
        return replace(self, clock=self.clock.at(instant))


def _bad_clock_change(field: str, words: str) -> SandboxRefusal:
    return SandboxRefusal("bad-clock-change", 400, words, field=field)


class WorldGone(Exception):
    """Raised where work goes on in a world that was deleted or replaced meanwhile: nothing of it is to be kept."""

    def __init__(self, world: str) -> None:
        words = f"The world {world!r} was deleted or replaced while this was under way. Ask again in the new one."
        self.refusal = SandboxRefusal("unknown-world", 404, words, details={"world": world})
        super().__init__(words)


def world_id(text: str) -> str:
    """Return a world id that is well formed, or refuse it.

    Raises SandboxRefusal (``unknown-world``): a name that no world can have is the name of no world.
    """
    if not _ID.fullmatch(text):
        raise unknown_world(text)
    return text


def from_baggage(header: str) -> str | None:
    """Return the world that a W3C ``baggage`` header names (Baggage, section 3.2)."""
    for member in header.split(","):
        key, equals, value = member.partition(";")[0].partition("=")
        if equals and key.strip() == BAGGAGE_MEMBER:
            return unquote(value.strip())
    return None


def to_baggage(header: str, world: str) -> str:
    """Return the ``baggage`` header with the world in it and its other members kept."""
    others = [m.strip() for m in header.split(",") if m.strip() and m.partition("=")[0].strip() != BAGGAGE_MEMBER]
    return ",".join([f"{BAGGAGE_MEMBER}={quote(world)}", *others])


class Worlds:
    """The worlds of one service."""

    def __init__(self, store: Store, policies: type[msgspec.Struct], *, expects_default: bool = False) -> None:
        self._store = store
        self._policies = policies
        self._default_by = clock.monotonic() + DEFAULT_WORLD_WAIT if expects_default else 0.0

    def find(self, world: str) -> World:
        """Return a world; one that a starting sandbox is still making is waited for.

        Raises SandboxRefusal (``unknown-world``, 404).
        """
        while True:
            rows = self._store.read(tables.world_by_id, world=world)
            if rows:
                return _world(rows[0])
            if world != DEFAULT or clock.monotonic() > self._default_by:
                raise unknown_world(world)
            clock.pause(0.01)

    def lives(self, tx: Transaction, world: World) -> bool:
        """Tell whether a world is still there, and no other has come in its place."""
        row = tx.get(tables.worlds, WorldRow)
        return row is not None and row.created_at == world.created_at

    def exists(self, world: str) -> bool:
        return bool(self._store.read(tables.world_by_id, world=world))

    def all(self) -> list[World]:
        return [_world(row) for row in self._store.read(tables.every_world)]

    def put(self, tx: Transaction, part: WorldPart) -> World:
        """Make the world, or replace it, from a service's part of it.

        Raises SandboxRefusal (``bad-world``) when a policy is unknown or of the wrong type.
        """
        tx.forget()
        policies = json.dumps(part.policies, sort_keys=True)
        self.check(part.policies)
        seed = fresh_seed() if part.seed is None else str(part.seed)
        world = World(tx.world, seed, Clock(), policies, part.label, clock.wall_now())
        world = _set_up_clock(world, part.clock)
        tx.insert(tables.worlds, _row(world))
        return world

    def check(self, policies: Mapping[str, Any]) -> None:
        try:
            msgspec.convert(policies, self._policies)
        except msgspec.ValidationError as error:
            flaw = flaw_of(error)
            place = f"policies.{flaw.field}".rstrip(".")
            raise SandboxRefusal("bad-world", 400, f"{place}: {flaw.words}.", field=place) from error

    def change_policies(self, tx: Transaction, world: World, changes: Mapping[str, Any]) -> None:
        """Change some of a world's policies. Raises SandboxRefusal (``bad-world``)."""
        policies = _merged(json.loads(world.policies_text), changes)
        self.check(policies)
        self.save(tx, replace(world, policies_text=json.dumps(policies, sort_keys=True)))

    def save(self, tx: Transaction, world: World) -> None:
        tx.update(tables.worlds, _row(world))


def _merged(old: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(old)
    for key, value in new.items():
        before = merged.get(key)
        merged[key] = _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged


def _set_up_clock(world: World, clock: WorldClock) -> World:
    if clock.frozen:
        world = world.changed(ClockChange(freeze=True))
    return world if clock.set is None else world.changed(ClockChange(set=clock.set))


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
    )


def _world(row: dict[str, Any]) -> World:
    frozen_at = row["frozen_at"]
    return World(
        id=row["world"],
        seed=row["seed"],
        clock=Clock(timedelta(microseconds=row["offset_us"]), clock.parse(frozen_at) if frozen_at else None),
        policies_text=row["policies"],
        label=row["label"],
        created_at=clock.parse(row["created_at"]),
        faults=row["faults"],
    )


@lru_cache(maxsize=512)
def _policies(text: str, kind: type[Policies]) -> Policies:
    return msgspec.json.decode(text, type=kind)
