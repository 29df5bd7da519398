"""Headers as the journal keeps them: a bounded number of bounded length, with what they entitle to masked."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from simulators.kit.masking import LONGEST_NAME, MASK, mask_card_numbers

MOST_HEADERS = 40
"""The most headers that are kept of a request, and of an answer."""

LONGEST_VALUE = 1024
"""Characters that are kept of a value; a longer one ends in an ellipsis."""

LONGEST_REMEMBERED = 200
"""Characters of a value that is looked at once and remembered."""

CUT = "…"
SCHEMED = frozenset({"authorization", "proxy-authorization"})
"""Headers whose first word, the scheme, is no secret (RFC 9110, section 11.4)."""

SECRET_HEADERS = frozenset({"x-original-uri", "x-original-url", "x-rewrite-url", "x-forwarded-uri"})
"""Headers in which proxies repeat a path, which may have a secret in it."""

SECRET_WORDS = frozenset(
    {
        "apikey", "auth", "authorization", "cookie", "cookie2", "credential", "credentials", "cvv", "jwt", "key", "otp",
        "password", "passwd", "pin", "secret", "session", "signature", "token",
    }
)  # fmt: skip
"""A header that has one of these among the words of its name is secret."""

NO_SECRETS = frozenset({"idempotency-key", "sec-websocket-key"})

_OF_WSGI = {"CONTENT_TYPE": "Content-Type", "CONTENT_LENGTH": "Content-Length"}


def read_request_headers(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of a WSGI request as the journal keeps them; one that came more than once is one."""
    kept: dict[str, str] = {}
    for key, value in environ.items():
        name = _name_header(key)
        if name and value and len(kept) < MOST_HEADERS:
            kept[name] = _keep_value(name, value)
    return kept


def keep_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers as the journal keeps them; of those beyond ``MOST_HEADERS`` nothing is kept."""
    return {
        name: _keep_value(name, value) for name, value in islice(headers, MOST_HEADERS) if len(name) <= LONGEST_NAME
    }


def _keep_value(name: str, value: str) -> str:
    if _is_secret(name):
        scheme, _, rest = value.partition(" ")
        return f"{scheme} {MASK}" if rest and name.lower() in SCHEMED else MASK
    return _remember_plain(value) if len(value) <= LONGEST_REMEMBERED else _make_plain(value)


def _make_plain(value: str) -> str:
    """Return the value of a header that is no secret, without the secrets that may be in it."""
    if "?" in value and (value.startswith("/") or "://" in value):  # an address, as in Referer
        value = f"{value.partition('?')[0]}?{MASK}"
    value = mask_card_numbers(value)
    return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + CUT


_remember_plain = lru_cache(maxsize=1024)(_make_plain)
"""Most values come with every request of a client: who it is, what it accepts."""


@lru_cache(maxsize=1024)
def _name_header(key: str) -> str | None:
    """Return the usual spelling of a header by its key in a WSGI environment; None where it is no header's."""
    if len(key) > LONGEST_NAME or not key.startswith("HTTP_"):
        return _OF_WSGI.get(key)
    return key[5:].replace("_", "-").title()


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    lowered = name.lower()
    return lowered not in NO_SECRETS and (lowered in SECRET_HEADERS or not SECRET_WORDS.isdisjoint(lowered.split("-")))
