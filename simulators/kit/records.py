"""Records as rows: a msgspec struct's fields are the columns, and what is no plain value is kept as JSON text."""

from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import inspect

from simulators.kit import clock

Record = TypeVar("Record", bound=msgspec.Struct)

_PLAIN = (
    inspect.StrType, inspect.IntType, inspect.BoolType, inspect.FloatType, inspect.DateTimeType, inspect.DateType,
    inspect.NoneType, inspect.LiteralType, inspect.EnumType,
)  # fmt: skip


def to_row(record: msgspec.Struct) -> dict[str, Any]:
    """Return the record's values as a database takes them; instants become sortable text."""
    as_json = _json_fields(type(record))
    row: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name in as_json:
            value = msgspec.json.encode(value).decode()
        elif isinstance(value, datetime):
            value = clock.stamp(value)
        row[name] = value
    return row


def from_row(columns: list[str], row: Any, record: type[Record]) -> Record:
    """Return the record that ``to_row`` wrote; columns that it has no field for are left out."""
    fields = record.__struct_fields__
    as_json = _json_fields(record)
    values = {
        name: msgspec.json.decode(value) if name in as_json else value
        for name, value in zip(columns, row, strict=True)
        if name in fields
    }
    return msgspec.convert(values, record, strict=False)


def columns_of(cursor: Any) -> list[str]:
    return [description[0] for description in cursor.description]


@cache
def _json_fields(record: type[msgspec.Struct]) -> frozenset[str]:
    info = cast(inspect.StructType, inspect.type_info(record))
    return frozenset(field.name for field in info.fields if not _is_plain(field.type))


def _is_plain(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _is_plain(kind.type)
    if isinstance(kind, inspect.UnionType):
        return all(map(_is_plain, kind.types))
    return isinstance(kind, _PLAIN)
