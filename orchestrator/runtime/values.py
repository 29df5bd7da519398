"""What a setting may be: each is read from the environment, or refused by its name."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import urlsplit

WEBHOOK_SECRET_PREFIX = "whsec_"  # noqa: S105


class BadSetting(Exception):
    """A setting that cannot be used: which one, what is wrong with it, and what would do."""


def number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise BadSetting(f"{name} is {text!r}; it must be a whole number from 1 to {most}.")
    return int(text)


def url(name: str, text: str, schemes: tuple[str, ...] = ("http", "https"), like: str = "http://127.0.0.1:9000") -> str:
    """Return a URL without a slash at its end."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in schemes and parts.hostname is not None and parts.port != 0
    except ValueError:  # a port that is none, or half an IPv6 address
        fits = False
    if not fits or not is_visible(text):
        raise BadSetting(f"{name} is {text!r}; it must be a URL like {like}.")
    return text.rstrip("/")


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


def is_loopback(host: str) -> bool:
    """Tell whether what listens on a host is heard on this machine only."""
    return host in ("localhost", "::1") or (host.startswith("127.") and host.replace(".", "").isdigit())


def without_password(url: str) -> str:
    """Return a URL as it may be shown."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")).geturl()
