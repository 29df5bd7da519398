"""What the middleware keeps."""

from simulators.kit.tables import Column, Index, Integer, MetaData, Table, Text, given, select

metadata = MetaData()

registrations = Table(
    "registrations", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("flow", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("owner", Text),
    Column("last_outcome", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
)  # fmt: skip

registration_status = select(registrations.c.status).where(
    registrations.c.world == given("world"), registrations.c.id == given("id")
)

all_registrations = (
    select(registrations)
    .where(registrations.c.world == given("world"))
    .order_by(registrations.c.created_at.desc(), registrations.c.id)
)

history = Table(
    "history", metadata,
    Column("world", Text, primary_key=True),
    Column("registration", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("branch", Text),
    Column("message", Text, nullable=False),
    Column("facts", Text, nullable=False),
)  # fmt: skip

history_of = (
    select(history)
    .where(history.c.world == given("world"), history.c.registration == given("registration"))
    .order_by(history.c.number)
)

whole_history = (
    select(history).where(history.c.world == given("world")).order_by(history.c.registration, history.c.number)
)

sign_ups = Table(
    "sign_ups", metadata,
    Column("world", Text, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("registration", Text, nullable=False),
)  # fmt: skip

pushes = Table(
    "pushes", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("registration", Text, nullable=False),
    Column("received_at", Text, nullable=False),
)  # fmt: skip

answers = Table(
    "answers", metadata,
    Column("world", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("claimed_until", Text, nullable=False),
    Column("status", Integer),
    Column("body", Text),
    Column("media_type", Text),
    Column("headers", Text),
    Column("branches", Text),
)  # fmt: skip

turns = Table(
    "turns", metadata,
    Column("world", Text, primary_key=True),
    Column("at", Text, primary_key=True),
    Column("claimant", Text, nullable=False),
    Column("until", Text, nullable=False),
)  # fmt: skip

scenarios = Table(
    "scenarios", metadata,
    Column("world", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("expansion", Text, nullable=False),
    Index("scenarios_by_name", "name"),
)  # fmt: skip
