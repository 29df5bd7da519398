"""A world watched as it happens: one look for all who watch it in this process, at what the services have written."""

from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from orchestrator import fleet, observed
from simulators.kit import clock, journal
from simulators.kit.errors import SandboxRefusal
from simulators.kit.failures import StoreFailure
from simulators.kit.journal import Exchange, JournalQuery, News
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

LOOK_AGAIN = 0.08
"""Seconds between two looks at what is new."""

QUIET = 15.0
"""Seconds of silence after which whoever watches is given an empty batch, so that a lost connection is noticed."""

Cursors = dict[str, int | None]
Batch = list[Exchange]


class _Watch:
    """One world's looks, and the queues of those who watch it; ``None`` in a queue is the end."""

    def __init__(self, service: Service, world: str) -> None:
        self._service = service
        self._world = world
        self._cursors: Cursors = dict.fromkeys(SERVICES)
        self.queues: set[SimpleQueue[Batch | None]] = set()

    def begin(self) -> None:
        """Fix from where on things are new. Raises SandboxRefusal."""
        self._look()
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while self._goes_on():
            try:
                found = self._look()
            except (SandboxRefusal, StoreFailure):
                self._end()
                return
            for queue in list(self.queues) if found else []:
                queue.put(found)

    def _goes_on(self) -> bool:
        clock.pause(LOOK_AGAIN)
        with _guard:
            if not self.queues:
                _watches.pop((id(self._service), self._world), None)
            return bool(self.queues)

    def _end(self) -> None:
        with _guard:
            _watches.pop((id(self._service), self._world), None)
        for queue in list(self.queues):
            queue.put(None)

    def _look(self) -> Batch:
        """Return what is new. A service that cannot be reached is asked again at the next look."""
        found: Batch = []
        for name in SERVICES:
            try:
                told = _news(self._service, name, self._world, self._cursors[name])
            except SandboxRefusal:
                if name == fleet.OWN:
                    raise
                continue
            self._cursors[name] = told.cursor
            found += told.exchanges
        return sorted(found, key=lambda exchange: exchange.recorded_at)


_watches: dict[tuple[int, str], _Watch] = {}
_guard = Lock()


def follow(service: Service, world: str, since: str = "") -> Iterator[Batch]:
    """Yield a world's exchanges as they are written, and an empty batch at first and after every silence.

    With ``since``, the exchanges that were recorded after it come first. Ends when the world is deleted.
    Raises SandboxRefusal (``unknown-world``).
    """
    id = service.worlds.find(world_id(world)).id
    queue: SimpleQueue[Batch | None] = SimpleQueue()
    watch = _joined(service, id, queue)
    try:
        earlier = observed.exchanges(service, id, JournalQuery(since=since)) if since else []
        told = {exchange.id for exchange in earlier}
        yield earlier
        while True:
            try:
                batch = queue.get(timeout=QUIET)
            except Empty:
                batch = []
            if batch is None:
                return
            yield [exchange for exchange in batch if exchange.id not in told]
    finally:
        watch.queues.discard(queue)


def _joined(service: Service, world: str, queue: "SimpleQueue[Batch | None]") -> _Watch:
    with _guard:
        watch = _watches.get((id(service), world))
        if watch is None:
            watch = _Watch(service, world)
            watch.queues.add(queue)
            watch.begin()
            _watches[id(service), world] = watch
        watch.queues.add(queue)
    return watch


def _news(service: Service, name: str, world: str, after: int | None) -> News:
    if name == fleet.OWN:
        return journal.news(service.store, service.worlds.find(world).id, after)
    return fleet.ask_for(service, name, f"/worlds/{world}/news", News, {} if after is None else {"after": after})
