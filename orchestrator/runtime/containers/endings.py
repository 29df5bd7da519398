"""Ctrl-C and its like held back, so that they end the work between two calls to the engine and never within one.

What the engine was asked to make while a call was broken off would be left behind.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDINGS = frozenset(
    {signal.SIGINT, signal.SIGTERM} | ({signal.SIGHUP} if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN else set())
)
"""A terminal that is closed is an ending, unless nohup keeps it from us."""


class Interrupted(Exception):
    """Somebody wants an end."""


@contextmanager
def held_back() -> Iterator[None]:
    """Hold the endings back for the block, in its thread and those that begin in it; what came meanwhile is spent."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        while signal.sigpending() & ENDINGS:
            signal.sigwait(ENDINGS)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def heed() -> None:
    """Raise Interrupted if an ending has come."""
    if signal.sigpending() & ENDINGS:
        raise Interrupted


def wait_for_one() -> None:
    """Return when an ending comes."""
    signal.sigwait(ENDINGS)
