"""Where a service keeps its worlds: SQLite in WAL mode, one file a service, or PostgreSQL, one schema a service.

Tables and queries are SQLAlchemy Core (``statements``). Records are msgspec structs whose fields are the columns
(``records``).

A world's transactions in one service run one after the other, on SQLite by its single writer and on PostgreSQL by an
advisory lock, so that a rule may read, decide and write without a lock of its own.

Where the database cannot do its work (a full disk, a server that is gone) StoreFailure says so (``failures``).
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from simulators.kit import schema
from simulators.kit.connections import COMMIT, ROLLBACK, Backend, Connections
from simulators.kit.records import columns_of, from_row, to_row
from simulators.kit.statements import Statements

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.sql.expression import ClauseElement

Record = TypeVar("Record", bound=msgspec.Struct)


class Store:
    """A service's database. It is opened, and its tables are made, when it is first used."""

    def __init__(self, modules: Sequence[str], backend: Callable[[], Backend]) -> None:
        """Keep the tables that each of ``modules`` declares in its ``metadata``."""
        self._modules = modules
        self._make_backend = backend
        self._opening = threading.Lock()
        self._statements: Statements | None = None
        self._connections: Connections | None = None

    @contextmanager
    def transaction(self, world: str) -> Iterator["Transaction"]:
        """Open a transaction on one world; commit it at the end, roll it back if the block raises."""
        transaction = self.begin(world)
        try:
            yield transaction
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def begin(self, world: str) -> "Transaction":
        connections = self._connections or self._open()
        return Transaction(self.statements, connections, connections.begin(world), world)

    def read(self, statement: "ClauseElement", **values: Any) -> list[dict[str, Any]]:
        """Run one query outside any transaction, over all worlds that it does not exclude itself."""
        columns, rows = self._fetched(statement, values)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def look(self, query: "ClauseElement", record: type[Record], **values: Any) -> list[Record]:
        """Return the records that a query finds, outside any transaction: to look often, and decide nothing by it."""
        columns, rows = self._fetched(query, values)
        return [from_row(columns, row, record) for row in rows]

    def _fetched(self, statement: "ClauseElement", values: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
        connections = self._connections or self._open()
        sql, defaults = self.statements.of(statement)

        def fetch(connection: Any) -> tuple[list[str], list[Any]]:
            cursor = connection.execute(sql, {**defaults, **values})
            return columns_of(cursor), cursor.fetchall()

        return connections.read(fetch)

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        if self._connections is not None:
            self._connections.close()

    def prepare(self) -> None:
        """Do ahead what the first uses would do: import the tables and compile the statements."""
        self.statements.compile_all()

    @property
    def statements(self) -> Statements:
        if self._statements is None:
            with self._opening:
                backend = self._backend
                self._statements = self._statements or Statements(self._modules, backend.dialect, backend.insert)
        return self._statements

    @cached_property
    def _backend(self) -> Backend:
        return self._make_backend()

    def _open(self) -> Connections:
        """Make connections to a database that has, or now gets, the tables of this version. Raises StoreFailure."""
        statements = self.statements
        with self._opening:
            if self._connections is None:
                connections = Connections(self._backend)
                schema.see_to_tables(self._backend, connections, self._modules, statements.ddl)
                self._connections = connections
        return self._connections


class Transaction:
    """One transaction on one world. Every record is written and found in that world only."""

    def __init__(self, statements: Statements, connections: Connections, connection: Any, world: str) -> None:
        self._statements = statements
        self._connections = connections
        self._connection = connection
        self.world = world
        self._done = False

    def insert(self, table: "Table", record: msgspec.Struct) -> None:
        self._run("insert", table, self._row(record))

    def upsert(self, table: "Table", record: msgspec.Struct) -> None:
        """Insert the record, or replace the one with its key."""
        self._run("upsert", table, self._row(record))

    def update(self, table: "Table", record: msgspec.Struct) -> None:
        """Replace the record that has this one's key."""
        row = self._row(record)
        keys = {column.name for column in table.primary_key}
        values = {name if name in keys else "new_" + name: value for name, value in row.items()}
        self._run("update", table, values)

    def delete(self, table: "Table", **key: Any) -> bool:
        """Delete the record with this key; return whether there was one."""
        cursor = self._run("delete", table, {"world": self.world, **key})
        return bool(cursor.rowcount)

    def get(self, table: "Table", record: type[Record], **key: Any) -> Record | None:
        """Return the record with this primary key."""
        cursor = self._run("get", table, {"world": self.world, **key})
        row = cursor.fetchone()
        return None if row is None else from_row(columns_of(cursor), row, record)

    def all(self, query: "ClauseElement", record: type[Record], **values: Any) -> list[Record]:
        """Return the records that a query finds; ``world`` is given to it."""
        cursor = self.run(query, **values)
        columns = columns_of(cursor)
        return [from_row(columns, row, record) for row in cursor.fetchall()]

    def first(self, query: "ClauseElement", record: type[Record], **values: Any) -> Record | None:
        cursor = self.run(query, **values)
        row = cursor.fetchone()
        return None if row is None else from_row(columns_of(cursor), row, record)

    def run(self, statement: "ClauseElement", **values: Any) -> Any:
        """Run a statement and return its DBAPI cursor; ``world`` is given to it."""
        sql, defaults = self._statements.of(statement)
        return self._execute(sql, {**defaults, "world": self.world, **values})

    def next(self, name: str) -> int:
        """Return the next number of a counter of this world, from 1."""
        counters = self._statements.table("counters")
        cursor = self._run("count", counters, {"world": self.world, "name": name})
        return cast(int, cursor.fetchone()[0])

    def forget(self) -> None:
        """Delete everything of this world."""
        for table in self._statements.tables:
            self._run("forget", table, {"world": self.world})

    def commit(self) -> None:
        self._end(COMMIT)

    def rollback(self) -> None:
        self._end(ROLLBACK)

    def _end(self, how: str) -> None:
        if not self._done:
            self._done = True
            self._connections.end(self._connection, how)

    def _run(self, verb: str, table: "Table", values: Mapping[str, Any]) -> Any:
        sql, defaults = self._statements.on(verb, table)
        return self._execute(sql, {**defaults, **values})

    def _execute(self, sql: str, values: Mapping[str, Any]) -> Any:
        try:
            return self._connection.execute(sql, values)
        except Exception as error:
            self._connections.fail(error)

    def _row(self, record: msgspec.Struct) -> dict[str, Any]:
        return {"world": self.world, **to_row(record)}
