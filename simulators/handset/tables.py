"""What is kept of the phones."""

from simulators.kit.tables import Boolean, Column, Integer, MetaData, Table, Text, given, select

metadata = MetaData()

handsets = Table(
    "handsets", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("os", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("emcert_id", Text, nullable=False),
    Column("registered", Boolean, nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("last_event", Text, nullable=False),
    Column("queued", Text, nullable=False),
)  # fmt: skip

every_handset = select(handsets).where(handsets.c.world == given("world")).order_by(handsets.c.number)
