"""Payment cards: when one has expired, and whether what a customer says of it is right."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from simulators.cbs.records import Card, CardStatus, CardType

SHORTEST_NUMBER, LONGEST_NUMBER = 12, 19
"""Digits of a card number (ISO/IEC 7812-1)."""


@dataclass(frozen=True)
class Details:
    """The details of a card that a customer gives; ``secret`` is the PIN of a debit card, the CVV of a credit card."""

    type: CardType
    last4: str
    expiry: str
    secret: str


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: a response code (ISO 8583, field 39) and what it means."""

    code: str
    description: str | None = None


RIGHT = Verdict("00")
NO_SUCH_CARD = Verdict("14", "The customer has no such card.")
HOTLISTED = Verdict("43", "The card is hotlisted.")
EXPIRED = Verdict("54", "The card has expired.")
WRONG = Verdict("55", "The card details are wrong.")


def card_number(text: str) -> str | None:
    """Return the digits of a card number written with or without spaces or hyphens; ``None`` if it is none."""
    digits = "".join(text.split()).replace("-", "")
    fits = digits.isascii() and digits.isdigit() and SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER
    return digits if fits else None


def is_expired(expiry: str, now: datetime) -> bool:
    """Tell whether the month MMYY, the last in which a card is valid, has passed (in UTC)."""
    today = now.astimezone(UTC)
    return (today.year, today.month) > (2000 + int(expiry[2:]), int(expiry[:2]))


def status_at(card: Card, now: datetime) -> CardStatus:
    """Return a card's status at an instant: an active one expires by itself."""
    return "expired" if card.status == "active" and is_expired(card.expiry, now) else card.status


def judge(cards: Sequence[Card], given: Details, now: datetime) -> Verdict:
    """Judge the details of one of a customer's cards. Only right details are told what is wrong with the card."""
    meant = [card for card in cards if card.type == given.type and card.last4 == given.last4]
    if not meant:
        return NO_SUCH_CARD
    right = [card for card in meant if _fits(card, given)]
    if not right:
        return WRONG
    return {"active": RIGHT, "hotlisted": HOTLISTED, "expired": EXPIRED}[status_at(right[0], now)]


def _fits(card: Card, given: Details) -> bool:
    """Compare expiry and secret in a time that does not tell which of them is wrong, or how nearly."""
    secret = card.pin if card.type == "DEBIT" else card.cvv
    same_expiry = hmac.compare_digest(card.expiry.encode(), given.expiry.encode())
    same_secret = hmac.compare_digest((secret or "").encode(), given.secret.encode())
    return same_expiry & same_secret & (secret is not None)
