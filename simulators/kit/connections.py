"""A process's connections to one database: made when they are needed, kept for the next use, never too many."""

from collections import deque
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from simulators.kit.failures import StoreFailure, Trouble

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table
    from sqlalchemy.engine import Dialect

Found = TypeVar("Found")

MOST_IDLE = 4
"""How many connections to one database a process keeps; each takes memory, and opening one costs little."""

COMMIT, ROLLBACK = "COMMIT", "ROLLBACK"


class Backend(Protocol):
    """What differs between the databases.

    ``place`` names a database in messages, ``elsewhere`` says how to choose another. A process has at the most
    ``most_transactions`` under way at once, and as many reads beside them as ``most_reads``.
    """

    place: str
    elsewhere: str
    most_transactions: int
    most_reads: int

    @property
    def dialect(self) -> "Dialect": ...
    def connect(self) -> Any: ...
    def begin(self, connection: Any, world: str) -> None: ...
    def insert(self, table: "Table") -> Any: ...
    def tables(self, connection: Any) -> set[str]: ...
    def failure(self, error: BaseException) -> StoreFailure | None: ...
    def engine(self) -> "Engine": ...


class Connections:
    """Connections that lie idle until they are used. Whatever fails on one raises StoreFailure if the database failed.

    Reads have room of their own: one that is made in the middle of a transaction never waits for another's.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._idle: deque[Any] = deque()
        self._transactions = BoundedSemaphore(backend.most_transactions)
        self._reads = BoundedSemaphore(backend.most_reads)

    def read(self, deed: Callable[[Any], Found]) -> Found:
        """Return what a deed on a connection returns, which leaves no transaction open and may be done again."""
        with self._reads:
            connection, found = self._used(deed)
            self._keep(connection)
        return found

    def begin(self, world: str) -> Any:
        """Return a connection with a transaction on a world; it must be handed to ``end``."""
        self._transactions.acquire()
        try:
            return self._used(lambda connection: self._backend.begin(connection, world))[0]
        except BaseException:
            self._transactions.release()
            raise

    def end(self, connection: Any, how: str) -> None:
        """Commit or roll back. A connection on which that fails is closed, which rolls back what was not committed."""
        try:
            connection.execute(how)
        except BaseException as error:
            connection.close()
            if how == COMMIT:
                self.fail(error)
        else:
            self._keep(connection)
        finally:
            self._transactions.release()

    def fail(self, error: BaseException) -> NoReturn:
        """Raise what an error on a connection means: StoreFailure if it is the database that failed."""
        failure = self._backend.failure(error)
        if failure is None:
            raise error
        raise failure from error

    def close(self) -> None:
        """Close those that are idle; the next use opens new ones."""
        while self._idle:
            self._idle.pop().close()

    def _keep(self, connection: Any) -> None:
        """Have a connection lie idle, unless enough of them do: what a crowd has opened is not kept for ever."""
        if len(self._idle) < MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _used(self, deed: Callable[[Any], Found]) -> tuple[Any, Found]:
        """Do the first thing on a connection; return both it and what came of it.

        One that lay idle may have been lost, as all are when the server was started anew; then a new one does.
        """
        idle = bool(self._idle)
        try:
            connection = self._idle.pop() if idle else self._backend.connect()
        except BaseException as error:
            self.fail(error)
        try:
            return connection, deed(connection)
        except BaseException as error:
            connection.close()
            failure = self._backend.failure(error)
            if not (idle and failure and failure.trouble is Trouble.UNREACHABLE):
                self.fail(error)
        self.close()
        return self._used(deed)
