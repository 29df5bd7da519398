"""The TSG's tables: subjects, sign-up codes, wrong guesses, used nonces, pushes and their tries."""

from simulators.kit.store.table import Index, Table, number_of
from simulators.tsg.records import Push, PushAttempt, SignUpCode, Subject, UsedNonce, WrongGuess

subjects = Table("subjects", Subject, key=["subject_id"], numbers=number_of("emcert"))

every_subject = "SELECT * FROM subjects WHERE world = :world ORDER BY number"

sign_up_codes = Table(
    "sign_up_codes",
    SignUpCode,
    key=["number"],
    indexes=[
        Index("sign_up_codes_by_code", "code", "number"),
        Index("sign_up_codes_by_reference", "external_reference", "number"),
    ],
    numbers=number_of("sign_up"),
)

latest_code = "SELECT * FROM sign_up_codes WHERE world = :world AND code = :code ORDER BY number DESC LIMIT 1"
latest_code_of_reference = """
    SELECT * FROM sign_up_codes
    WHERE world = :world AND external_reference = :external_reference AND service_id = :service_id
    ORDER BY number DESC LIMIT 1
"""

wrong_guesses = Table(
    "wrong_guesses", WrongGuess, key=["number"], indexes=[Index("wrong_guesses_by_time", "at")],
    numbers=number_of("wrong_guess"),
)  # fmt: skip

_RECENT_GUESSES = "SELECT * FROM wrong_guesses WHERE world = :world AND at > :since"
_LATEST_FIRST = "ORDER BY number DESC LIMIT :most"
guesses_of_phone = f"{_RECENT_GUESSES} AND subject_id = :subject_id {_LATEST_FIRST}"
guesses_of_service = f"{_RECENT_GUESSES} AND service_id = :service_id {_LATEST_FIRST}"

used_nonces = Table("used_nonces", UsedNonce, key=["subject_id", "nonce"])

forget_old_nonces = "DELETE FROM used_nonces WHERE world = :world AND subject_id = :subject_id AND until < :now"

pushes = Table("pushes", Push, key=["id"], numbers=number_of("push"))

_LISTED = "id, subject_id, external_reference, receiver, state, attempts, last_status"
"""What lists tell: the credentials of thousands of pushes would fill the memory."""
every_push = f"SELECT {_LISTED} FROM pushes WHERE world = :world ORDER BY number"
count_pushes = "SELECT state, count(*) AS number FROM pushes GROUP BY state ORDER BY state"
held_pushes = "SELECT * FROM pushes WHERE world = :world AND held ORDER BY number"

push_attempts = Table(
    "push_attempts", PushAttempt, key=["push", "number"],
    numbers=lambda attempt: [(f"push-attempt/{attempt.push}", attempt.number)],
)  # fmt: skip

every_attempt = "SELECT * FROM push_attempts WHERE world = :world ORDER BY push, number"
attempts_of_push = "SELECT * FROM push_attempts WHERE world = :world AND push = :push ORDER BY number"
