"""What a service counts for metrics: in memory first, and every second in its store, which all processes share.

So no request waits for a count. A process that is killed loses those of its last second.
"""

from collections import Counter
from threading import Lock

from simulators.kit.store import tables
from simulators.kit.store.transactions import Store

NO_WORLD = ""
"""The world of the counters that outlast worlds: deleting, restoring or replacing one changes no count."""


class Tally:
    """Counters by name. They only grow."""

    def __init__(self) -> None:
        self._unwritten: Counter[str] = Counter()
        self._guard = Lock()

    def add(self, name: str, number: int = 1) -> None:
        with self._guard:
            self._unwritten[name] += number

    def flush(self, store: Store) -> None:
        """Write what was counted since the last time. Raises StoreFailure; nothing is lost then."""
        with self._guard:
            counted, self._unwritten = self._unwritten, Counter()
        if not counted:
            return
        try:
            with store.transaction(NO_WORLD) as tx:
                for name, number in counted.items():
                    tx.run(tables.add_to_counter, name=name, number=number)
        except BaseException:
            with self._guard:
                self._unwritten += counted
            raise

    def read(self, store: Store) -> dict[str, int]:
        """Return all counters, those of other processes as of their last flush. Raises StoreFailure."""
        self.flush(store)
        return {row["name"]: int(row["value"]) for row in store.read(tables.counters_of_world, world=NO_WORLD)}
