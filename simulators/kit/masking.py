"""Secrets never reach the journal, a log, the console or a report: their values are replaced here."""

import re
from typing import Any

MASK = "•••"

SECRET_FIELDS = frozenset(
    {
        "accesstoken", "apikey", "authorization", "cardnumber", "confirmpassword", "cvv", "expiry", "expirydate",
        "otp", "password", "pin", "privatekey", "qrpayload", "refreshtoken", "secret", "seed", "signupcode", "token",
    }
)  # fmt: skip

_LONG_DIGITS = re.compile(r"(?<![\w-])\d{4,19}(?![\w-])")


def masked(value: Any, also: frozenset[str] = frozenset()) -> Any:
    """Return a copy of a JSON value in which every secret field, and every field named in ``also``, is masked."""
    if isinstance(value, dict):
        return {key: _masked_field(key, item, also) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, also) for item in value]
    return value


def masked_text(text: str) -> str:
    """Return a message for people with its codes masked: any run of 4 to 19 digits that stands alone."""
    return _LONG_DIGITS.sub(MASK, text)


def masked_email(address: str) -> str:
    """Return ``a•••@example.test`` for ``asha@example.test``."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}{MASK}@{domain}"


def masked_mobile(number: str) -> str:
    """Return ``+91••••••3210`` for ``+919876543210``."""
    return f"{number[:3]}{'•' * max(0, len(number) - 7)}{number[-4:]}"


def masked_name(name: str) -> str:
    """Return ``as•••`` for ``asha.rao``."""
    return f"{name[:2]}{MASK}"


def _masked_field(key: str, value: Any, also: frozenset[str]) -> Any:
    if key in also or key.replace("_", "").replace("-", "").lower() in SECRET_FIELDS:
        return value if value is None or value == "" else MASK
    return masked(value, also) if isinstance(value, dict | list) else value
