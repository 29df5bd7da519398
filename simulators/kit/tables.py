"""The tables that every service has beside its own: worlds, journal, faults, counters and what is due."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy import bindparam as given

metadata = MetaData()

worlds = Table(
    "worlds", metadata,
    Column("world", Text, primary_key=True),
    Column("seed", Text, nullable=False),
    Column("policies", Text, nullable=False),
    Column("offset_us", BigInteger, nullable=False),
    Column("frozen_at", Text),
    Column("label", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("faults", Integer, nullable=False),
)  # fmt: skip

world_by_id = select(worlds).where(worlds.c.world == given("world"))
every_world = select(worlds).order_by(worlds.c.created_at)

counters = Table(
    "counters", metadata,
    Column("world", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)  # fmt: skip

journal = Table(
    "journal", metadata,
    Column("world", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("branches", Text, nullable=False),
    Column("exchange", Text, nullable=False),
)  # fmt: skip

_last_seq = select(func.coalesce(func.max(journal.c.seq), 0) + 1).where(journal.c.world == given("world"))
write_journal = insert(journal).values(
    seq=_last_seq.scalar_subquery(),
    **{name: given(name) for name in ("world", "id", "recorded_at", "path", "branches", "exchange")},
)
read_journal = (
    select(journal.c.exchange)
    .where(
        journal.c.world == given("world"),
        journal.c.recorded_at > given("since"),
        journal.c.recorded_at < given("until"),
        journal.c.id.like(given("id"), escape="\\"),
        journal.c.exchange.like(given("trace"), escape="\\"),
        journal.c.exchange.like(given("about"), escape="\\"),
        journal.c.path.like(given("path"), escape="\\"),
        journal.c.branches.like(given("branch"), escape="\\"),
    )
    .order_by(journal.c.seq.desc())
    .limit(given("limit"))
)
last_exchange = select(func.coalesce(func.max(journal.c.seq), 0).label("seq")).where(journal.c.world == given("world"))
later_exchanges = (
    select(journal.c.seq, journal.c.exchange)
    .where(journal.c.world == given("world"), journal.c.seq > given("after"))
    .order_by(journal.c.seq)
    .limit(given("limit"))
)

faults = Table(
    "faults", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("fault", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("fired", Integer, nullable=False),
)  # fmt: skip

set_fault_count = update(worlds).where(worlds.c.world == given("world")).values(faults=given("number"))
faults_of_world = select(faults).where(faults.c.world == given("world")).order_by(faults.c.rank)

due = Table(
    "due", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("wall_at", Text),
    Column("attempts", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("claimed_until", Text),
    Column("claimed_by", Text),
    Column("revision", Integer, nullable=False),
    Index("due_by_wall", "wall_at"),
)  # fmt: skip

_free = or_(
    due.c.claimed_until.is_(None),
    due.c.claimed_until < given("wall"),
    due.c.claimed_until > given("beyond"),
    due.c.claimed_by != given("claimant"),
)
due_by_wall = (
    select(due).where(due.c.wall_at <= given("wall"), _free).order_by(due.c.wall_at, due.c.id).limit(given("limit"))
)
due_in_world = select(due).where(due.c.world == given("world")).order_by(due.c.due_at, due.c.id)
claim_due = (
    update(due)
    .where(due.c.world == given("world"), due.c.id == given("id"), _free)
    .values(claimed_until=given("lease"), claimed_by=given("claimant"))
)
_in_frozen_worlds = due.c.world.in_(select(worlds.c.world).where(worlds.c.frozen_at.is_not(None)))
bring_forward = update(due).where(due.c.wall_at > given("soon"), _in_frozen_worlds).values(wall_at=given("soon"))

__all__ = ["BigInteger", "Boolean", "Column", "Index", "Integer", "MetaData", "Table", "Text", "given", "select"]
