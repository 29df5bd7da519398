"""Headers as the journal keeps them: a bounded number of bounded length, with what they entitle to masked."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from simulators.kit.masking import LONGEST_NAME, MASK, is_secret, mask_card_numbers

MOST_HEADERS = 40
"""The most headers that are kept of a request, and of an answer."""

LONGEST_VALUE = 1024
"""Characters that are kept of a value; a longer one ends in an ellipsis."""

LONGEST_REMEMBERED = 200
"""Characters of a value that is looked at once and remembered."""

CUT = "…"
SCHEMED = frozenset({"authorization", "proxy-authorization"})
"""Headers whose first word, the scheme, is no secret (RFC 9110, section 11.4)."""

SECRET_HEADERS = frozenset(
    {
        "x-envoy-original-path", "x-forwarded-uri", "x-original-path", "x-original-uri", "x-original-url",
        "x-request-uri", "x-rewrite-url",
    }
)  # fmt: skip
"""Headers in which proxies repeat a path, which may have a secret in it."""

SECRET_WORDS = (
    "assertion", "auth", "authentication", "authorization", "bearer", "cookie", "cookie2", "credential", "credentials",
    "cvv", "cvv2", "dpop", "jwt", "key", "otp", "passcode", "passphrase", "passwd", "password", "pin", "pincode",
    "secret", "session", "sessionid", "signature", "token",
)  # fmt: skip
"""A header is secret if a word of its name ends in one of these: ``X-Auth-Token``, ``X-AuthToken``."""

NO_SECRETS = frozenset({"idempotency-key", "sec-websocket-key"})

_OF_WSGI = {"CONTENT_TYPE": "Content-Type", "CONTENT_LENGTH": "Content-Length"}


def read_request_headers(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of a WSGI request as the journal keeps them; one that came more than once is one."""
    kept: dict[str, str] = {}
    for key, value in environ.items():
        found = _find_request_header(key) if len(key) <= LONGEST_NAME else None
        if found is not None and value:
            name, keep = found
            kept[name] = keep(value)
    return kept if len(kept) <= MOST_HEADERS else dict(islice(kept.items(), MOST_HEADERS))


def keep_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers as the journal keeps them; of those beyond ``MOST_HEADERS`` nothing is kept."""
    first = headers.items() if len(headers) <= MOST_HEADERS else islice(headers.items(), MOST_HEADERS)
    return {name: _find_keeper(name)(value) for name, value in first if len(name) <= LONGEST_NAME}


@lru_cache(maxsize=1024)
def _find_request_header(key: str) -> tuple[str, Callable[[str], str]] | None:
    """Return the usual spelling of a header by its key in a WSGI environment, and how its value is kept."""
    name = key[5:].replace("_", "-").title() if key.startswith("HTTP_") else _OF_WSGI.get(key)
    return None if name is None else (name, _find_keeper(name))


@lru_cache(maxsize=1024)
def _find_keeper(name: str) -> Callable[[str], str]:
    """Return what makes of a header's value what is kept of it."""
    lowered = name.lower()
    if lowered in SCHEMED:
        return _mask_all_but_scheme
    if lowered == "baggage":
        return _mask_members
    if lowered == "referer":
        return _mask_all_but_origin
    hidden = (
        lowered in SECRET_HEADERS
        or is_secret(lowered.removeprefix("x-"))
        or any(word.endswith(SECRET_WORDS) for word in lowered.split("-"))
    )
    return _mask_all if hidden and lowered not in NO_SECRETS else _keep_plain


def _mask_all(value: str) -> str:
    return MASK if value else ""


def _mask_all_but_scheme(value: str) -> str:
    scheme, _, rest = value.partition(" ")
    return f"{scheme} {MASK}" if rest else MASK


def _mask_all_but_origin(value: str) -> str:
    """Return where an address is, without its path: it may be one that has a secret in it, as proxies' headers have."""
    scheme, is_address, rest = value.partition("://")
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2]
    return _keep_plain(f"{scheme}://{host}/{MASK}") if is_address else _mask_all(value)


def _mask_members(value: str) -> str:
    """Mask the values of the secret members of a list of ``name=value`` (W3C Baggage, section 3.1)."""
    members = [member.partition("=") for member in value.split(",")]
    masked = [f"{name}={MASK}" if is_secret(name.strip()) else name + is_ + rest for name, is_, rest in members]
    return _keep_plain(",".join(masked))


def _keep_plain(value: str) -> str:
    return _remember_clean(value) if len(value) <= LONGEST_REMEMBERED else _clean(value)


def _clean(value: str) -> str:
    """Return a value without the secrets that may be in it: those of an address, as in Location, and card numbers."""
    if "?" in value and (value.startswith("/") or "://" in value):
        value = f"{value.partition('?')[0]}?{MASK}"
    value = mask_card_numbers(value)
    return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + CUT


_remember_clean = lru_cache(maxsize=1024)(_clean)
"""Most values come with every request of a client: who it is, what it accepts."""
