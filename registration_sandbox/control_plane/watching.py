"""Worlds watched as things happen in them: in each process one watcher looks at all that somebody watches, at once."""

from collections.abc import Iterable, Iterator
from itertools import chain
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from registration_sandbox.control_plane import fleet, observed
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange, JournalQuery
from simulators.kit.services import SERVICES
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.parts import MOST_WATCHED, Cursors
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

POLL_INTERVAL = 0.08
"""Seconds between two looks at what is new."""

GREATEST_SHARE = 0.2
"""The part of its time that a process may spend on looking: where a look takes long, the next one comes later."""

QUIET = 15.0
"""Seconds of silence after which a watcher is given an empty batch, so that a lost connection is noticed."""

Batch = list[Exchange]


class _Watched:
    """A world: how far each service's journal was read, and the queues of those who watch it. ``None`` is the end."""

    def __init__(self) -> None:
        self.cursors: dict[str, int | None] = dict.fromkeys(SERVICES)
        self.queues: set[SimpleQueue[Batch | None]] = set()

    def put(self, batch: Batch | None) -> None:
        for queue in list(self.queues):
            queue.put(batch)


class _Watcher:
    """Looks at all watched worlds of a control plane, on a thread that lives while there are any."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._worlds: dict[str, _Watched] = {}
        self._guard = Lock()
        self._is_looking = False

    def join(self, world: str) -> "SimpleQueue[Batch | None]":
        """Return a queue that is given what happens in a world from now on. Raises SandboxRefusal."""
        queue: SimpleQueue[Batch | None] = SimpleQueue()
        with self._guard:
            if sum(len(watched.queues) for watched in self._worlds.values()) >= MOST_WATCHED:
                words = f"{MOST_WATCHED} watch here already: end some streams of events, or try again later."
                raise SandboxRefusal("too-many-watchers", 503, words, headers={"Retry-After": "5"})
            if world not in self._worlds:
                watched = _Watched()
                self._look({world: watched})  # fixes from where on things are new
                self._worlds[world] = watched
            self._worlds[world].queues.add(queue)
            if not self._is_looking:
                self._is_looking = True
                Thread(target=self._run, name="watching", daemon=True).start()
        return queue

    def leave(self, world: str, queue: "SimpleQueue[Batch | None]") -> None:
        with self._guard:
            watched = self._worlds.get(world)
            if watched is not None:
                watched.queues.discard(queue)
                if not watched.queues:
                    del self._worlds[world]

    def _run(self) -> None:
        took = 0.0
        while True:
            clock.pause(max(POLL_INTERVAL, took / GREATEST_SHARE))
            with self._guard:
                if not self._worlds:
                    self._is_looking = False
                    return
                worlds = dict(self._worlds)
            started = clock.monotonic()
            try:
                for world, batch in self._look(worlds).items():
                    worlds[world].put(batch)
                self._end(world for world in worlds if not self._service.worlds.exists(world))
            except (SandboxRefusal, StoreFailure):
                self._end(worlds)
            took = clock.monotonic() - started

    def _look(self, worlds: dict[str, _Watched]) -> dict[str, Batch]:
        """Return what is new, by world. A service that cannot be reached is asked again at the next look."""
        found: dict[str, Batch] = {}
        for name in fleet.reachable(self._service):
            cursors = Cursors({world: watched.cursors[name] for world, watched in worlds.items()})
            try:
                news = fleet.ask_news(self._service, name, cursors)
            except SandboxRefusal:
                continue
            for world, what in news.worlds.items():
                worlds[world].cursors[name] = what.cursor
                if what.exchanges:
                    found.setdefault(world, []).extend(what.exchanges)
        return {world: observed.in_order_of_time(batch) for world, batch in found.items()}

    def _end(self, worlds: Iterable[str]) -> None:
        """Tell those who watch some worlds that there is nothing more to come."""
        for world in list(worlds):
            with self._guard:
                watched = self._worlds.pop(world, None)
            if watched is not None:
                watched.put(None)


_watchers: dict[int, _Watcher] = {}
"""By the control plane's identity: a process has one, tests have some."""

_guard = Lock()


def follow(service: Service, world: str, since: str = "") -> Iterator[Batch]:
    """Yield a world's exchanges as they are written, and an empty batch at first and after every silence.

    With ``since``, the exchanges that were recorded after it come first. Ends when the world is deleted.
    Raises SandboxRefusal (``unknown-world``, ``too-many-watchers``, or as ``fleet.ask``) before anything is yielded.
    """
    batches = _follow(service, world, since)
    return chain([next(batches)], batches)


def _follow(service: Service, world: str, since: str) -> Iterator[Batch]:
    name = service.worlds.find(world_id(world)).id
    with _guard:
        watcher = _watchers.setdefault(id(service), _Watcher(service))
    queue = watcher.join(name)
    try:
        earlier = observed.exchanges(service, name, JournalQuery(since=since)) if since else []
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
        watcher.leave(name, queue)
