"""The clock of the system under test, beside the world's."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.wire import Wire
from registration_sandbox.gate.system import System
from registration_sandbox.gate.system_file import address
from simulators.kit.clock import monotonic, pause, stamp, wall_now

OPENING = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When every scenario begins; its clock stands still until the scenario moves it."""

LONGEST_STEP = timedelta(minutes=2)
"""A system whose clock is set by us is set so often: a push is accepted only near the time at which it was signed."""

STEPWISE = timedelta(minutes=30)

CLOCK = "the system's clock"

POLL_INTERVAL = 0.02

QUIET, QUIET_LIMIT = 0.1, 5.0
"""Seconds without any exchange after which a system counts as done, and after which it is not waited for."""

PATIENCE = 20.0
"""Seconds for which what must happen is waited for."""


class SystemClock:
    """Moves the time of the system under test along with the world's, in the way that the system allows."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._now: datetime | None = None
        self.opened_at: datetime | None = None
        self.passed = timedelta()

    def scenario(self) -> dict[str, Any]:
        """Return the clock of a scenario's world: it stands still, or runs with a system that goes by real time."""
        self.opened_at = wall_now() if self._system.has_real_time else OPENING
        return {} if self._system.has_real_time else {"set": stamp(OPENING), "frozen": True}

    def start(self, wire: Wire) -> None:
        """Begin at the world's opening."""
        self._now = None if self._system.has_real_time else OPENING
        self._tell(wire)

    def is_at(self, instant: datetime | None, time_of_day: str | None) -> bool:
        """Tell whether an instant is a time of day of the scenario, which begins at ``OPENING``; none is ``None``.

        Where the world's clock runs, that is so long after its beginning, within what the scenario has taken.
        """
        if instant is None or time_of_day is None:
            return instant is None and time_of_day is None
        if not self._system.has_real_time:
            return f"{instant:%H:%M}" == time_of_day
        assert self.opened_at is not None
        planned = datetime.strptime(time_of_day, "%H:%M").replace(year=OPENING.year, month=1, day=5, tzinfo=UTC)
        after = planned - OPENING
        return self.opened_at + after <= instant <= wall_now() + after

    def shown(self) -> datetime | None:
        """Return the world's time, where it is known because it stands still."""
        return self._now

    def go_back(self, now: datetime | None) -> None:
        """Show the time of a world that was made again what it was."""
        self._now = now

    def steps(self, duration: timedelta, wire: Wire) -> Iterator[timedelta]:
        """Yield the moves that the world's clock is to make, having moved the system's. Raises NotTried."""
        if duration and self._system.has_real_time:
            raise NotTried(f"{self._system.name} has a clock of its own, which cannot be moved")
        stepwise = self._system.clock == "hook" and duration <= STEPWISE
        left = duration
        while True:
            step = min(left, LONGEST_STEP) if stepwise else left
            left -= step
            self.passed += step
            if self._now is not None and step:
                self._now += step
                self._tell(wire)
            yield step
            if not left:
                return

    def _tell(self, wire: Wire) -> None:
        if self._system.clock != "hook" or self._now is None:
            return
        wire.urls[CLOCK] = address(self._system, self._system.clock_url or "")
        reply = wire.ask(CLOCK, "POST", "", {"now": stamp(self._now)})
        assert not reply.refused, f"{self._system.name} did not set its clock: {reply}"


def wait_until_quiet(count: Callable[[], int]) -> None:
    """Return when nothing more is said between the systems, which ``count`` tells; after a while in any case."""
    deadline = monotonic() + QUIET_LIMIT
    before = -1
    while (now := count()) != before and monotonic() < deadline:
        before = now
        pause(QUIET)


def wait_until(happened: Callable[[], bool]) -> None:
    """Return once something has happened that others do meanwhile. Raises AssertionError after a while."""
    wait_while(lambda: not happened(), PATIENCE)
    assert happened(), f"it has not happened within {PATIENCE} seconds"


def wait_while(lasts: Callable[[], bool], limit: float = QUIET_LIMIT) -> None:
    """Return when something is over that others end; after so many seconds in any case."""
    deadline = monotonic() + limit
    while lasts() and monotonic() < deadline:
        pause(POLL_INTERVAL)
