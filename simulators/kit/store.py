"""Where a service keeps its worlds: SQLite in WAL mode, one file a service, or PostgreSQL, one schema a service.

Tables and queries are SQLAlchemy Core (``statements``). Records are msgspec structs whose fields are the columns
(``records``).

A world's transactions in one service run one after the other, on SQLite by its single writer and on PostgreSQL by an
advisory lock, so that a rule may read, decide and write without a lock of its own.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import msgspec

from simulators.kit.records import columns_of, from_row, to_row
from simulators.kit.statements import Statements

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.expression import ClauseElement

Record = TypeVar("Record", bound=msgspec.Struct)


class Backend(Protocol):
    """What differs between the databases."""

    dialect: "Dialect"

    def connect(self) -> Any: ...
    def begin(self, connection: Any, world: str) -> None: ...
    def insert(self, table: "Table") -> Any: ...


class Store:
    """A service's database. It is opened, and its tables are made, when it is first used."""

    def __init__(self, modules: Sequence[str], backend: Callable[[], Backend]) -> None:
        """Keep the tables that each of ``modules`` declares in its ``metadata``."""
        self._modules = modules
        self._make_backend = backend
        self._backend: Backend | None = None
        self._idle: deque[Any] = deque()
        self._opening = threading.Lock()
        self._opened = False
        self._statements: Statements | None = None

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
        backend = self._open() if not self._opened else cast(Backend, self._backend)
        connection = self._idle.pop() if self._idle else backend.connect()
        try:
            backend.begin(connection, world)
        except BaseException:
            connection.close()
            raise
        return Transaction(self, connection, world)

    def read(self, statement: "ClauseElement", **values: Any) -> list[dict[str, Any]]:
        """Run one query outside any transaction, over all worlds that it does not exclude itself."""
        columns, rows = self._fetched(statement, values)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def look(self, query: "ClauseElement", record: type[Record], **values: Any) -> list[Record]:
        """Return the records that a query finds, outside any transaction: to look often, and decide nothing by it."""
        columns, rows = self._fetched(query, values)
        return [from_row(columns, row, record) for row in rows]

    def _fetched(self, statement: "ClauseElement", values: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
        backend = self._open() if not self._opened else cast(Backend, self._backend)
        connection = self._idle.pop() if self._idle else backend.connect()
        try:
            sql, defaults = self.statements.of(statement)
            cursor = connection.execute(sql, {**defaults, **values})
            columns, rows = columns_of(cursor), cursor.fetchall()
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return columns, rows

    def give_back(self, connection: Any) -> None:
        self._idle.append(connection)

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        while self._idle:
            self._idle.pop().close()

    def prepare(self) -> None:
        """Do ahead what the first uses would do: import the tables and compile the statements."""
        self.statements.compile_all()

    @property
    def statements(self) -> Statements:
        if self._statements is None:
            with self._opening:
                backend = self._backend = self._backend or self._make_backend()
                self._statements = self._statements or Statements(self._modules, backend.dialect, backend.insert)
        return self._statements

    def _open(self) -> Backend:
        statements = self.statements
        with self._opening:
            assert self._backend is not None
            if not self._opened:
                connection = self._backend.connect()
                self._backend.begin(connection, "")
                for ddl in statements.ddl():
                    connection.execute(ddl)
                connection.execute("COMMIT")
                self._idle.append(connection)
                self._opened = True
        return self._backend


class Transaction:
    """One transaction on one world. Every record is written and found in that world only."""

    def __init__(self, store: Store, connection: Any, world: str) -> None:
        self._store = store
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
        sql, defaults = self._store.statements.of(statement)
        return self._connection.execute(sql, {**defaults, "world": self.world, **values})

    def next(self, name: str) -> int:
        """Return the next number of a counter of this world, from 1."""
        counters = self._store.statements.table("counters")
        cursor = self._run("count", counters, {"world": self.world, "name": name})
        return cast(int, cursor.fetchone()[0])

    def forget(self) -> None:
        """Delete everything of this world."""
        for table in self._store.statements.tables:
            self._run("forget", table, {"world": self.world})

    def commit(self) -> None:
        self._finish("COMMIT")

    def rollback(self) -> None:
        self._finish("ROLLBACK")

    def _finish(self, how: str) -> None:
        if self._done:
            return
        self._done = True
        try:
            self._connection.execute(how)
        except BaseException:
            self._connection.close()
            raise
        self._store.give_back(self._connection)

    def _run(self, verb: str, table: "Table", values: Mapping[str, Any]) -> Any:
        sql, defaults = self._store.statements.on(verb, table)
        return self._connection.execute(sql, {**defaults, **values})

    def _row(self, record: msgspec.Struct) -> dict[str, Any]:
        return {"world": self.world, **to_row(record)}
