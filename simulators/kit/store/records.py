"""Records as rows: a msgspec struct's fields are the columns, and what is no plain value is kept as JSON text."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import inspect

from simulators.kit import clock

Record = TypeVar("Record", bound=msgspec.Struct)

TEXT, WHOLE_NUMBER, NUMBER, TRUTH = "TEXT", "BIGINT", "DOUBLE PRECISION", "BOOLEAN"
"""Column types that mean the same in SQLite and in PostgreSQL."""

_SQL_TYPES: dict[type[inspect.Type], str] = {
    inspect.StrType: TEXT,
    inspect.LiteralType: TEXT,
    inspect.EnumType: TEXT,
    inspect.DateTimeType: TEXT,
    inspect.DateType: TEXT,
    inspect.IntType: WHOLE_NUMBER,
    inspect.FloatType: NUMBER,
    inspect.BoolType: TRUTH,
}


@dataclass(frozen=True)
class Column:
    """A column of a table, as it follows from a record's field."""

    name: str
    type: str
    nullable: bool
    as_json: bool


@cache
def columns_of(record: type[msgspec.Struct]) -> tuple[Column, ...]:
    """Return the columns in which a record is kept, in the order of its fields."""
    info = cast(inspect.StructType, inspect.type_info(record))
    return tuple(_column(field.name, field.type) for field in info.fields)


def to_row(record: msgspec.Struct) -> dict[str, Any]:
    """Return the record's values as a database takes them; instants become sortable text."""
    row: dict[str, Any] = {}
    for column in columns_of(type(record)):
        value = getattr(record, column.name)
        if column.as_json:
            value = msgspec.json.encode(value).decode()
        elif isinstance(value, datetime):
            value = clock.stamp(value)
        row[column.name] = value
    return row


def from_row(names: list[str], row: Any, record: type[Record]) -> Record:
    """Return the record that ``to_row`` wrote; columns that it has no field for are left out."""
    as_json = _json_fields(record)
    values = {
        name: msgspec.json.decode(value) if as_json[name] else value
        for name, value in zip(names, row, strict=True)
        if name in as_json
    }
    return msgspec.convert(values, record, strict=False)


def names_of(cursor: Any) -> list[str]:
    """Return the names of the columns that a cursor gives."""
    return [description[0] for description in cursor.description]


@cache
def _json_fields(record: type[msgspec.Struct]) -> dict[str, bool]:
    return {column.name: column.as_json for column in columns_of(record)}


def _column(name: str, kind: inspect.Type) -> Column:
    kinds = list(_alternatives(kind))
    types = {_SQL_TYPES.get(type(each)) for each in kinds if not isinstance(each, inspect.NoneType)}
    if len(types) == 1 and (plain := types.pop()) is not None:
        return Column(name, plain, nullable=any(isinstance(each, inspect.NoneType) for each in kinds), as_json=False)
    return Column(name, TEXT, nullable=False, as_json=True)  # None is kept as JSON's null


def _alternatives(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    if isinstance(kind, inspect.Metadata):
        return _alternatives(kind.type)
    if isinstance(kind, inspect.UnionType):
        return tuple(each for one in kind.types for each in _alternatives(one))
    return (kind,)
