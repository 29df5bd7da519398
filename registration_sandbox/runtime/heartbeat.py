"""A worker's heartbeat: how its supervisor knows that it still answers."""

import mmap


class Heartbeat:
    """A count in memory that a worker shares with its supervisor; it grows as long as the worker's greenlets run.

    The supervisor counts its own looks instead of the time: where both were stopped (Ctrl-Z, a laptop that sleeps), no
    beat was missed. Make it before the fork.
    """

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, mmap.PAGESIZE)
        self._seen = 0
        self.missed = 0
        """Looks in a row at which the worker had not beaten since the one before."""

    def beat(self) -> None:
        """Tell that the worker is alive; called in the worker."""
        self._page[0] = (self._page[0] + 1) % 256

    def look(self) -> None:
        """Look whether the worker has beaten since the last look; called in the supervisor."""
        beats = self._page[0]
        self.missed = self.missed + 1 if beats == self._seen else 0
        self._seen = beats

    def close(self) -> None:
        self._page.close()
