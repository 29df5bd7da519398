"""What a setting may be: each is read from the environment, or refused by its name."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from urllib.parse import urlsplit

WEBHOOK_SECRET_PREFIX = "whsec_"  # noqa: S105
EVERY = "*"
MTLS = ("off", "optional", "required")

_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")


class BadSetting(Exception):
    """A setting that cannot be used: which one, what is wrong with it, and what would do."""


def number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise BadSetting(f"{name} is {text!r}; it must be a whole number from 1 to {most}.")
    return int(text)


def duration_or_never(environment: Mapping[str, str], name: str, default: timedelta | None) -> timedelta | None:
    """Return a length of time; none for ``never``."""
    import msgspec  # here, so that the command line starts without it

    text = environment.get(name)
    if not text:
        return default
    if text.lower() == "never":
        return None
    try:
        found = msgspec.convert(text.upper(), timedelta)
    except msgspec.ValidationError:
        found = timedelta()
    if found <= timedelta():
        raise BadSetting(f"{name} is {text!r}; it must be an ISO 8601 duration like P7D, or never.")
    return found


def url(name: str, text: str, schemes: tuple[str, ...] = ("http", "https"), like: str = "http://127.0.0.1:9000") -> str:
    """Return a URL without a slash at its end."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in schemes and parts.hostname is not None and parts.port != 0
    except ValueError:  # a bad port, or half an IPv6 address
        fits = False
    if not fits or not is_visible(text):
        raise BadSetting(f"{name} is {text!r}; it must be a URL like {like}.")
    return text.rstrip("/")


def otlp_endpoint(environment: Mapping[str, str]) -> str | None:
    """Return the URL that spans are exported to. Raises BadSetting also where what exports them is not installed."""
    name = "SANDBOX_OTLP_ENDPOINT"
    text = environment.get(name)
    if not text:
        return None
    try:
        is_there = find_spec("opentelemetry.exporter.otlp.proto.http") and find_spec("opentelemetry.sdk.trace")
    except ModuleNotFoundError:
        is_there = None
    if not is_there:
        raise BadSetting(f"{name} needs the extra otlp: install registration-sandbox[otlp].")
    return url(name, text, like="http://127.0.0.1:4318")


def mtls(environment: Mapping[str, str], *, tls: bool) -> str:
    """Return whether institutions must present a client's certificate to the TSG: off, optional or required."""
    found = (environment.get("SANDBOX_MTLS") or MTLS[0]).lower()
    if found not in MTLS:
        raise BadSetting(f"SANDBOX_MTLS is {found!r}; it must be one of {', '.join(MTLS)}.")
    if found != MTLS[0] and not tls:
        raise BadSetting(f"SANDBOX_MTLS={found} needs TLS: start with sandbox up --tls.")
    return found


def hosts(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return host names: each whole, as ``*.example.com`` for all below it, or ``*`` for any."""
    found = _list(environment.get(name, ""))
    for host in found:
        if host != EVERY and not _HOST.fullmatch(host.removeprefix("*.")):
            raise BadSetting(f"{name} has {host!r}; it must be hosts like sandbox.example.com, with commas between.")
    return found


def origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return origins of web pages (RFC 6454), or ``*`` for any."""
    found = _list(environment.get(name, ""))
    for origin in found:
        if origin != EVERY and not _ORIGIN.fullmatch(origin):
            raise BadSetting(f"{name} has {origin!r}; it must be origins like https://app.example.com, with commas.")
    return found


def _list(text: str) -> tuple[str, ...]:
    return tuple(each.strip().lower() for each in text.split(",") if each.strip())


def secret(name: str, text: str) -> str:
    """Return a secret that can be sent in a header."""
    if not is_visible(text):
        raise BadSetting(f"{name} must have visible ASCII characters only, and no blanks.")
    return text


def webhook_secret(name: str, text: str) -> str:
    """Return a secret of Standard Webhooks."""
    try:
        key = base64.b64decode(text.removeprefix(WEBHOOK_SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key or not text.startswith(WEBHOOK_SECRET_PREFIX):
        raise BadSetting(f"{name} must be {WEBHOOK_SECRET_PREFIX} followed by base64 (Standard Webhooks).")
    return text


def is_visible(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def in_url(address: str) -> str:
    """Return a host or an address as it stands in a URL (RFC 3986, section 3.2.2)."""
    return f"[{address}]" if ":" in address else address


def without_password(url: str) -> str:
    """Return a URL as it may be shown."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")).geturl()
