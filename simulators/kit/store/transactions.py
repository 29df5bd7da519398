"""Where a service keeps its worlds: SQLite in WAL mode, one file a service, or PostgreSQL, one schema a service.

Tables are declared by ``table.Table``, other queries are plain SQL with ``:named`` values. Records are msgspec structs
whose fields are the columns.

A world's transactions in one service run one after the other, on SQLite by its single writer and on PostgreSQL by an
advisory lock, so that a rule may read, decide and write without a lock of its own.

Where the database cannot do its work (a full disk, a server that is gone) StoreFailure says so (``failures``).
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar, cast

import msgspec

from simulators.kit.store import schema
from simulators.kit.store.connections import COMMIT, ROLLBACK, Backend, Connections
from simulators.kit.store.records import from_row, names_of, to_row
from simulators.kit.store.table import Table
from simulators.kit.store.tables import next_number
from simulators.kit.turns import in_pieces

Record = TypeVar("Record", bound=msgspec.Struct)


class Store:
    """A service's database. It is opened, and its tables are made, when it is first used."""

    def __init__(self, modules: Sequence[str], backend: Callable[[], Backend]) -> None:
        """Keep the tables that each of ``modules`` declares."""
        self._modules = modules
        self._make_backend = backend
        self._opening = threading.Lock()
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
        connections = self.open()
        return Transaction(self, connections, connections.begin(world), world)

    def read(self, query: str, /, **values: Any) -> list[dict[str, Any]]:
        """Run one query outside any transaction, over all worlds that it does not exclude itself."""
        names, rows = self._fetch(query, values)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def look(self, query: str, record: type[Record], /, **values: Any) -> list[Record]:
        """Return the records that a query finds, outside any transaction: to look often, and decide nothing by it."""
        names, rows = self._fetch(query, values)
        return [from_row(names, row, record) for row in in_pieces(rows)]

    def check(self) -> None:
        """Raise StoreFailure where the database is known to be gone."""
        self.backend.check()

    def open(self) -> Connections:
        """Return connections to a database that has the tables of this version. Raises StoreFailure."""
        if self._connections is None:
            with self._opening:
                if self._connections is None:
                    connections = Connections(self.backend)
                    schema.prepare(self.backend, connections, self._modules)
                    self.backend.remember()
                    self._connections = connections
        return self._connections

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        if self._connections is not None:
            self._connections.close()

    @cached_property
    def backend(self) -> Backend:
        return self._make_backend()

    @cached_property
    def tables(self) -> list[Table]:
        return [table for module in self._modules for table in schema.schema_of(module).tables]

    def _fetch(self, query: str, values: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
        sql = self.backend.translate(query)

        def fetch(connection: Any) -> tuple[list[str], list[Any]]:
            cursor = connection.execute(sql, values)
            return names_of(cursor), cursor.fetchall()

        return self.open().read(fetch)


class Transaction:
    """One transaction on one world. Every record is written and found in that world only."""

    def __init__(self, store: Store, connections: Connections, connection: Any, world: str) -> None:
        self._store = store
        self._connections = connections
        self._connection = connection
        self.world = world
        self._done = False
        self._forgot = False

    def insert(self, table: Table, record: msgspec.Struct) -> None:
        self.run(table.insert, **to_row(record))

    def upsert(self, table: Table, record: msgspec.Struct) -> None:
        """Insert the record, or replace the one with its key."""
        self.run(table.upsert, **to_row(record))

    def update(self, table: Table, record: msgspec.Struct) -> None:
        """Replace the record that has this one's key."""
        self.run(table.update, **to_row(record))

    def delete(self, table: Table, /, **key: Any) -> bool:
        """Delete the record with this key; return whether there was one."""
        return bool(self.run(table.delete, **key).rowcount)

    def get(self, table: Table, record: type[Record], /, **key: Any) -> Record | None:
        """Return the record with this key."""
        return self.first(table.get, record, **key)

    def all(self, query: str, record: type[Record], /, **values: Any) -> list[Record]:
        """Return the records that a query finds; ``world`` is given to it."""
        return list(self.each(query, record, **values))

    def each(self, query: str, record: type[Record], /, **values: Any) -> Iterator[Record]:
        """Yield the records that a query finds, one by one; ``world`` is given to it."""
        cursor = self.run(query, **values)
        names = names_of(cursor)
        for row in cursor:
            yield from_row(names, row, record)

    def first(self, query: str, record: type[Record], /, **values: Any) -> Record | None:
        """Return the first record that a query finds; ``world`` is given to it."""
        cursor = self.run(query, **values)
        row = cursor.fetchone()
        return None if row is None else from_row(names_of(cursor), row, record)

    def run(self, statement: str, /, **values: Any) -> Any:
        """Run a statement and return its DBAPI cursor; ``world`` is given to it."""
        try:
            sql = self._store.backend.translate(statement)
            return self._connection.execute(sql, {"world": self.world, **values})
        except Exception as error:
            self._connections.fail(error)

    def _run_together(self, statements: Sequence[str], **values: Any) -> None:
        """Run statements of which nothing is to be read, without waiting for each."""
        try:
            with self._store.backend.together(self._connection):
                for statement in statements:
                    self.run(statement, **values)
        except Exception as error:
            self._connections.fail(error)

    def next(self, name: str) -> int:
        """Return the next number of a counter of this world, from 1."""
        return cast(int, self.run(next_number, name=name).fetchone()[0])

    def forget(self) -> None:
        """Delete everything of this world."""
        self._run_together([table.forget for table in self.tables])
        self._forgot = True

    def take_over(self, world: str) -> None:
        """Give this world everything of another, which is gone then."""
        self._run_together([table.take_over for table in self.tables], other=world)

    @property
    def tables(self) -> list[Table]:
        return self._store.tables

    @property
    def is_open(self) -> bool:
        return not self._done

    def commit(self) -> None:
        self._end(COMMIT)

    def rollback(self) -> None:
        self._end(ROLLBACK)

    def _end(self, how: str) -> None:
        if self._done:
            return
        self._done = True
        self._connections.end(self._connection, self.world, how)
        if self._forgot and how == COMMIT:
            self._connections.read(self._store.backend.give_back_room)
