"""What a customer sees of an answer: a title, a sentence or two, and whether it went well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orchestrator.flows.branches import Shown, Tone
from orchestrator.flows.branches import branches as every_branch
from registration_sandbox.console.words import count_of, until

ANSWER = "{message}"
"""Stands in what a branch shows for the answer's own message."""

BROKEN_RULES = {
    "MIN_LENGTH": "It is too short.",
    "MAX_LENGTH": "It is too long.",
    "MIN_DIGITS": "It needs a digit.",
    "MIN_SPECIALS": "It needs a special character, as in ! or -.",
    "MIN_ALPHA": "It needs more letters.",
    "MIN_UPPER": "It needs a capital letter.",
    "MIN_LOWER": "It needs a small letter.",
    "DISALLOWED_CHARACTER": "It has a character that is not allowed: a blank, a quotation mark, <, > or \\.",
    "BLACKLISTED": "Too many people use it.",
    "EQUALS_LOGIN_ID": "It is your user id.",
    "CONTAINS_NAME": "It contains your name.",
    "PASSWORD_HISTORY": "You have used it before.",
}


@dataclass(frozen=True)
class Notice:
    """What a customer is told; ``exchange`` leads to why, ``branch`` is the one of the documents that was taken."""

    tone: Tone
    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    exchange: str = ""


def notice(
    branches: tuple[str, ...], message: str, details: Mapping[str, Any], *, went_well: bool, exchange: str = ""
) -> Notice:
    """Return what a customer sees of an answer: by its last branch that shows something, else by its message."""
    seen = next((shown for branch in reversed(branches) if (shown := _find_shown(branch))), None)
    if seen is None:
        seen = Shown("good", message) if went_well else Shown("wait", "That did not work", message)
    message_shown = seen.text.replace(ANSWER, message)
    text = " ".join(part for part in (message_shown, *_list_details(details)) if part)
    points = tuple(BROKEN_RULES.get(str(rule), str(rule)) for rule in _list(details.get("violations")))
    return Notice(seen.tone, seen.title, text, points, branches, exchange)


def _find_shown(id: str) -> Shown | None:
    branch = every_branch().get(id)
    return branch.shown if branch else None


def _list_details(details: Mapping[str, Any]) -> list[str]:
    facts = []
    for masked in ("maskedEmail", "maskedMobile"):
        if details.get(masked):
            facts.append(f"It went to {details[masked]}.")
    if details.get("userId") and "flow" not in details and "•" in str(details["userId"]):
        facts.append(f"Your user id is {details['userId']}.")
    if isinstance(details.get("attemptsLeft"), int) and not facts:
        facts.append(f"{count_of(details['attemptsLeft'], 'attempt')} left.")
    if details.get("retryAfterSeconds") and "resendLeft" not in details:
        facts.append(f"Wait {count_of(int(details['retryAfterSeconds']), 'second')}.")
    if "blockedUntil" in details:
        ends = details["blockedUntil"]
        facts.append(f"The block ends on {until(str(ends))}." if ends else "Visit a branch of the bank.")
    return facts


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
