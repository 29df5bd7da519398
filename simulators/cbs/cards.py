"""Payment cards: when one has expired, and whether what a customer says of it is right."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

CardType = Literal["DEBIT", "CREDIT"]
CardStatus = Literal["active", "hotlisted", "expired"]

SHORTEST_NUMBER, LONGEST_NUMBER = 12, 19
"""Digits of a card number (ISO/IEC 7812-1)."""


class Card(Struct):
    """A card as kept: ``expiry`` is MMYY, ``status`` what the bank set, ``rank`` its place among its holder's cards."""

    card_id: str
    cif: str
    rank: int
    type: CardType
    number: str
    expiry: str
    pin: str | None
    cvv: str | None
    status: CardStatus

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def masked_number(self) -> str:
        return f"•••• •••• •••• {self.last4}"


@dataclass(frozen=True)
class Details:
    """What a customer says of a card; ``secret`` is the PIN of a debit card, the CVV of a credit card."""

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


def expired(expiry: str, now: datetime) -> bool:
    """Tell whether the month MMYY, the last in which a card is good, has passed (in UTC)."""
    today = now.astimezone(UTC)
    return (today.year, today.month) > (2000 + int(expiry[2:]), int(expiry[:2]))


def status_at(card: Card, now: datetime) -> CardStatus:
    """Return a card's status at an instant: an active one expires by itself."""
    return "expired" if card.status == "active" and expired(card.expiry, now) else card.status


def verdict(cards: Sequence[Card], said: Details, now: datetime) -> Verdict:
    """Judge what is said of one of a customer's cards. Only right details are told what is amiss with the card."""
    meant = [card for card in cards if card.type == said.type and card.last4 == said.last4]
    if not meant:
        return NO_SUCH_CARD
    right = [card for card in meant if _fits(card, said)]
    if not right:
        return WRONG
    return {"active": RIGHT, "hotlisted": HOTLISTED, "expired": EXPIRED}[status_at(right[0], now)]


def _fits(card: Card, said: Details) -> bool:
    """Compare expiry and secret in a time that does not tell which of them is wrong, or how nearly."""
    secret = card.pin if card.type == "DEBIT" else card.cvv
    same_expiry = hmac.compare_digest(card.expiry.encode(), said.expiry.encode())
    same_secret = hmac.compare_digest((secret or "").encode(), said.secret.encode())
    return same_expiry & same_secret & (secret is not None)
