"""Throttling of wrong sign-up codes (device registration, step 2; DR-2.3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from simulators.tsg.records import WrongGuess

SHORTEST_WAIT = timedelta(seconds=1)


def time_to_wait(guesses: Sequence[WrongGuess], most: int, window: timedelta, now: datetime) -> timedelta | None:
    """Return how long to wait before the next guess, or None when it may be made now.

    ``guesses`` are those in the window before ``now``, newest first. No window holds more than ``most`` of them.
    """
    if len(guesses) < most:
        return None
    return max(guesses[most - 1].at + window - now, SHORTEST_WAIT)
