"""What Cymmetri keeps."""

from simulators.cymmetri.records import (
    Account,
    Challenge,
    KnownCard,
    Lockout,
    LoginSession,
    PastPassword,
    Registration,
    Reservation,
)
from simulators.kit.store.table import Index, Table, number_of

RECENT_CHALLENGES = 250
"""How many of a customer's latest OTPs are remembered as void: fewer than there are codes of four digits."""

accounts = Table(
    "accounts", Account, key=["cif"],
    indexes=[
        Index("accounts_by_user", "user_key", unique=True),
        Index("accounts_by_email", "email_key"),
        Index("accounts_by_mobile", "mobile_key"),
    ],
)  # fmt: skip

every_account = "SELECT * FROM accounts WHERE world = :world ORDER BY cif"
account_by_user = "SELECT * FROM accounts WHERE world = :world AND user_key = :value"
account_by_email = "SELECT * FROM accounts WHERE world = :world AND email_key = :value ORDER BY cif"
account_by_mobile = "SELECT * FROM accounts WHERE world = :world AND mobile_key = :value ORDER BY cif"

known_cards = Table("known_cards", KnownCard, key=["key"])

past_passwords = Table(
    "past_passwords", PastPassword, key=["number"], indexes=[Index("past_passwords_by_customer", "cif", "number")],
    numbers=number_of("password"),
)  # fmt: skip

passwords_of = "SELECT * FROM past_passwords WHERE world = :world AND cif = :cif ORDER BY number DESC"

registrations = Table(
    "registrations", Registration, key=["id"], indexes=[Index("registrations_by_customer", "cif", "superseded")],
    numbers=lambda _: [("registration", None)],
)  # fmt: skip

live_registrations_of = "SELECT * FROM registrations WHERE world = :world AND cif = :cif AND NOT superseded"

challenges = Table(
    "challenges", Challenge, key=["number"], indexes=[Index("challenges_by_customer", "cif", "number")],
    numbers=number_of("otp"),
)  # fmt: skip

challenges_of = f"""
    SELECT * FROM challenges WHERE world = :world AND cif = :cif ORDER BY number DESC LIMIT {RECENT_CHALLENGES}
"""
challenges_of_step = """
    SELECT * FROM challenges WHERE world = :world AND cif = :cif AND registration = :registration AND channel = :channel
    ORDER BY number DESC
"""
challenges_sent_since = """
    SELECT * FROM challenges WHERE world = :world AND cif = :cif AND NOT failed AND issued_at > :since
    ORDER BY number DESC LIMIT :limit
"""

lockouts = Table("lockouts", Lockout, key=["cif"])

reservations = Table("reservations", Reservation, key=["key"], indexes=[Index("reservations_by_customer", "cif")])

reservations_of = "SELECT * FROM reservations WHERE world = :world AND cif = :cif"

login_sessions = Table("login_sessions", LoginSession, key=["number"], numbers=number_of("login"))
