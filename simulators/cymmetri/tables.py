"""What Cymmetri keeps."""

from simulators.kit.tables import Boolean, Column, Index, Integer, MetaData, Table, Text, given, select

metadata = MetaData()

RECENT_CHALLENGES = 50
"""A customer's latest OTPs, beyond which none is remembered as void."""

accounts = Table(
    "accounts", metadata,
    Column("world", Text, primary_key=True),
    Column("cif", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("user_key", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("legal_name", Text, nullable=False),
    Column("email", Text),
    Column("email_key", Text),
    Column("mobile", Text),
    Column("mobile_key", Text),
    Column("created_at", Text, nullable=False),
    Index("accounts_by_user", "world", "user_key", unique=True),
    Index("accounts_by_email", "world", "email_key"),
    Index("accounts_by_mobile", "world", "mobile_key"),
)  # fmt: skip

every_account = select(accounts).where(accounts.c.world == given("world")).order_by(accounts.c.cif)
account_by_user = every_account.where(accounts.c.user_key == given("value"))
account_by_email = every_account.where(accounts.c.email_key == given("value"))
account_by_mobile = every_account.where(accounts.c.mobile_key == given("value"))

known_cards = Table(
    "known_cards", metadata,
    Column("world", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("cif", Text, nullable=False),
)  # fmt: skip

past_passwords = Table(
    "past_passwords", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("cif", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("past_passwords_by_customer", "world", "cif", "number"),
)  # fmt: skip

passwords_of = (
    select(past_passwords)
    .where(past_passwords.c.world == given("world"), past_passwords.c.cif == given("cif"))
    .order_by(past_passwords.c.number.desc())
)

registrations = Table(
    "registrations", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("cif", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("legal_name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("mobile", Text),
    Column("card", Text),
    Column("created_at", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("token_number", Integer, nullable=False),
    Column("token_expires_at", Text, nullable=False),
    Column("user_id", Text),
    Column("validated", Text),
    Column("superseded", Boolean, nullable=False),
    Index("registrations_by_customer", "world", "cif", "superseded"),
)  # fmt: skip

live_registrations_of = select(registrations).where(
    registrations.c.world == given("world"),
    registrations.c.cif == given("cif"),
    registrations.c.superseded.is_(False),
)

challenges = Table(
    "challenges", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("registration", Text, nullable=False),
    Column("cif", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("digits", Integer, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("failed", Boolean, nullable=False),
    Index("challenges_by_customer", "world", "cif", "number"),
)  # fmt: skip

challenges_of = (
    select(challenges)
    .where(challenges.c.world == given("world"), challenges.c.cif == given("cif"))
    .order_by(challenges.c.number.desc())
    .limit(RECENT_CHALLENGES)
)

lockouts = Table(
    "lockouts", metadata,
    Column("world", Text, primary_key=True),
    Column("cif", Text, primary_key=True),
    Column("wrong", Text, nullable=False),
    Column("under_way", Text, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("blocked_until", Text),
)  # fmt: skip

reservations = Table(
    "reservations", metadata,
    Column("world", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("cif", Text, nullable=False),
    Column("until", Text, nullable=False),
    Index("reservations_by_customer", "world", "cif"),
)  # fmt: skip

reservations_of = select(reservations).where(reservations.c.world == given("world"), reservations.c.cif == given("cif"))
