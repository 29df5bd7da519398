"""What the control plane asks of each service to keep its part of a world in step with the others' parts.

A world is made, copied and restored under a name that nobody knows, and takes the place of the one that it is to
replace when all of its parts are there. Clocks are set to the microsecond, so that they are the same everywhere.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from simulators.kit import clock, journal
from simulators.kit.clock import Clock
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
from simulators.kit.web import keeping
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.keeping import ClockState, PolicyChange
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import world_id

LARGEST_STATE = 256 * 1024 * 1024
"""Bytes that a world's rows in one service may take as JSON."""

MOST_WATCHED = 500
"""How many worlds a call asks for the news of, and how many watch by one process: each has a connection of its own."""

LONGEST_EXCHANGE = timedelta(days=365) / timedelta(milliseconds=1)
"""Milliseconds that an imported exchange may have lasted: when it ended must be a date."""

api = Api()


class ExactClock(Struct, forbid_unknown_fields=True):
    """A clock that is ``offset_us`` microseconds ahead of the machine's, or stands still at ``frozen_at``."""

    offset_us: Annotated[int, assumed]
    frozen_at: Annotated[datetime | None, assumed] = None

    @classmethod
    def of(cls, clock: Clock) -> "ExactClock":
        return cls(clock.offset // timedelta(microseconds=1), clock.frozen_at)

    def clock(self) -> Clock:
        """Return the clock. Raises SandboxRefusal (``bad-clock-change``) for an instant without a zone."""
        if self.frozen_at is not None and self.frozen_at.tzinfo is None:
            message = "frozen_at needs a time zone, as in 2026-01-01T09:00:00Z."
            raise SandboxRefusal("bad-clock-change", 400, message, field="frozen_at")
        return Clock(timedelta(microseconds=self.offset_us), self.frozen_at)


class Takeover(Struct, forbid_unknown_fields=True):
    """The world whose place another takes, and the clock that it has there."""

    world: Annotated[str, assumed]
    clock: Annotated[ExactClock, assumed]


class State(Struct):
    """A service's rows of a world, by table."""

    tables: Annotated[dict[str, list[dict[str, Any]]], assumed]


class NewsOfWorlds(Struct):
    """What was written to the journals of some worlds; worlds without news, or that are gone, are left out."""

    worlds: Annotated[dict[str, journal.News], assumed]


class Cursors(Struct, forbid_unknown_fields=True):
    """Each world with the cursor of the last look, null at the first."""

    after: Annotated[dict[str, Annotated[int, Meta(ge=0)] | None], Meta(max_length=MOST_WATCHED), assumed]


@api.operation(
    "PUT", "/_sandbox/worlds/<world>/clock", body=ExactClock, answer=ClockState, control=True,
    refusals=[(400, "bad-clock-change")],
)  # fmt: skip
def put_clock(service: Service, wanted: ExactClock, world: str) -> ClockState:
    """Set a world's clock exactly; what becomes due by it is left to a later ``settle``."""
    with service.store.transaction(world_id(world)) as tx:
        state = keeping.save_clock(tx, service, service.worlds.current(tx).with_clock(wanted.clock()))
    service.wake()
    return state


@api.operation(
    "GET", "/_sandbox/worlds/<world>/policies/set", answer=PolicyChange, control=True,
    refusals=[(404, "unknown-world")],
)  # fmt: skip
def get_set_policies(service: Service, world: str) -> PolicyChange:
    """Return the policies that are set in a world, without those that have their default."""
    return PolicyChange(msgspec.json.decode(service.worlds.find(world_id(world)).policies_text))


@api.operation(
    "PUT", "/_sandbox/worlds/<world>/policies/set", body=PolicyChange, status=204, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world")],
)  # fmt: skip
def put_set_policies(service: Service, wanted: PolicyChange, world: str) -> Answer:
    """Have just these policies set in a world, and all others at their default."""
    with service.store.transaction(world_id(world)) as tx:
        service.worlds.set_policies(tx, wanted.policies)
    return Answer(None, 204)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/takeover", body=Takeover, status=204, control=True,
    refusals=[(400, "bad-clock-change"), (400, "bad-world")],
)  # fmt: skip
def post_takeover(service: Service, takeover: Takeover, world: str) -> Answer:
    """Give a world the place of another, which is gone then. Nothing happens when that was done already."""
    source, target = world_id(world), keeping.new_world_id(takeover.world)
    with service.store.transaction(target) as tx:
        if tx.first(tables.world_by_id, WorldRow, world=source) is None:
            return Answer(None, 204)
        service.worlds.make_room(tx)
        tx.take_over(source)
        keeping.save_clock(tx, service, service.worlds.current(tx).with_clock(takeover.clock.clock()))
    service.wake()
    return Answer(None, 204)


@api.operation("GET", "/_sandbox/worlds/<world>/state", answer=State, control=True)
def get_state(service: Service, world: str) -> State:
    """Return everything that this service keeps of a world."""
    with service.store.transaction(world_id(world)) as tx:
        return read_state(service, tx)


@api.operation(
    "PUT", "/_sandbox/worlds/<world>/state", body=State, status=204, control=True, largest=LARGEST_STATE,
    refusals=[(400, "bad-snapshot"), (400, "bad-world")],
)  # fmt: skip
def put_state(service: Service, state: State, world: str) -> Answer:
    """Make a world of what ``GET`` has returned of another, or replace it."""
    with service.store.transaction(keeping.new_world_id(world)) as tx:
        tx.forget()
        write_state(service, tx, state)
    return Answer(None, 204)


@api.operation("POST", "/_sandbox/news", body=Cursors, answer=NewsOfWorlds, control=True)
def post_news(service: Service, cursors: Cursors) -> NewsOfWorlds:
    """Return what was written to the journals of some worlds since the last look; where it is much, some of it."""
    found: dict[str, journal.News] = {}
    number = 0
    for world, after in cursors.after.items():
        if after is None or number < journal.NEWS_AT_ONCE:
            news = journal.news(service.store, world, after)
            number += len(news.exchanges)
            if news.exchanges or news.cursor != after:
                found[world] = news
    return NewsOfWorlds(found)


def read_state(service: Service, tx: Transaction) -> State:
    """Return everything that is kept of the transaction's world. Raises SandboxRefusal (``unknown-world``)."""
    service.worlds.current(tx)
    return State({table.name: msgspec.to_builtins(tx.all(table.all, table.record)) for table in tx.tables})


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
        for number, record in enumerate(records):
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
