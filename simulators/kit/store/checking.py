"""Whether the values of a record that comes from elsewhere can be read, beyond the types of its fields.

A field of text that is in a code says by which function it is read::

    date_of_birth: Annotated[str, decode_with(read_date)]
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, cast

import msgspec
from msgspec import inspect

from simulators.kit.store.table import WORLD, Table

CODE = "code"
LARGEST_NUMBER = 2**62
"""Whole numbers of an imported row are at most so large: what counts on from them must still be a number of 64 bits.

What is kept as JSON can be larger: nothing counts on from it.
"""

LONGEST_KEY = 2500
"""Bytes of the texts by which a record is found: PostgreSQL's indexes take no more than 2,704, the world included."""

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9900, 1, 1, tzinfo=UTC)
"""Between these lie all instants of a world: what is computed from them, by any policy, is a date, too."""

FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""Between these lie all instants that can be written in UTC, up to the end of certificates that never expire."""

HeaderText = Annotated[str, msgspec.Meta(pattern=r"^[\x20-\x7e\t]*\Z")]
r"""The name or the value of a header that is kept. ``\Z`` is the end of a text; a line break may follow ``$``."""

Reader = Callable[[Any], object]
"""Reads a value. Raises ValueError, or msgspec.MsgspecError, for one that it cannot read."""


class BadValue(Exception):
    """A value that cannot be read: its ``column``, and a message to follow it."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(f"{column} {message}")
        self.column = column
        self.message = message


def decode_with(read: Reader) -> msgspec.Meta:
    """Return the annotation of a field whose value ``read`` decodes."""
    return msgspec.Meta(extra={CODE: read})


def decode_json(kind: Any) -> msgspec.Meta:
    """Return the annotation of a field of text that is the JSON of a ``kind``."""
    return decode_with(lambda text: msgspec.json.decode(text, type=kind))


def _check_calendar(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if not FIRST <= instant <= LAST:
        raise ValueError("it is beyond all calendars")


compared_only = decode_with(_check_calendar)
"""The annotation of an instant from which nothing is computed: any that can be written in UTC will do."""


def read_date(text: str) -> date:
    """Return the date of a text like 2026-01-31. Raises msgspec.ValidationError."""
    return msgspec.convert(text, date)


def check_record(table: Table, record: msgspec.Struct) -> None:
    """Raise BadValue for the first value of a record that its service could not read.

    A record may have a ``find_mistake`` of its own, which returns a column and what is wrong with it, or None.
    """
    for name in table.key:
        if name != WORLD and getattr(record, name) == "":
            raise BadValue(name, "is empty")
    for columns in (table.key, *(index.columns for index in table.indexes)):
        _check_length(record, [name for name in columns if name != WORLD])
    readers = _readers(type(record))
    for column in table.columns:
        value = getattr(record, column.name, None)
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise BadValue(column.name, f"is beyond {LARGEST_NUMBER}")
        if column.name not in readers:
            check_values(column.name, value)
        elif value is not None:
            _read(column.name, value, readers[column.name])
    mistake = getattr(record, "find_mistake", lambda: None)()
    if mistake is not None:
        raise BadValue(*mistake)


def check_values(column: str, value: Any) -> None:
    """Raise BadValue for an instant within a value that no world can have."""
    for message in find_flaws(value):
        raise BadValue(column, message)


def _check_length(record: msgspec.Struct, columns: list[str]) -> None:
    lengths = {name: len(text.encode()) for name in columns if isinstance(text := getattr(record, name), str)}
    if sum(lengths.values()) > LONGEST_KEY:
        raise BadValue(
            max(lengths, key=lengths.__getitem__), f"is too long: a row is found by at most {LONGEST_KEY} bytes"
        )


def _read(column: str, value: Any, read: Reader) -> None:
    try:
        read(value)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadValue(column, f"cannot be read: {error}") from error


def find_flaws(value: Any) -> Iterator[str]:
    """Yield what is wrong with each instant within a value."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            yield "is an instant without a time zone"
        elif not EARLIEST <= value <= LATEST:
            yield "is an instant beyond all calendars"
    elif isinstance(value, msgspec.Struct):
        for inner in msgspec.structs.asdict(value).values():
            yield from find_flaws(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from find_flaws(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from find_flaws(inner)


@cache
def _readers(record: type[msgspec.Struct]) -> dict[str, Reader]:
    fields = cast(inspect.StructType, inspect.type_info(record)).fields
    extras = {field.name: _extra(field.type) for field in fields}
    return {name: extra[CODE] for name, extra in extras.items() if CODE in extra}


def _extra(kind: inspect.Type) -> dict[str, Any]:
    return (kind.extra or {}) if isinstance(kind, inspect.Metadata) else {}
