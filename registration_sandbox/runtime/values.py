"""What a setting may be: each is read from the environment, or refused by its name."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from urllib.parse import urlsplit

from simulators.kit.numbers import LONGEST_DURATION, read_number

WEBHOOK_SECRET_PREFIX = "whsec_"  # noqa: S105
EVERY = "*"
HTTP = ("http", "https")
HIGHEST_PORT = 65535
LONGEST_NUMBER = 18
"""Digits that a number may have."""

MTLS = ("off", "optional", "required")

ON, OFF = "1", "0"

_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*\.?")
_ORIGIN = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
_USUAL_PORTS = {"http": ":80", "https": ":443"}


class BadSetting(Exception):
    """A setting that cannot be used: which one, what is wrong with it, and what would do."""


def number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    found = read_number(text, LONGEST_NUMBER)
    if found is None or not 1 <= found <= most:
        raise BadSetting(f"{name} is {text!r}; it must be a whole number from 1 to {most}.")
    return found


def switch(environment: Mapping[str, str], name: str) -> bool:
    """Return whether something is switched on."""
    text = environment.get(name) or OFF
    if text not in (ON, OFF):
        raise BadSetting(f"{name} is {text!r}; it must be {ON}, or left out.")
    return text == ON


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
    if not timedelta() < found <= LONGEST_DURATION:
        words = f"it must be an ISO 8601 duration like P7D, at most P{LONGEST_DURATION.days}D, or never"
        raise BadSetting(f"{name} is {text!r}; {words}.")
    return found


def url(name: str, text: str, schemes: tuple[str, ...] = HTTP, like: str = "http://127.0.0.1:9000") -> str:
    """Return a URL that paths can be added to, without a slash at its end."""
    flaw = find_flaw_of_url(text, schemes)
    if flaw is not None:
        raise BadSetting(f"{name} is {without_password(text)!r}{flaw}; it must be a URL like {like}.")
    return text.rstrip("/")


def mail_server(name: str, text: str) -> str:
    """Return the URL of a mail server, which has no path."""
    found = url(name, text, ("smtp",), "smtp://127.0.0.1:1025")
    for flaw, there in (("a path", urlsplit(found).path), ("a user's name", urlsplit(found).username is not None)):
        if there:
            shown = without_password(text)
            raise BadSetting(f"{name} is {shown!r}, which has {flaw}; it must be a URL like smtp://127.0.0.1:1025.")
    return found


def find_flaw_of_url(text: str, schemes: tuple[str, ...] = HTTP) -> str | None:
    """Return what makes a text no URL that can be used, as it follows the text; empty where that is plain to see."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # a bad port, or half an IPv6 address
        return ""
    if parts.scheme not in schemes or not is_visible(text) or "\\" in text:
        return ""
    if "?" in text:
        return ", which has a query"
    if "#" in text:
        return ", which has a fragment"
    if port == 0 or parts.netloc.endswith(":"):
        return ", whose port is not valid"
    return None if is_host(parts.hostname or "") else ", whose host is not valid"


def is_host(text: str) -> bool:
    """Return whether a text is the name of a host, or an address; an IPv6 address without its brackets."""
    if ":" in text or text.replace(".", "").isdigit():
        try:
            return bool(ipaddress.ip_address(text)) and "%" not in text
        except ValueError:
            return False
    return _NAME.fullmatch(text.lower()) is not None


def listening_host(environment: Mapping[str, str], name: str, default: str) -> str:
    """Return the host to listen on."""
    text = environment.get(name) or default
    if not is_host(text):
        raise BadSetting(f"{name} is {text!r}; it must be a host or an address like 127.0.0.1, without a port.")
    return text


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
        if host != EVERY and not is_host(host.removeprefix("*.")):
            words = "it must be hosts like sandbox.example.com, without ports, with commas between"
            raise BadSetting(f"{name} has {host!r}; {words}.")
    return found


def origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return origins of web pages (RFC 6454), or ``*`` for any."""
    found = _list(environment.get(name, ""))
    for origin in found:
        if origin != EVERY and not _is_origin(origin):
            raise BadSetting(f"{name} has {origin!r}; it must be origins like https://app.example.com, with commas.")
    return found


def _is_origin(text: str) -> bool:
    """Return whether a browser could name a page's origin so: a scheme's usual port is left out."""
    found = _ORIGIN.fullmatch(text)
    if found is None or not is_host(found[2].strip("[]")):
        return False
    scheme, port = found[1], found[3]
    return port is None or (
        port != _USUAL_PORTS[scheme] and not port.startswith(":0") and int(port[1:]) <= HIGHEST_PORT
    )


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
    """Return a URL, or what is none, as it may be shown."""
    try:
        return url.replace(f":{urlsplit(url).password}@", ":***@")
    except ValueError:
        return url
