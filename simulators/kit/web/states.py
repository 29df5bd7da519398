"""Everything that a service keeps of a world: read as rows by table, and written into another world.

There may be very many rows, so that others have their turn while they are read and written.
"""

from datetime import timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from simulators.kit import clock, journal
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults.book import check_requests
from simulators.kit.faults.model import MOST_IN_WORLD
from simulators.kit.faults.tables import FaultRow
from simulators.kit.models import assumed
from simulators.kit.scheduling import due
from simulators.kit.scheduling.tables import Item
from simulators.kit.store import tables
from simulators.kit.store.checking import BadValue, check_values
from simulators.kit.store.rows import BadRows, read_rows
from simulators.kit.store.table import WORLD
from simulators.kit.store.tables import JournalRow, WorldRow
from simulators.kit.store.transactions import Transaction
from simulators.kit.turns import in_pieces
from simulators.kit.web import keeping
from simulators.kit.work import Service
from simulators.kit.world import World

LONGEST_EXCHANGE = timedelta(days=365) / timedelta(milliseconds=1)
"""Milliseconds that an imported exchange may have lasted: when it ended must be a date."""


class State(Struct):
    """A service's rows of a world, by table."""

    tables: Annotated[dict[str, list[dict[str, Any]]], assumed]


def read_state(service: Service, tx: Transaction) -> State:
    """Return everything that is kept of the transaction's world. Raises SandboxRefusal (``unknown-world``)."""
    service.worlds.current(tx)
    found = {table.name: in_pieces(tx.each(table.all, table.record)) for table in tx.tables}
    return State({name: [msgspec.to_builtins(record) for record in records] for name, records in found.items()})


def write_state(service: Service, tx: Transaction, state: State) -> World:
    """Write what ``read_state`` has returned of another world into the transaction's, of which nothing is there.

    Raises SandboxRefusal (``bad-snapshot``, 400).
    """
    try:
        found = read_rows(tx.tables, state.tables)
    except BadRows as wrong:
        raise _bad_snapshot(wrong.place, wrong.message) from wrong
    for table, records in found:
        if table.record is FaultRow and len(records) > MOST_IN_WORLD:
            raise _bad_snapshot(table.name, f"has {len(records)} rows; allowed are up to {MOST_IN_WORLD}")
        for number, record in enumerate(in_pieces(records)):
            try:
                _check_within_service(service, record)
            except BadValue as wrong:
                raise _bad_snapshot(f"{table.name}[{number}].{wrong.column}", wrong.message) from wrong
            tx.insert(table, _place_in_copy(record, tx))
    row = tx.get(tables.worlds, WorldRow)
    if row is None:
        raise _bad_snapshot(tables.worlds.name, "has no row")
    service.worlds.check(_policies(row))
    world = service.worlds.current(tx)
    world = world.with_clock(world.clock)
    keeping.save_clock(tx, service, world)
    return world


def _policies(row: WorldRow) -> dict[str, Any]:
    try:
        return msgspec.json.decode(row.policies, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise _bad_snapshot(f"{tables.worlds.name}[0].policies", "are no JSON object") from error


def _check_within_service(service: Service, record: Struct) -> None:
    """Refuse what only the service knows that it cannot read. Raises BadValue."""
    try:
        if isinstance(record, JournalRow):
            column = "exchange"
            exchange = msgspec.json.decode(record.exchange, type=journal.Exchange)
            check_values(column, exchange)
            if not 0 <= exchange.duration_ms <= LONGEST_EXCHANGE:
                raise BadValue(column, "lasts longer than a year, or is over before it began")
        elif isinstance(record, Item):
            column = "payload" if record.kind in service.due else "kind"
            due.check_item(service, record)
        elif isinstance(record, FaultRow):
            column = "fault"
            check_requests(service, record.fault)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadValue(column, f"cannot be read: {error}") from error
    except SandboxRefusal as refusal:
        raise BadValue(column, f"cannot be had: {refusal.message}") from refusal


def _place_in_copy(record: Struct, tx: Transaction) -> Struct:
    """Return a record as it is in the copy, in which nobody has a lease on anything."""
    if hasattr(record, WORLD):
        setattr(record, WORLD, tx.world)
    if isinstance(record, WorldRow):
        record.created_at = clock.wall_now()
    elif isinstance(record, Item):
        record.leased_until = record.leased_by = None
    return record


def _bad_snapshot(field: str, message: str) -> SandboxRefusal:
    return SandboxRefusal("bad-snapshot", 400, f"tables.{field} {message}.", field=f"tables.{field}")
