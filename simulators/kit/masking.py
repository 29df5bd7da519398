"""Secrets never reach a log or a report, nor a journal unless its world is unmasked: their values are replaced here."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

MASK = "•••"

SECRET_FIELDS = frozenset(
    {
        "accesstoken", "apikey", "authorization", "cardnumber", "confirmpassword", "cvv", "expiry", "expirydate",
        "otp", "password", "pin", "privatekey", "qrpayload", "refreshtoken", "secret", "seed", "signupcode", "token",
        "xapikey",
    }
)  # fmt: skip

OWN_SECRETS = frozenset({"apikey", "authorization", "privatekey", "secret", "seed", "xapikey"})
"""Those of the secret fields that entitle to something beyond the simulated people: masked in every world."""

LONGEST_NAME = 100
"""Characters of a field's name that is looked up: none of a secret is longer, and callers send names of any length."""

CARD_NUMBERS = range(10**12, 10**19)
"""The whole numbers of as many digits as a card number has."""

_BETWEEN_NAMES = re.compile(r"[][.]+")
"""What stands between the names of a field within others, as in ``user[password]`` or ``user.password``."""

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_CARD_NUMBER = re.compile(r"(?<![\w.+-])[0-9](?:[ -]?[0-9]){12,18}(?![\w-])")
"""13 to 19 digits that stand alone, grouped or not; a telephone number with its plus is none (ISO/IEC 7812-1)."""


def mask(value: Any, also: frozenset[str] = frozenset()) -> Any:
    """Return a copy of a JSON value in which secrets are masked.

    These are every secret field, every field named in ``also``, and a full card number wherever it was put, as a
    number or as a field's name, too.
    """
    if isinstance(value, str):
        return mask_card_numbers(value)
    if isinstance(value, int) and value in CARD_NUMBERS:
        return MASK if mask_card_numbers(str(value)) == MASK else value
    if isinstance(value, dict):
        return {
            mask_card_numbers(key): mask(item, also) if item is None or item == "" or not is_secret(key, also) else MASK
            for key, item in value.items()
        }
    return [mask(item, also) for item in value] if isinstance(value, list) else value


def mask_own_secrets(value: Any) -> Any:
    """Return a copy of a JSON value as an unmasked world's journal keeps it: only keys and the like are masked."""
    if isinstance(value, dict):
        return {
            key: mask_own_secrets(item) if not item or not _names_one(key, OWN_SECRETS) else MASK
            for key, item in value.items()
        }
    return [mask_own_secrets(item) for item in value] if isinstance(value, list) else value


def mask_path(template: str, parameters: Mapping[str, Any], query: str, also: frozenset[str] = frozenset()) -> str:
    """Return a request's path and query in which the values of secret parameters are masked.

    ``template`` is the path of the operation, as in ``/tsg/sign_up/<sign_up_code>``.
    """
    path = _PARAMETER.sub(lambda each: MASK if is_secret(each[1], also) else str(parameters[each[1]]), template)
    members = [member.partition("=") for member in query.split("&")]
    masked = [f"{name}={MASK}" if is_secret(unquote_plus(name), also) else name + is_ + value
            for name, is_, value in members]  # fmt: skip
    return mask_card_numbers(path + ("?" + "&".join(masked) if query else ""))


def mask_card_numbers(text: str) -> str:
    """Return a text with its full card numbers masked."""
    return _CARD_NUMBER.sub(_mask_card_number, text) if len(text) > 12 else text


def mask_email(address: str) -> str:
    """Return ``a•••@example.test`` for ``asha@example.test``."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}{MASK}@{domain}"


def mask_mobile(number: str) -> str:
    """Return ``+91••••••3210`` for ``+919876543210``; four digits at least are hidden, of a short number all."""
    shown = min(7, max(0, len(number) - 4))
    last = min(4, shown)
    return f"{number[: shown - last]}{'•' * (len(number) - shown)}{number[len(number) - last :]}"


def mask_name(name: str) -> str:
    """Return ``as•••`` for ``asha.rao``; of a short name less is shown, never more than half."""
    return f"{name[: min(2, len(name) // 2)]}{MASK}"


def is_secret(name: str, also: frozenset[str] = frozenset()) -> bool:
    """Return whether a field of that name is secret, in whatever letter case and with whatever between its words.

    Of a name that is a path, as in ``user[password]``, each part counts.
    """
    return _names_one(name, SECRET_FIELDS, also)


def _names_one(name: str, fields: frozenset[str], also: frozenset[str] = frozenset()) -> bool:
    return len(name) <= LONGEST_NAME and _is_among(name, fields, also)


@lru_cache(maxsize=1024)
def _is_among(name: str, fields: frozenset[str], also: frozenset[str]) -> bool:
    return any(part in also or _normalize(part) in fields for part in (name, *_BETWEEN_NAMES.split(name)))


def _normalize(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _mask_card_number(match: re.Match[str]) -> str:
    """Mask a number whose check digit is that of a card number (ISO/IEC 7812-1, annex B)."""
    digits = [int(digit) for digit in reversed(match[0]) if digit.isdigit()]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return MASK if (sum(digits[::2]) + doubled) % 10 == 0 else match[0]
