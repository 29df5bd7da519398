"""A table, declared once from the record that each of its rows is. The statements that every table has follow from it.

A service's ``tables.py`` declares its tables, and names the other queries that it makes of them as plain SQL that both
SQLite and PostgreSQL understand, with ``:named`` values::

    from simulators.cymmetri.records import Registration
    from simulators.kit.store.table import Index, Table

    registrations = Table(
        "registrations", Registration, key=["id"], indexes=[Index("registrations_by_customer", "cif", "superseded")]
    )

    live_registrations_of = "SELECT * FROM registrations WHERE world = :world AND cif = :cif AND NOT superseded"

They are used through a transaction, which gives ``world`` to all of them::

    tx.insert(tables.registrations, registration)
    tx.get(tables.registrations, Registration, id=id)
    tx.all(tables.live_registrations_of, Registration, cif=cif)

A column is a field of the record (``records.columns_of`` says of which type); ``world`` comes before them, and is the
first part of the key and of every index that does not say otherwise. Quote names that SQL has reserved: ``"to"``.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec

from simulators.kit.store.records import TEXT, Column, columns_of

WORLD = "world"


class Index:
    """An index over some columns of a table, in each world; ``across_worlds``, over all worlds together."""

    def __init__(self, name: str, *columns: str, unique: bool = False, across_worlds: bool = False) -> None:
        self.name = name
        self.columns = columns if across_worlds else (WORLD, *columns)
        self.unique = unique


Numbers = Callable[[Any], Iterable[tuple[str, int | None]]]
"""Returns the counters that a record has a number of, each with that number, ``None`` where it keeps it nowhere."""


def number_of(counter: str, column: str = "number") -> Numbers:
    """Return the numbers of records whose ``column`` is a number of one counter."""
    return lambda record: [(counter, getattr(record, column))]


class Table:
    """The rows of one kind of record, found in each world by ``key``. Each property is a statement.

    ``numbers`` are the numbers of counters by which its records are told apart, that none is given once more.
    """

    def __init__(
        self,
        name: str,
        record: type[msgspec.Struct],
        *,
        key: Sequence[str] = (),
        indexes: Sequence[Index] = (),
        numbers: Numbers = lambda _: (),
    ) -> None:
        self.name = name
        self.record = record
        self.key = (WORLD, *key)
        self.indexes = tuple(indexes)
        self.numbers = numbers

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        fields = [column for column in columns_of(self.record) if column.name != WORLD]
        return (Column(WORLD, TEXT, nullable=False, as_json=False), *fields)

    @cached_property
    def ddl(self) -> list[str]:
        """The statements that make the table and its indexes."""
        columns = [f"{_quote(c.name)} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in self.columns]
        made = [f"CREATE TABLE {self._name} ({', '.join(columns)}, PRIMARY KEY ({_list_columns(self.key)}))"]
        for index in self.indexes:
            kind = "UNIQUE INDEX" if index.unique else "INDEX"
            made.append(f"CREATE {kind} {_quote(index.name)} ON {self._name} ({_list_columns(index.columns)})")
        return made

    @cached_property
    def insert(self) -> str:
        values = ", ".join(f":{column.name}" for column in self.columns)
        return f"INSERT INTO {self._name} ({_list_columns([c.name for c in self.columns])}) VALUES ({values})"

    @cached_property
    def upsert(self) -> str:
        changes = ", ".join(f"{_quote(name)} = excluded.{_quote(name)}" for name in self._rest)
        return f"{self.insert} ON CONFLICT ({_list_columns(self.key)}) DO " + (
            f"UPDATE SET {changes}" if changes else "NOTHING"
        )

    @cached_property
    def update(self) -> str:
        changes = ", ".join(f"{_quote(name)} = :{name}" for name in self._rest)
        return f"UPDATE {self._name} SET {changes} WHERE {self._by_key}"

    @cached_property
    def delete(self) -> str:
        return f"DELETE FROM {self._name} WHERE {self._by_key}"

    @cached_property
    def get(self) -> str:
        return f"SELECT * FROM {self._name} WHERE {self._by_key}"

    @cached_property
    def all(self) -> str:
        """Selects all that a world has in the table."""
        return f"SELECT * FROM {self._name} WHERE {_quote(WORLD)} = :{WORLD}"

    @cached_property
    def take_over(self) -> str:
        """Gives a world all that another has in the table."""
        return f"UPDATE {self._name} SET {_quote(WORLD)} = :{WORLD} WHERE {_quote(WORLD)} = :other"

    @cached_property
    def forget(self) -> str:
        """Deletes all that a world has in the table."""
        return f"DELETE FROM {self._name} WHERE {_quote(WORLD)} = :{WORLD}"

    @property
    def _name(self) -> str:
        return _quote(self.name)

    @property
    def _rest(self) -> list[str]:
        return [column.name for column in self.columns if column.name not in self.key]

    @property
    def _by_key(self) -> str:
        return " AND ".join(f"{_quote(name)} = :{name}" for name in self.key)


def _quote(name: str) -> str:
    return f'"{name}"'


def _list_columns(names: Sequence[str]) -> str:
    return ", ".join(map(_quote, names))
