"""What the Auth Service keeps."""

from simulators.kit.tables import Column, Index, MetaData, Table, Text, given, select

metadata = MetaData()

users = Table(
    "users", metadata,
    Column("world", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("username", Text, nullable=False),
    Column("email", Text),
    Column("mobile", Text),
    Column("cif", Text),
)  # fmt: skip

devices = Table(
    "devices", metadata,
    Column("world", Text, primary_key=True),
    Column("em_cert_id", Text, primary_key=True),
    Column("user_key", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("devices_by_user", "world", "user_key"),
)  # fmt: skip

every_user = select(users).where(users.c.world == given("world")).order_by(users.c.key)
_with_user = select(devices, users.c.username).join(
    users, (users.c.world == devices.c.world) & (users.c.key == devices.c.user_key)
)
every_device = (
    _with_user.where(devices.c.world == given("world")).order_by(devices.c.added_at, devices.c.em_cert_id)
)  # fmt: skip
devices_of = every_device.where(devices.c.user_key == given("user_key"))
