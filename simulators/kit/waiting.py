"""Requests that wait for something in the store, which another process may write: they look for it now and then."""

from collections.abc import Callable
from typing import TypeVar

from simulators.kit import clock

Found = TypeVar("Found")

POLL_INTERVAL = 0.005
"""Seconds between two looks, where few wait."""

GREATEST_SHARE = 0.2
"""The part of its time that a process may spend on looking: the more wait, or the longer it takes, the rarer it is."""

LONGEST_PAUSE = 0.5
"""At most so many seconds lie between two looks: in a busy process, a look takes as long as it has to wait itself."""

_waiting: set[object] = set()
"""One for each request of this process that waits."""


def look_until(look: Callable[[], Found], seconds: float, interval: float = POLL_INTERVAL) -> Found:
    """Return what ``look`` returns once that is true, or after some seconds whatever it is then."""
    deadline = clock.monotonic() + seconds
    mark = object()
    _waiting.add(mark)
    try:
        while True:
            began = clock.monotonic()
            found = look()
            now = clock.monotonic()
            if found or now >= deadline:
                return found
            rare = max(interval, len(_waiting) * (now - began) / GREATEST_SHARE)
            clock.pause(min(deadline - now, rare, LONGEST_PAUSE))
    finally:
        _waiting.discard(mark)
