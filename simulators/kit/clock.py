"""The one clock of a world. Nothing else in the sandbox asks the machine for the time."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Struct

from simulators.kit.models import assumed

EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Between these a world's clock can be set: what is computed from it must be a date, too."""


class ClockChange(Struct, forbid_unknown_fields=True):
    """One change of a world's clock; exactly one of the fields is given.

    ``advance`` is an ISO 8601 duration (``PT5M``), ``set`` an RFC 3339 instant, ``freeze`` stops or restarts the clock.
    """

    advance: Annotated[timedelta | None, assumed] = None
    set: Annotated[datetime | None, assumed] = None
    freeze: Annotated[bool | None, assumed] = None


@dataclass(frozen=True)
class Clock:
    """A world's clock: the machine's time moved by ``offset``, or standing still at ``frozen_at``."""

    offset: timedelta = timedelta()
    frozen_at: datetime | None = None

    @property
    def frozen(self) -> bool:
        return self.frozen_at is not None

    def now(self) -> datetime:
        return self.frozen_at or wall_now() + self.offset

    def at(self, instant: datetime) -> "Clock":
        """Return this clock moved to ``instant``, still running or still frozen."""
        instant = instant.astimezone(UTC)
        if self.frozen:
            return Clock(self.offset, instant)
        return Clock(instant - wall_now())

    def advance(self, duration: timedelta) -> "Clock":
        """Return this clock moved by exactly ``duration``."""
        return Clock(self.offset, self.frozen_at + duration) if self.frozen_at else Clock(self.offset + duration)

    def freeze(self) -> "Clock":
        return Clock(self.offset, self.now())

    def unfreeze(self) -> "Clock":
        return Clock(self.now() - wall_now())

    def wall(self, instant: datetime) -> datetime | None:
        """Return when ``instant`` of this world comes on the machine's clock; ``None`` if it only comes by a move."""
        if not self.frozen:
            try:
                return instant - self.offset
            except OverflowError:
                return LATEST if self.offset < timedelta() else EARLIEST
        return wall_now() if instant <= self.now() else None


SKEW = timedelta(minutes=1)
"""By how much the clocks of machines that share a database may differ."""

SMALLEST_JUMP = timedelta(seconds=5)
"""What a machine's clock is set by in less is a correction that nobody notices."""


class Jumps:
    """Notices when the machine's clock is set, by its clock that only goes forward."""

    def __init__(self) -> None:
        self._ahead: timedelta | None = None

    def since_last_look(self) -> timedelta:
        """Return by how much the machine's clock was set since the last look, in whole seconds; negative is back."""
        ahead = wall_now() - datetime.fromtimestamp(monotonic(), UTC)
        before, self._ahead = ahead if self._ahead is None else self._ahead, ahead
        jump = timedelta(seconds=round((ahead - before).total_seconds()))
        return jump if abs(jump) >= SMALLEST_JUMP else timedelta()


def wall_now() -> datetime:
    """Return the machine's time, for what belongs to no world: leases, and the order of exchanges."""
    return datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251


def monotonic() -> float:
    """Return seconds on a clock that only goes forward, to measure how long something took."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Wait in real time: for a simulated delay, or for another process that cannot notify this one."""
    time.sleep(seconds)  # noqa: TID251


def stamp(instant: datetime) -> str:
    """Return ``instant`` as RFC 3339 text in UTC with microseconds; such texts sort as their instants do."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def stamp_of(text: str) -> str:
    """Return an instant in anyone's spelling of RFC 3339 as ``stamp`` spells it. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return stamp(max(min(instant, LATEST), EARLIEST))


def parse(text: str) -> datetime:
    """Return the instant that ``stamp`` wrote."""
    return datetime.fromisoformat(text)
