"""What writes a process's counts into the stores, once a second."""

import threading
from collections.abc import Sequence

from simulators.kit.log import log
from simulators.kit.store.failures import StoreFailure
from simulators.kit.work import Service

INTERVAL = 1.0


class Bookkeeper:
    """Flushes the tallies of some services on a thread of its own, and once more when it is closed."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._services = services
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bookkeeping", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Write what is not written yet: the process ends."""
        self._ended.set()
        self._thread.join(INTERVAL)
        self._flush()

    def _run(self) -> None:
        while not self._ended.wait(INTERVAL):
            self._flush()

    def _flush(self) -> None:
        for service in self._services:
            try:
                service.tally.flush(service.store)
            except StoreFailure as failure:
                log.debug("%s: counts have to wait: %s", service.name, failure)
            except Exception:
                log.exception("%s: counts could not be written", service.name)
