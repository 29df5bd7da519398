"""What the TSG keeps: subjects, sign-up codes, wrong guesses, used nonces, pushes."""

from sqlalchemy import delete

from simulators.kit.tables import Boolean, Column, Index, Integer, MetaData, Table, Text, given, select

metadata = MetaData()

subjects = Table(
    "subjects", metadata,
    Column("world", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("os", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("valid_until", Text, nullable=False),
)  # fmt: skip

every_subject = select(subjects).where(subjects.c.world == given("world")).order_by(subjects.c.number)

sign_up_codes = Table(
    "sign_up_codes", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("service_id", Text, nullable=False),
    Column("external_reference", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("claimed_by", Text),
    Index("sign_up_codes_by_code", "world", "code", "number"),
)  # fmt: skip

latest_code = (
    select(sign_up_codes)
    .where(sign_up_codes.c.world == given("world"), sign_up_codes.c.code == given("code"))
    .order_by(sign_up_codes.c.number.desc())
    .limit(1)
)

wrong_guesses = Table(
    "wrong_guesses", metadata,
    Column("world", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("subject_id", Text, nullable=False),
    Column("service_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("wrong_guesses_by_time", "world", "at"),
)  # fmt: skip

_lately = (
    select(wrong_guesses)
    .where(wrong_guesses.c.world == given("world"), wrong_guesses.c.at > given("since"))
    .order_by(wrong_guesses.c.number.desc())
    .limit(given("most"))
)
guesses_of_phone = _lately.where(wrong_guesses.c.subject_id == given("subject_id"))
guesses_of_service = _lately.where(wrong_guesses.c.service_id == given("service_id"))

used_nonces = Table(
    "used_nonces", metadata,
    Column("world", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("nonce", Text, primary_key=True),
    Column("until", Text, nullable=False),
)  # fmt: skip

forget_old_nonces = delete(used_nonces).where(
    used_nonces.c.world == given("world"),
    used_nonces.c.subject_id == given("subject_id"),
    used_nonces.c.until < given("now"),
)

pushes = Table(
    "pushes", metadata,
    Column("world", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("service_id", Text, nullable=False),
    Column("external_reference", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("traceparent", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_status", Integer),
    Column("held", Boolean, nullable=False),
    Column("reordered", Boolean, nullable=False),
)  # fmt: skip

every_push = select(pushes).where(pushes.c.world == given("world")).order_by(pushes.c.number)
held_pushes = every_push.where(pushes.c.held)
