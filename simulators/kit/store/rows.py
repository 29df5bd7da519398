"""Rows of a world that come from elsewhere, table by table: read into records that fit together."""

from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from simulators.kit.errors import flaw_of
from simulators.kit.store.checking import BadValue, check_record
from simulators.kit.store.table import WORLD, Table
from simulators.kit.store.tables import Counter, counters
from simulators.kit.turns import in_pieces

Row = dict[str, Any]
Records = list[tuple[Table, list[msgspec.Struct]]]


class BadRows(Exception):
    """Rows that cannot be taken: their ``place``, as in ``customers[0].cif``, and a message to follow it."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place} {message}")
        self.place = place
        self.message = message


def read_rows(tables: Sequence[Table], given: Mapping[str, list[Row]]) -> Records:
    """Return the records of every table of a service, as a copy of a world has them.

    Raises BadRows: a copy has each of the tables and no other, and in a table each row once, with its own columns; each
    value can be read; and each number that a counter gave is one that it has given.
    """
    known = {table.name for table in tables}
    for name in sorted(known ^ given.keys()):
        raise BadRows(name, "is missing" if name in known else "is no table of this service")
    found = [(table, _read_table(table, given[table.name])) for table in tables]
    _check_counters(found)
    return found


def _read_table(table: Table, rows: list[Row]) -> list[msgspec.Struct]:
    try:
        records: list[msgspec.Struct] = msgspec.convert(rows, list[table.record])  # type: ignore[name-defined]
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise BadRows(f"{table.name}{flaw.field}", flaw.message) from error
    _check_unique(table, records)
    for number, (row, record) in enumerate(zip(rows, in_pieces(records), strict=True)):
        for place in _find_unknown(row, msgspec.to_builtins(record)):
            raise BadRows(f"{table.name}[{number}]{place}", "is unknown")
        try:
            check_record(table, record)
        except BadValue as wrong:
            raise BadRows(f"{table.name}[{number}].{wrong.column}", wrong.message) from wrong
    return records


def _find_unknown(given: Any, kept: Any) -> Iterator[str]:
    """Find the places of what was given and is not kept."""
    if isinstance(given, dict):
        for name, value in given.items():
            if name not in kept:
                yield f".{name}"
            else:
                yield from (f".{name}{place}" for place in _find_unknown(value, kept[name]))
    elif isinstance(given, list):
        for number, (value, inner) in enumerate(zip(given, kept, strict=True)):
            yield from (f"[{number}]{place}" for place in _find_unknown(value, inner))


def _check_unique(table: Table, records: Sequence[msgspec.Struct]) -> None:
    for columns in (table.key, *(index.columns for index in table.indexes if index.unique)):
        names = [column for column in columns if column != WORLD]
        seen = set[tuple[Any, ...]]()
        for number, record in enumerate(in_pieces(records)):
            value = tuple(getattr(record, name) for name in names)
            if value in seen and None not in value:
                raise BadRows(f"{table.name}[{number}]", f"has the {' and '.join(names) or 'place'} of another")
            seen.add(value)


def _check_counters(found: Records) -> None:
    """Refuse a counter that would give a number once more."""
    given = {record.name: record.value for _, records in found for record in records if isinstance(record, Counter)}
    for table, records in found:
        unkept = Tally[str]()
        for number, record in enumerate(in_pieces(records)):
            for name, used in table.numbers(record):
                unkept[name] += used is None
                least = unkept[name] if used is None else used
                if given.get(name, 0) < least:
                    place = f"{table.name}[{number}]"
                    raise BadRows(counters.name, f"has no {name!r} that has come to {least}, as {place} needs")
