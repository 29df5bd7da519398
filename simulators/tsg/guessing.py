"""Throttling of wrong guesses at sign-up codes (device registration, step 2; DR-2.3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from simulators.tsg.records import WrongGuess


def wait(guesses: Sequence[WrongGuess], most: int, window: timedelta, now: datetime) -> timedelta | None:
    """Return how long to wait before the next guess, or None when it is free.

    ``guesses`` are those in the window before ``now``, newest first. Any ``window`` holds at most ``most`` of them.
    """
    if len(guesses) < most:
        return None
    return max(guesses[most - 1].at + window - now, timedelta(seconds=1))
