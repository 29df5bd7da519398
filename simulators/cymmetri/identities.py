"""Who a customer says to be at check identity (web registration, step 1), in the spelling that is compared."""

import re
from dataclasses import dataclass
from typing import Literal

from simulators.kit.errors import Flaw
from simulators.kit.seeds import derive
from simulators.kit.wire.contacts import email_address, mobile_number

IdentityType = Literal["CIF", "MOBILE", "EMAIL", "CARD"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_CARD = re.compile(r"[0-9]{12,19}")
"""Digits of a card number (ISO/IEC 7812-1)."""


@dataclass(frozen=True)
class Identity:
    """An identity: a CIF, a mobile in E.164, an email in lower case, or a card number in digits."""

    type: IdentityType
    value: str


def identify(type: IdentityType, id: str | None, card_number: str | None) -> Identity | Flaw:
    """Return the identity that a request names, or the field that is wrong with it."""
    field, given = ("cardNumber", card_number) if type == "CARD" else ("id", id)
    text = (given or "").strip()
    if not text:
        return Flaw(field, f"is missing: a customer is found by it when type is {type}")
    if type == "CARD":
        digits = text.replace(" ", "").replace("-", "")
        return Identity(type, digits) if is_card_number(digits) else Flaw(field, "is no card number")
    if type == "MOBILE":
        number = mobile_number(text)
        return Identity(type, number) if number else Flaw(field, "is no telephone number")
    if type == "EMAIL":
        return Identity(type, email_address(text)) if _EMAIL.fullmatch(text) else Flaw(field, "is no email address")
    return Identity(type, text)


def is_card_number(digits: str) -> bool:
    """Tell whether digits have a card number's length and check digit (ISO/IEC 7812-1, annex B)."""
    if not _CARD.fullmatch(digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card_key(origin: str, number: str) -> str:
    """Return what a card number is known by here: Cymmetri keeps none, only this keyed hash of it."""
    return derive(origin, "card", number).hex()
