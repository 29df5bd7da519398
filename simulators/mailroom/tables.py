"""What the mailroom keeps."""

from simulators.kit.tables import Column, Index, Integer, MetaData, Table, Text, given, select

metadata = MetaData()

messages = Table(
    "messages", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("dedupe", Text),
    Column("channel", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("code", Text),
    Column("purpose", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("sent_at", Text, nullable=False),
    Index("messages_by_recipient", "world", "to", "number"),
    Index("messages_by_dedupe", "world", "dedupe", unique=True),
)  # fmt: skip

by_dedupe = select(messages).where(messages.c.world == given("world"), messages.c.dedupe == given("dedupe"))
by_id = select(messages).where(messages.c.world == given("world"), messages.c.id == given("id"))


_listed = (
    select(messages)
    .where(messages.c.world == given("world"), messages.c.number > given("after"), messages.c.sent_at > given("later"))
    .where(messages.c.channel.like(given("channel")), messages.c.purpose.like(given("purpose")))
    .order_by(messages.c.number.desc())
    .limit(given("limit"))
)
to_anyone = _listed
to_one = _listed.where(messages.c.to == given("to"))
