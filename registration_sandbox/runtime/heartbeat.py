"""A worker's heartbeat: how its supervisor knows that it still answers."""

import os
from contextlib import suppress

BEAT_INTERVAL = 0.5
"""Seconds between two beats."""

STARTING = 20
"""Looks for which a worker may take to begin: one that takes mail in is a program that must be loaded first."""

MOST_READ = 65_536


class Heartbeat:
    """Beats that a worker writes into a pipe to its supervisor; they come as long as the worker's greenlets run.

    The supervisor counts its own looks instead of the time: where both were stopped (Ctrl-Z, a laptop that sleeps), no
    beat was missed. Make it before the fork.
    """

    def __init__(self) -> None:
        self._beats, self.beaten = os.pipe()
        """``beaten`` is what beats are written into; a program that the worker becomes can inherit it."""
        self.missed = -STARTING
        """Looks in a row at which the worker had not beaten since the one before, once it has begun to."""
        os.set_blocking(self._beats, False)
        os.set_blocking(self.beaten, False)

    def beat(self) -> None:
        """Tell that the worker is alive; called in the worker."""
        beat(self.beaten)

    def look(self) -> None:
        """Look whether the worker has beaten since the last look; called in the supervisor."""
        try:
            os.read(self._beats, MOST_READ)
        except BlockingIOError:
            self.missed += 1
        else:
            self.missed = 0

    def close(self) -> None:
        os.close(self._beats)
        os.close(self.beaten)


def beat(beaten: int) -> None:
    """Write a beat; where nobody reads them just now, those that wait tell enough."""
    with suppress(OSError):
        os.write(beaten, b".")
