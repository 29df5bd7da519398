"""The two databases that a store can stand on. Both make a world's transactions follow one another."""

import os
import shutil
import sqlite3
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from simulators.kit import clock
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.store.named_values import with_percent_names

BUSY_PAUSE = 0.0003
BUSY_LIMIT = 30.0
CONNECT_LIMIT = 5

LARGEST_WAL = 4 * 1024 * 1024
"""Bytes to which the write-ahead log is cut when it begins again; SQLite begins again after about as many."""

LEAST_ROOM = 64 * 1024
"""Bytes below which a disk is full for SQLite: some files grow by 32 KiB, and that they cannot is told as a failure."""

PAGES_AT_ONCE = 500
"""Pages that are given back to the disk in one transaction, so that other writers get their turn between two."""

MOST_TRANSACTIONS, MOST_READS = 3, 2
"""A server bears a hundred connections unless it is configured otherwise, and every process of a service has some."""

SQLITE_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.FAILING,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
}
"""By primary result code."""

PRIMARY_CODE = 0xFF
"""Masks the primary result code in an extended one (SQLite, Result and Error Codes, section 2)."""

POSTGRES_TROUBLES = {
    "08": Trouble.UNREACHABLE,
    "25006": Trouble.READ_ONLY,
    "25P03": Trouble.UNREACHABLE,
    "40": Trouble.OVERLOADED,
    "42501": Trouble.READ_ONLY,
    "53": Trouble.OVERLOADED,
    "53100": Trouble.FULL,
    "53300": Trouble.UNREACHABLE,
    "55P03": Trouble.OVERLOADED,
    "57014": Trouble.OVERLOADED,
    "57P": Trouble.UNREACHABLE,
    "58": Trouble.FAILING,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
"""By SQLSTATE (PostgreSQL, appendix A), or by its beginning where all that begin so are of a kind."""


class Sqlite:
    """One file in WAL mode.

    A commit always survives the end of the process, kill -9 included. With ``synchronous`` FULL it survives the loss of
    power as well, and every commit waits for the disk; with OFF, the loss of power may damage the file.
    """

    elsewhere = "another place with --data-dir"
    most_transactions: int | None = None  # a file bears as many connections as there are requests
    most_reads: int | None = None

    def __init__(self, path: Path, synchronous: str = "OFF") -> None:
        self.path = path
        self.place = str(path)
        self._synchronous = synchronous
        self._identity: tuple[int, int] | None = None

    def connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self.path.exists() or self.path.stat().st_size == 0
        connection = sqlite3.connect(self.path, timeout=BUSY_LIMIT, isolation_level=None, check_same_thread=False)
        if is_new:  # in a file with tables this would only take the writer's lock
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA journal_size_limit = {LARGEST_WAL}")
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA cache_size = -256")
        return connection

    def begin(self, connection: sqlite3.Connection, world: str) -> None:
        """Become the file's only writer, waiting for another as SQLite's busy handler would, but cooperatively."""
        del world
        deadline = clock.monotonic() + BUSY_LIMIT
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or clock.monotonic() > deadline:
                    raise
            clock.pause(BUSY_PAUSE)

    def together(self, connection: sqlite3.Connection) -> AbstractContextManager[Any]:
        """Return the block in which statements wait for nothing: a file is no further away within it."""
        del connection
        return nullcontext()

    def translate(self, sql: str) -> str:
        """Return a statement with ``:named`` values as the driver takes it."""
        return sql

    def tables(self, connection: sqlite3.Connection) -> set[str]:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name for (name,) in rows}

    def failure(self, error: BaseException) -> StoreFailure | None:
        """Return what an error means, if it is one of the database's and not of the program's."""
        if isinstance(error, OSError):
            return StoreFailure(Trouble.READ_ONLY, self.place)
        if not isinstance(error, sqlite3.DatabaseError):
            return None
        trouble = SQLITE_TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE)
        if trouble is Trouble.FAILING and self._has_no_room():
            trouble = Trouble.FULL
        return None if trouble is None else StoreFailure(trouble, self.place)

    def _has_no_room(self) -> bool:
        try:
            return shutil.disk_usage(self.path.parent).free < LEAST_ROOM
        except OSError:
            return False

    def remember(self) -> None:
        """Remember which file this is, once it has its tables."""
        self._identity = self._identity or self._look()

    def check(self) -> None:
        """Raise StoreFailure where the file is no longer the one that was remembered: what is written would be lost."""
        if self._identity is not None and self._identity != self._look():
            raise StoreFailure(Trouble.REMOVED, self.place)

    def give_back_room(self, connection: sqlite3.Connection) -> None:
        """Shrink the file by the pages that are free after much was deleted."""
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        for _ in range(0, free, PAGES_AT_ONCE):
            try:  # as a script: execute() would end after the first page
                connection.executescript(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})")
            except sqlite3.OperationalError:  # somebody else is writing: the next deletion gives the rest back
                return

    def _look(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino


class Postgres:
    """One schema a service. An advisory lock on service and world keeps a world's transactions in a row.

    It is waited for as long as the lock of an SQLite file.

    What a commit survives is the server's to say (its ``synchronous_commit``).
    """

    elsewhere = "another database with SANDBOX_DATABASE_URL"
    most_transactions: int | None = MOST_TRANSACTIONS
    most_reads: int | None = MOST_READS

    def __init__(self, url: str, service: str) -> None:
        self.url = url.replace("postgresql+psycopg://", "postgresql://")
        self.service = service
        self.place = f"the schema {service} of the PostgreSQL database"

    def connect(self) -> Any:
        import psycopg  # an extra: it is not there unless PostgreSQL is used

        connection = psycopg.connect(self.url, autocommit=True, connect_timeout=CONNECT_LIMIT)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: Any) -> None:
        connection.execute(f"SET lock_timeout TO '{BUSY_LIMIT * 1000:.0f}ms'")
        with connection.transaction():  # two replicas that begin at once must not both create it
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (self.service,))
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{self.service}"')
        connection.execute(f'SET search_path TO "{self.service}"')

    def begin(self, connection: Any, world: str) -> None:
        """Begin and take the world's lock in one message to the server."""
        lock = f"{self.service}/{world}".replace("'", "''")
        connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('{lock}', 0))")

    def together(self, connection: Any) -> AbstractContextManager[Any]:
        """Return the block in which no statement waits for the answer to the one before; errors come at its end."""
        found: AbstractContextManager[Any] = connection.pipeline()
        return found

    def translate(self, sql: str) -> str:
        """Return a statement with ``:named`` values as the driver takes it."""
        return with_percent_names(sql)

    def tables(self, connection: Any) -> set[str]:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (self.service,))
        return {name for (name,) in rows}

    def failure(self, error: BaseException) -> StoreFailure | None:
        """Return what an error means, if it is one of the database's and not of the program's."""
        import psycopg

        if not isinstance(error, psycopg.Error):
            return None
        trouble = find_postgres_trouble(error.sqlstate or "")
        if trouble is None and error.sqlstate is None and isinstance(error, psycopg.OperationalError):
            trouble = Trouble.UNREACHABLE  # the connection could not be had, or was lost
        return None if trouble is None else StoreFailure(trouble, self.place)

    def remember(self) -> None:
        """Do nothing: a server keeps its own data."""

    def check(self) -> None:
        """Do nothing: a server keeps its own data."""

    def give_back_room(self, connection: Any) -> None:
        """Do nothing: the server's autovacuum does."""


def find_postgres_trouble(sqlstate: str) -> Trouble | None:
    """Return what an SQLSTATE means, if it is the database's trouble and not the program's."""
    found = (POSTGRES_TROUBLES.get(sqlstate[:length]) for length in (5, 3, 2))
    return next((trouble for trouble in found if trouble), None)
