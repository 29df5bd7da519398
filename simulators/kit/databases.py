"""The two databases that a store can stand on. Both make a world's transactions follow one another.

SQLAlchemy is imported when statements are compiled, not before: whether a database can be used is found out without.
"""

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulators.kit import clock
from simulators.kit.failures import StoreFailure, Trouble

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table
    from sqlalchemy.engine import Dialect

BUSY_PAUSE = 0.0003
BUSY_LIMIT = 30.0
CONNECT_LIMIT = 5

UNBOUNDED = 1_000_000
"""A file bears as many connections as there are requests; its one writer is waited for."""

MOST_TRANSACTIONS, MOST_READS = 3, 2
"""A server bears a hundred connections unless it is told otherwise, and every process of every service has some."""

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
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.READ_ONLY,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    "53300": Trouble.UNREACHABLE,
    "57P01": Trouble.UNREACHABLE,
    "57P02": Trouble.UNREACHABLE,
    "57P03": Trouble.UNREACHABLE,
}
"""By SQLSTATE (PostgreSQL, appendix A)."""


class Sqlite:
    """One file in WAL mode. A commit survives the end of the process, not the loss of power: this is a sandbox."""

    elsewhere = "another place with --data-dir"
    most_transactions = most_reads = UNBOUNDED

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = str(path)

    @cached_property
    def dialect(self) -> "Dialect":
        from sqlalchemy.dialects import sqlite

        return sqlite.dialect(paramstyle="named")

    def insert(self, table: "Table") -> Any:
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)

    def connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=BUSY_LIMIT, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA cache_size = -256")
        return connection

    def begin(self, connection: sqlite3.Connection, world: str) -> None:
        """Become the file's only writer, waiting for another as SQLite's busy handler would, but cooperatively."""
        del world
        give_up = clock.monotonic() + BUSY_LIMIT
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or clock.monotonic() > give_up:
                    raise
            clock.pause(BUSY_PAUSE)

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
        return None if trouble is None else StoreFailure(trouble, self.place)

    def engine(self) -> "Engine":
        """Return an engine for upgrades, whose transactions are the file's only writers."""
        from sqlalchemy import NullPool, create_engine

        return create_engine("sqlite://", creator=self.connect, poolclass=NullPool)


class Postgres:
    """One schema a service. An advisory lock on service and world keeps a world's transactions in a row."""

    elsewhere = "another database with SANDBOX_DATABASE_URL"
    most_transactions = MOST_TRANSACTIONS
    most_reads = MOST_READS

    def __init__(self, url: str, service: str) -> None:
        self.url = url.replace("postgresql+psycopg://", "postgresql://")
        self.service = service
        self.place = f"the schema {service} of the PostgreSQL database"

    @cached_property
    def dialect(self) -> "Dialect":
        from sqlalchemy.dialects import postgresql

        return postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]

    def insert(self, table: "Table") -> Any:
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)

    def connect(self) -> Any:
        import psycopg

        connection = psycopg.connect(self.url, autocommit=True, connect_timeout=CONNECT_LIMIT)
        with connection.transaction():  # two replicas that begin at once must not both create it
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (self.service,))
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{self.service}"')
        connection.execute(f'SET search_path TO "{self.service}"')
        return connection

    def begin(self, connection: Any, world: str) -> None:
        """Begin and take the world's lock in one message to the server."""
        lock = f"{self.service}/{world}".replace("'", "''")
        connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('{lock}', 0))")

    def tables(self, connection: Any) -> set[str]:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (self.service,))
        return {name for (name,) in rows}

    def failure(self, error: BaseException) -> StoreFailure | None:
        """Return what an error means, if it is one of the database's and not of the program's."""
        import psycopg

        if not isinstance(error, psycopg.Error):
            return None
        trouble = POSTGRES_TROUBLES.get(error.sqlstate or "")
        if trouble is None and error.sqlstate is None and isinstance(error, psycopg.OperationalError):
            trouble = Trouble.UNREACHABLE  # the connection could not be had, or was lost
        return None if trouble is None else StoreFailure(trouble, self.place)

    def engine(self) -> "Engine":
        """Return an engine for upgrades."""
        from sqlalchemy import NullPool, create_engine

        return create_engine("postgresql+psycopg://", creator=self.connect, poolclass=NullPool)
