"""What Cymmetri tells beside its reasons, as a person sees it; the channel API passes it on by the same names."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registration_sandbox.drivers import words
from registration_sandbox.drivers.protocols import UnknownWord
from registration_sandbox.drivers.wire import Reply


def facts_of(facts: Mapping[str, Any], reply: Reply) -> dict[str, Any]:
    """Return the fields of ``Seen`` that the facts of an answer fill. Raises UnknownWord."""
    named = facts.get("field") or reply.body.get("field")
    return {
        "message": _message(reply),
        "everything": reply.text,
        "attempts_left": facts.get("attemptsLeft"),
        "resends_left": facts.get("resendLeft"),
        "code_length": facts.get("otpLength"),
        "code_minutes": facts.get("expInMinute"),
        "block_ends": _instant(facts.get("blockedUntil")),
        "retry_after": _wait(facts, reply),
        "later": reply.retry_after is not None,
        "masked_email": facts.get("maskedEmail"),
        "masked_mobile": facts.get("maskedMobile"),
        "proofs": words.meanings(words.PROOFS, facts["factors"], "proof") if "factors" in facts else None,
        "user_id": facts.get("userId"),
        "broken_rules": words.meanings(words.BROKEN_RULES, facts.get("violations", ()), "rule for passwords"),
        "field": words.meaning(words.FIELDS, named, "field") if named in words.FIELDS else None,
        "phones": tuple(map(str, facts.get("devices", ()))),
    }


def _message(reply: Reply) -> str:
    """Return the text for the person: the problem's, the last outcome's, or the envelope's."""
    outcome = reply.body.get("last_outcome")
    told = outcome.get("message") if isinstance(outcome, dict) else None
    return str(reply.body.get("detail") or told or reply.body.get("message") or "")


def _wait(facts: Mapping[str, Any], reply: Reply) -> int | None:
    """Return the seconds to wait, as the facts or the header of an answer tell them. Raises UnknownWord.

    The two may differ by the second that a system rounds away.
    """
    told, header = facts.get("retryAfterSeconds"), reply.retry_after
    if not told:
        return header
    if not isinstance(told, int):
        raise UnknownWord(f"{told!r} is no number of seconds to wait")
    if header is not None and abs(header - told) > 1:
        raise UnknownWord(f"to wait is told to be {told} and {header} seconds")
    return told


def _instant(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as error:
        raise UnknownWord(f"{value!r} is no time at which a block ends") from error
