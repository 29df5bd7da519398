"""Where a service keeps its worlds: SQLite in WAL mode, one file a service, or PostgreSQL, one schema a service.

Tables and queries are SQLAlchemy Core. A query is compiled once and then run on the DBAPI connection, because
compiling and result handling cost more than the query itself. Records are msgspec structs whose fields are the
columns (``records``).

A world's transactions in one service run one after the other, on SQLite by its single writer and on PostgreSQL by an
advisory lock, so that a rule may read, decide and write without a lock of its own.
"""

import importlib
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import msgspec

from simulators.kit.records import columns_of, from_row, to_row

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
        self._compiled: dict[Any, tuple[str, dict[str, Any]]] = {}
        self._tables: list[Table] = []

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
        backend = self._backend or self._open()
        connection = self._idle.pop() if self._idle else backend.connect()
        try:
            backend.begin(connection, world)
        except BaseException:
            connection.close()
            raise
        return Transaction(self, connection, world)

    def read(self, statement: "ClauseElement", **values: Any) -> list[dict[str, Any]]:
        """Run one query outside any transaction, over all worlds that it does not exclude itself."""
        backend = self._backend or self._open()
        connection = self._idle.pop() if self._idle else backend.connect()
        try:
            cursor = connection.execute(*self.sql(statement, values))
            columns = columns_of(cursor)
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return rows

    @property
    def tables(self) -> "Sequence[Table]":
        return self._tables

    def table(self, name: str) -> "Table":
        return next(table for table in self._tables if table.name == name)

    def give_back(self, connection: Any) -> None:
        self._idle.append(connection)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def sql(self, statement: "ClauseElement", values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the statement's text for this database, and its parameters completed by ``values``."""
        text, defaults = self._prepared(statement, lambda: statement)
        return text, {**defaults, **values}

    def table_sql(self, verb: str, table: "Table", values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return one of the statements that every table has, completed by ``values``."""
        text, defaults = self._prepared((verb, table), lambda: self._statement(verb, table))
        return text, {**defaults, **values}

    def _prepared(self, key: Any, statement: Callable[[], "ClauseElement"]) -> tuple[str, dict[str, Any]]:
        found = self._compiled.get(key)
        if found is None:
            compiled = statement().compile(dialect=(self._backend or self._open()).dialect)
            found = self._compiled[key] = (str(compiled), dict(compiled.params))
        return found

    def _statement(self, verb: str, table: "Table") -> "ClauseElement":
        from sqlalchemy import and_, bindparam, delete, insert, select, update

        dialect_insert = cast(Backend, self._backend).insert
        key = and_(*[column == bindparam(column.name) for column in table.primary_key])
        everything = {column.name: bindparam(column.name) for column in table.columns}
        rest = {column.name: bindparam(column.name) for column in table.columns if not column.primary_key}
        statements: dict[str, Callable[[], Any]] = {
            "insert": lambda: insert(table).values(everything),
            "upsert": lambda: (
                dialect_insert(table)
                .values(everything)
                .on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)
            ),
            "count": lambda: (
                dialect_insert(table)
                .values({**everything, "value": 1})
                .on_conflict_do_update(index_elements=list(table.primary_key), set_={"value": table.c.value + 1})
                .returning(table.c.value)
            ),
            "update": lambda: update(table).values({n: bindparam("new_" + n) for n in rest}).where(key),
            "delete": lambda: delete(table).where(key),
            "forget": lambda: delete(table).where(table.c.world == bindparam("world")),
            "get": lambda: select(table).where(key),
        }
        return cast("ClauseElement", statements[verb]())

    def _open(self) -> Backend:
        with self._opening:
            if self._backend is None:
                from sqlalchemy.schema import CreateIndex, CreateTable

                for module in self._modules:
                    self._tables += importlib.import_module(module).metadata.sorted_tables
                backend = self._make_backend()
                connection = backend.connect()
                backend.begin(connection, "")
                for table in self._tables:
                    connection.execute(str(CreateTable(table, if_not_exists=True).compile(dialect=backend.dialect)))
                    for index in sorted(table.indexes, key=lambda index: str(index.name)):
                        ddl = CreateIndex(index, if_not_exists=True).compile(dialect=backend.dialect)
                        connection.execute(str(ddl))
                connection.execute("COMMIT")
                self._idle.append(connection)
                self._backend = backend
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
        return self._connection.execute(*self._store.sql(statement, {"world": self.world, **values}))

    def next(self, name: str) -> int:
        """Return the next number of a counter of this world, from 1."""
        counters = self._store.table("counters")
        cursor = self._run("count", counters, {"world": self.world, "name": name})
        return cast(int, cursor.fetchone()[0])

    def forget(self) -> None:
        """Delete everything of this world."""
        for table in self._store.tables:
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
        return self._connection.execute(*self._store.table_sql(verb, table, values))

    def _row(self, record: msgspec.Struct) -> dict[str, Any]:
        return {"world": self.world, **to_row(record)}
