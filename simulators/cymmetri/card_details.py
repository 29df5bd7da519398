"""What a customer types of a card (web registration, step 7): whether it can be a card's details at all."""

import re
from typing import Any

from simulators.kit.errors import Flaw

_LAST_FOUR = re.compile(r"[0-9]{4}")
_EXPIRY = re.compile(r"(0[1-9]|1[0-2])[0-9]{2}")
_PIN = re.compile(r"[0-9]{4,6}")
_CVV = re.compile(r"[0-9]{3,4}")

_FORMS = {
    "cardLast4": (_LAST_FOUR, "must be the last four digits of the card number"),
    "expiry": (_EXPIRY, "must be month and year as MMYY, with a month from 01 to 12"),
    "pin": (_PIN, "must have four to six digits"),
    "cvv": (_CVV, "must have three or four digits"),
}


def find_flaw(details: Any, proof: str) -> Flaw | None:
    """Return the first field that cannot be a card's detail; ``proof`` is ``pin`` or ``cvv``, which must be there."""
    for field in ("cardLast4", "expiry", proof):
        form, message = _FORMS[field]
        typed = getattr(details, field)
        if typed is None:
            return Flaw(field, f"is missing: {details.mfaType} is verified with it")
        if not form.fullmatch(typed):
            return Flaw(field, message)
    return None
