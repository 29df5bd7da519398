"""The middleware's tables: registrations with their history, sign-ups, pushes, and answers by Idempotency-Key."""

from orchestrator.records import AnswerRow, PushRow, Registration, SignUpRow, StatusChange
from simulators.kit.store.table import Index, Table

registrations = Table("registrations", Registration, key=["id"], numbers=Registration.numbers)

registration_status = "SELECT status FROM registrations WHERE world = :world AND id = :id"
all_registrations = "SELECT * FROM registrations WHERE world = :world ORDER BY created_at DESC, id"

history = Table(
    "history", StatusChange, key=["registration", "number"],
    numbers=lambda change: [(f"history/{change.registration}", change.number)],
)  # fmt: skip

history_of = "SELECT * FROM history WHERE world = :world AND registration = :registration ORDER BY number"
whole_history = "SELECT * FROM history WHERE world = :world ORDER BY registration, number"

sign_ups = Table(
    "sign_ups", SignUpRow, key=["external_reference"], indexes=[Index("sign_ups_by_device", "em_cert_id")]
)  # fmt: skip

sign_ups_of_device = "SELECT * FROM sign_ups WHERE world = :world AND em_cert_id = :em_cert_id"

pushes = Table("pushes", PushRow, key=["id"])
answers = Table("answers", AnswerRow, key=["key"], indexes=[Index("answers_by_expiry", "expires_at")])

forget_expired_answers = """
    DELETE FROM answers WHERE world = :world AND expires_at <= :now AND (status IS NOT NULL OR leased_until < :wall)
"""
