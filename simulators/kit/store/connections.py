"""A process's connections to one database: made when they are needed, and kept as long as so many are in use."""

import threading
from collections import Counter, deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NoReturn, Protocol, TypeVar

from simulators.kit import clock
from simulators.kit.store.failures import StoreFailure, Trouble

Found = TypeVar("Found")

LONGEST_IDLE = 10.0
"""Seconds after which a connection is closed that nobody needed meanwhile."""

COMMIT, ROLLBACK = "COMMIT", "ROLLBACK"


class Backend(Protocol):
    """What differs between the databases.

    ``place`` names a database in messages, ``elsewhere`` says how to choose another. A process has at most
    ``most_transactions`` under way at once, and as many reads beside them as ``most_reads``; None is any number.
    """

    place: str
    elsewhere: str
    most_transactions: int | None
    most_reads: int | None

    def connect(self) -> Any: ...
    def begin(self, connection: Any, world: str) -> None: ...
    def together(self, connection: Any) -> AbstractContextManager[Any]: ...
    def translate(self, sql: str) -> str: ...
    def tables(self, connection: Any) -> set[str]: ...
    def failure(self, error: BaseException) -> StoreFailure | None: ...
    def remember(self) -> None: ...
    def check(self) -> None: ...
    def give_back_room(self, connection: Any) -> None: ...


LONGEST_WAIT = 30.0
"""Seconds for which room is waited for: what has it may itself wait as long for the lock of a world."""


class Room:
    """Room for a number of uses at once, or, without one, for any: then nobody waits, and nothing is counted."""

    def __init__(self, most: int | None) -> None:
        self._places = None if most is None else threading.BoundedSemaphore(most)

    def enter(self, by: float) -> bool:
        """Take a place; return False where none became free by an instant of the monotonic clock."""
        return self._places is None or self._places.acquire(timeout=max(0.0, by - clock.monotonic()))

    def leave(self) -> None:
        if self._places is not None:
            self._places.release()


class Turns:
    """Room for transactions, of which a world takes one place at most: they follow one another in any case.

    So those that wait for a busy world keep nobody from the others.
    """

    def __init__(self, most: int | None) -> None:
        self._room = Room(most)
        self._is_needed = most is not None
        self._worlds: dict[str, Room] = {}
        self._users: Counter[str] = Counter()
        self._guard = threading.Lock()  # looked up here: gevent's, also where this module was there before it

    def enter(self, world: str) -> bool:
        """Take a place for a transaction on a world; return False where none became free in time."""
        if not self._is_needed:
            return True
        by = clock.monotonic() + LONGEST_WAIT
        with self._guard:
            turn = self._worlds.setdefault(world, Room(1))
            self._users[world] += 1
        has_turn = has_place = False
        try:
            has_turn = turn.enter(by)
            has_place = has_turn and self._room.enter(by)
        finally:
            if not has_place:
                self._end_turn(world, has_turn=has_turn)
        return has_place

    def leave(self, world: str) -> None:
        if self._is_needed:
            self._room.leave()
            self._end_turn(world, has_turn=True)

    def _end_turn(self, world: str, *, has_turn: bool) -> None:
        with self._guard:
            if has_turn:
                self._worlds[world].leave()
            self._users[world] -= 1
            if not self._users[world]:
                del self._users[world], self._worlds[world]


class Connections:
    """Connections that lie idle until they are used. Where the database fails on one, StoreFailure is raised.

    Reads have room of their own: one that is made in the middle of a transaction never waits for another's.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._idle: deque[tuple[Any, float]] = deque()
        self._transactions = Turns(backend.most_transactions)
        self._reads = Room(backend.most_reads)

    def read(self, use: Callable[[Any], Found]) -> Found:
        """Return what ``use`` returns of a connection; it leaves no transaction open, and may be called twice."""
        if not self._reads.enter(clock.monotonic() + LONGEST_WAIT):
            raise StoreFailure(Trouble.OVERLOADED, self._backend.place)
        try:
            connection, found = self._use(use)
            self._keep(connection)
        finally:
            self._reads.leave()
        return found

    def begin(self, world: str) -> Any:
        """Return a connection with a transaction on a world; it must be handed to ``end``."""
        if not self._transactions.enter(world):
            raise StoreFailure(Trouble.OVERLOADED, self._backend.place)
        try:
            return self._use(lambda connection: self._backend.begin(connection, world))[0]
        except BaseException:
            self._transactions.leave(world)
            raise

    def end(self, connection: Any, world: str, how: str) -> None:
        """Commit or roll back what was begun on a world.

        A connection on which that fails is closed, which rolls back what was not committed.
        """
        try:
            connection.execute(how)
        except BaseException as error:
            connection.close()
            if how == COMMIT:
                self.fail(error)
        else:
            self._keep(connection)
        finally:
            self._transactions.leave(world)

    def fail(self, error: BaseException) -> NoReturn:
        """Raise what an error on a connection means: StoreFailure if it is the database that failed."""
        failure = self._backend.failure(error)
        if failure is None:
            raise error
        raise failure from error

    def close(self) -> None:
        """Close those that are idle; the next use opens new ones."""
        while self._idle:
            self._idle.pop()[0].close()

    def _keep(self, connection: Any) -> None:
        """Put a connection aside for the next use, and close those that have been aside for too long.

        The last one put aside is the first one used, so that the others grow old when fewer are needed.
        """
        now = clock.monotonic()
        self._idle.append((connection, now))
        while self._idle and self._idle[0][1] < now - LONGEST_IDLE:
            self._idle.popleft()[0].close()

    def _use(self, use: Callable[[Any], Found]) -> tuple[Any, Found]:
        """Do the first thing on a connection; return both it and what came of it.

        One that lay idle may have been lost, as all are when the server was restarted; then a new one is tried.
        """
        self._backend.check()
        idle = bool(self._idle)
        try:
            connection = self._idle.pop()[0] if idle else self._backend.connect()
        except BaseException as error:
            self.fail(error)
        try:
            return connection, use(connection)
        except BaseException as error:
            connection.close()
            failure = self._backend.failure(error)
            if not (idle and failure and failure.trouble is Trouble.UNREACHABLE):
                self.fail(error)
        self.close()
        return self._use(use)
