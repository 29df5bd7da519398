"""How a system's own words become those of the vocabulary."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from registration_sandbox.drivers.protocols import NoAnswer, UnknownWord
from registration_sandbox.drivers.vocabulary import BrokenRule, Field, Proof, Reason
from registration_sandbox.drivers.wire import Reply

Meaning = TypeVar("Meaning")

CYMMETRI_REASONS = {
    "USER_NOT_FOUND": Reason.USER_NOT_FOUND,
    "USER_BLOCKED": Reason.BLOCKED,
    "VALIDATION_FAILED": Reason.MALFORMED,
    "UPSTREAM_UNAVAILABLE": Reason.TRY_LATER,
    "EMAIL_NOT_REGISTERED": Reason.NO_EMAIL,
    "MOBILE_NOT_REGISTERED": Reason.NO_MOBILE,
    "OTP_NOT_SENT": Reason.CODE_NOT_SENT,
    "CUSTOMER_NOT_ELIGIBLE": Reason.NOT_ELIGIBLE,
    "TOO_MANY_CODES": Reason.TOO_MANY_CODES,
    "IDENTITY_AMBIGUOUS": Reason.SHARED_CONTACT,
    "INVALID_OTP": Reason.WRONG_CODE,
    "OTP_EXPIRED": Reason.CODE_EXPIRED,
    "UNAUTHORIZED": Reason.TOKEN_REJECTED,
    "SESSION_EXPIRED": Reason.TIMED_OUT,
    "STEP_OUT_OF_ORDER": Reason.OUT_OF_ORDER,
    "NOT_FOUND": Reason.NO_SUCH_PAGE,
    "RESEND_TOO_SOON": Reason.TOO_SOON,
    "RESEND_LIMIT_REACHED": Reason.NO_MORE_CODES,
    "AUTHENTICATION_FAILED": Reason.WRONG_CARD,
    "FACTOR_NOT_AVAILABLE": Reason.PROOF_NOT_POSSIBLE,
    "USER_ID_ALREADY_EXISTS": Reason.USER_ID_TAKEN,
    "INVALID_USER_ID": Reason.BAD_USER_ID,
    "PASSWORD_POLICY_VIOLATION": Reason.BAD_PASSWORD,
    "PASSWORD_MISMATCH": Reason.PASSWORDS_DIFFER,
    "INVALID_CREDENTIALS": Reason.WRONG_CREDENTIALS,
}
"""Cymmetri's reasons, without the prefix of the service that gives them."""

CHANNEL_REASONS = CYMMETRI_REASONS | {
    "NOT_LOGGED_IN": Reason.NOT_LOGGED_IN,
    "NOT_YOUR_REGISTRATION": Reason.NOT_THEIRS,
    "UNKNOWN_REGISTRATION": Reason.STATUS_FIRST,
    "ACTION_NOT_ALLOWED": Reason.TOO_EARLY,
    "CONTACT_NOT_REGISTERED": Reason.OTHER_CONTACT,
    "SIGN_UP_BEGUN_AGAIN": Reason.BEGUN_AGAIN,
    "SIGN_UP_COMPLETED": Reason.ALREADY_COMPLETED,
    "IDEMPOTENCY_KEY_REUSED": Reason.NUMBER_USED,
    "DEVICE_LIMIT_REACHED": Reason.TOO_MANY_PHONES,
    "DEVICE_REVOKED": Reason.PHONE_REVOKED,
    "DEVICE_NOT_REGISTERED": Reason.PHONE_NOT_REGISTERED,
    "DEVICE_OF_ANOTHER_USER": Reason.PHONE_OF_ANOTHER,
    "UNDOCUMENTED_ANSWER": Reason.UNKNOWN_ANSWER,
}
"""The codes of the channel API's problems, and of those that it relays."""

PHONE_REASONS = {
    "UPSTREAM_UNAVAILABLE": Reason.TRY_LATER,
    "SIGN_UP_CODE_INVALID": Reason.WRONG_SIGN_UP_CODE,
    "SIGN_UP_CODE_EXPIRED": Reason.SIGN_UP_CODE_EXPIRED,
    "SIGN_UP_CODE_USED": Reason.SIGN_UP_CODE_USED,
    "TOO_MANY_ATTEMPTS": Reason.TOO_MANY_ATTEMPTS,
    "SUBJECT_REVOKED": Reason.PHONE_REVOKED,
    "PROOF_NOT_ACCEPTED": Reason.PHONE_NOT_PROVEN,
    "VALIDATION_FAILED": Reason.MALFORMED,
}
"""What the app's SDK reports of a sign-up code."""

