"""The two databases that a store can stand on. Both make a world's transactions follow one another."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from simulators.kit import clock

BUSY_PAUSE = 0.0003
BUSY_LIMIT = 30.0
CONNECT_LIMIT = 5


class Sqlite:
    """One file in WAL mode. A commit survives the end of the process, not the loss of power: this is a sandbox."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.dialect: Dialect = sqlite.dialect(paramstyle="named")
        self.insert = sqlite.insert
        path.parent.mkdir(parents=True, exist_ok=True)

    def connect(self) -> sqlite3.Connection:
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


class Postgres:
    """One schema a service. An advisory lock on service and world keeps a world's transactions in a row."""

    def __init__(self, url: str, service: str) -> None:
        self.url = url.replace("postgresql+psycopg://", "postgresql://")
        self.service = service
        self.dialect: Dialect = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
        self.insert = postgresql.insert

    def connect(self) -> Any:
        import psycopg

        connection = psycopg.connect(self.url, autocommit=True, connect_timeout=CONNECT_LIMIT)
        with connection.transaction():  # two replicas that begin at once must not both create it
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (self.service,))
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{self.service}"')
        connection.execute(f'SET search_path TO "{self.service}"')
        return connection

    def begin(self, connection: Any, world: str) -> None:
        connection.execute("BEGIN")
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{self.service}/{world}",))
