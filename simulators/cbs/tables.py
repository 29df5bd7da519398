"""What the core banking system keeps."""

from simulators.kit.tables import Column, Index, Integer, MetaData, Table, Text, given, select

metadata = MetaData()

customers = Table(
    "customers", metadata,
    Column("world", Text, primary_key=True),
    Column("cif", Text, primary_key=True),
    Column("legal_name", Text, nullable=False),
    Column("mobile", Text),
    Column("email", Text),
    Column("email_key", Text),
    Column("status", Text, nullable=False),
    Column("date_of_birth", Text, nullable=False),
    Column("user_id", Text),
    Column("user_key", Text),
    Index("customers_by_mobile", "world", "mobile"),
    Index("customers_by_email", "world", "email_key"),
    Index("customers_by_user_id", "world", "user_key", unique=True),
)  # fmt: skip

cards = Table(
    "cards", metadata,
    Column("world", Text, primary_key=True),
    Column("card_id", Text, primary_key=True),
    Column("cif", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("expiry", Text, nullable=False),
    Column("pin", Text),
    Column("cvv", Text),
    Column("status", Text, nullable=False),
    Index("cards_by_customer", "world", "cif"),
    Index("cards_by_number", "world", "number", unique=True),
)  # fmt: skip

every_customer = select(customers).where(customers.c.world == given("world")).order_by(customers.c.cif)
by_user_id = every_customer.where(customers.c.user_key == given("value"))
_by_card = every_customer.join(cards, (cards.c.world == customers.c.world) & (cards.c.cif == customers.c.cif))
found_by = {
    "cif": every_customer.where(customers.c.cif == given("value")),
    "mobile": every_customer.where(customers.c.mobile == given("value")),
    "email": every_customer.where(customers.c.email_key == given("value")),
    "cardNumber": _by_card.where(cards.c.number == given("value")),
}

every_card = select(cards).where(cards.c.world == given("world")).order_by(cards.c.cif, cards.c.rank)
cards_of = every_card.where(cards.c.cif == given("cif"))
card_by_number = every_card.where(cards.c.number == given("number"))
