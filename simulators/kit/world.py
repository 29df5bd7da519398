"""A world: a universe of its own that the services share. Every request belongs to one."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec

from simulators.kit.clock import EARLIEST, LATEST, Clock, ClockChange, stamp
from simulators.kit.errors import SandboxRefusal
from simulators.kit.models import assumed
from simulators.kit.policies import read_policies

Policies = TypeVar("Policies", bound=msgspec.Struct)


Name = Annotated[str, msgspec.Meta(max_length=200)]


class WorldClock(msgspec.Struct, forbid_unknown_fields=True):
    """A new world's clock: the instant it starts at (the machine's, if left out), and whether it stands still."""

    set: Annotated[datetime | None, assumed] = None
    frozen: Annotated[bool, assumed] = False


class WorldPart(msgspec.Struct, forbid_unknown_fields=True):
    """A service's part of a world: seed and clock, and the policies and people that concern the service.

    ``unmasked`` leaves the secrets of its people in its journal as they are.
    """

    seed: Annotated[Name | int | None, assumed] = None
    clock: Annotated[WorldClock, assumed] = msgspec.field(default_factory=WorldClock)
    policies: Annotated[dict[str, Any], assumed] = {}
    people: Annotated[dict[str, Any], assumed] = {}
    faults: Annotated[list[dict[str, Any]], assumed] = []
    label: Annotated[Name, assumed] = ""
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
            if not EARLIEST <= change.set <= LATEST:
                message = f"set must lead to a time between {stamp(EARLIEST)} and {stamp(LATEST)}."
                raise _bad_clock_change("set", message)
            return replace(self, clock=self.clock.at(change.set))
        if change.advance is None or change.advance < timedelta():
            raise _bad_clock_change("advance", "advance must not be negative; use set to go back.")
        if change.advance > LATEST - self.clock.now():
            raise _bad_clock_change("advance", f"advance leads past {stamp(LATEST)}.")
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


def _bad_clock_change(field: str, message: str) -> SandboxRefusal:
    return SandboxRefusal("bad-clock-change", 400, message, field=field)


class WorldGone(Exception):
    """Raised where work goes on in a world that was deleted or replaced meanwhile: nothing of it is to be kept."""

    def __init__(self, world: str) -> None:
        message = f"The world {world!r} was deleted or replaced while this was under way. Ask again in the new one."
        self.refusal = SandboxRefusal("unknown-world", 404, message, details={"world": world})
        super().__init__(message)