UNDOCUMENTED = "undocumented-answer"
"""The code of a problem whose ``upstream_code`` the middleware does not know either."""

BROKEN_RULES = {
    "MIN_LENGTH": BrokenRule.TOO_SHORT,
    "MAX_LENGTH": BrokenRule.TOO_LONG,
    "MIN_DIGITS": BrokenRule.FEW_DIGITS,
    "MIN_SPECIALS": BrokenRule.FEW_SPECIALS,
    "MIN_ALPHA": BrokenRule.FEW_LETTERS,
    "MIN_UPPER": BrokenRule.FEW_CAPITALS,
    "MIN_LOWER": BrokenRule.FEW_SMALL_LETTERS,
    "DISALLOWED_CHARACTER": BrokenRule.BAD_CHARACTER,
    "BLACKLISTED": BrokenRule.EVERYBODYS,
    "EQUALS_LOGIN_ID": BrokenRule.USER_ID,
    "CONTAINS_NAME": BrokenRule.NAME,
    "PASSWORD_HISTORY": BrokenRule.USED_BEFORE,
    "NOT_THE_VALIDATED_ONE": BrokenRule.NOT_VALIDATED,
}

PROOFS = {"DEBIT_CARD": Proof.DEBIT_CARD, "CREDIT_CARD": Proof.CREDIT_CARD}

FIELDS = {
    "deviceId": Field.BROWSER,
    "id": Field.IDENTITY,
    "type": Field.IDENTITY_KIND,
    "cardNumber": Field.CARD_NUMBER,
    "otp": Field.CODE,
    "cardLast4": Field.LAST_DIGITS,
    "expiry": Field.EXPIRY,
    "pin": Field.PIN,
    "cvv": Field.SECURITY_CODE,
}

CONTACT_CHANGED = "CONTACT_CHANGED"
"""Beside OTP_EXPIRED: why the code no longer holds."""


def meaning(words: Mapping[str, Meaning], word: Any, of: str) -> Meaning:
    """Return what a word means. Raises UnknownWord with the word, and what it was to be."""
    if isinstance(word, str) and word in words:
        return words[word]
    near = get_close_matches(str(word), words, n=1)
    hint = f". Did it mean {near[0]}?" if near else ""
    raise UnknownWord(f"{word!r} is no {of} that the driver knows{hint}")


def meanings(words: Mapping[str, Meaning], found: Any, of: str) -> tuple[Meaning, ...]:
    """Return what a list of words means. Raises UnknownWord."""
    if not isinstance(found, Iterable) or isinstance(found, str):
        raise UnknownWord(f"{found!r} is no list of {of}s")
    return tuple(meaning(words, word, of) for word in found)


def reason_of(reply: Reply, words: Mapping[str, Reason], *, refused: bool | None = None) -> Reason | None:
    """Return why a request was refused, ``None`` where it was not. Raises UnknownWord, and NoAnswer for no JSON.

    The reason is the problem's ``upstream_code``, its ``code``, or the end of its ``type`` (RFC 9457); the fakes'
    ``errorCode`` or ``error``. ``refused`` says that it was, where the status does not tell.
    """
    if not (reply.refused if refused is None else refused):
        return None
    if not reply.body:
        raise NoAnswer(f"a refusal that says nothing readable: {reply}")
    body = reply.body
    keys = ("code",) if body.get("code") == UNDOCUMENTED else ("upstream_code", "code", "errorCode", "error")
    named = next((body[key] for key in keys if body.get(key)), None)
    if named is None:
        named = str(body.get("type", "")).replace("#", "/").replace(":", "/").rpartition("/")[2]
    spelt = str(named).rpartition(".")[2].upper().replace("-", "_")
    reason = words.get(spelt) or meaning(words, named, "reason")
    facts = body.get("errorMeta") or body.get("details") or {}
    changed = reason is Reason.CODE_EXPIRED and facts.get("reason") == CONTACT_CHANGED
    return Reason.CONTACT_CHANGED if changed else reason
