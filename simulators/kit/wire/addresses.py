"""Hosts as they stand in URLs and in the Host header."""

import ipaddress
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from urllib.parse import urlsplit

EVERY = "*"

LONGEST_AUTHORITY = 300
"""Characters of a host with its port that is looked at, and remembered: names have 253 (RFC 1035, section 2.3.4)."""


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Return whether what listens on a host is reached from this machine only (RFC 6761, section 6.3, for names)."""
    name = host.removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return False


def is_among(host: str, allowed: Iterable[str]) -> bool:
    """Return whether a host is one that a setting allows: a name, ``*.example.com`` for all below it, or ``*``."""
    return any(
        each in (host, EVERY) or (each.startswith("*.") and host.endswith(each[1:]))
        for each in map(str.lower, allowed)
    )  # fmt: skip


def hostname_of(authority: str) -> str:
    """Return the host of ``host:port`` in lower case, an IPv6 address without its brackets; empty if it is none."""
    return _parse_authority(authority) if len(authority) <= LONGEST_AUTHORITY else ""


@lru_cache(maxsize=64)
def _parse_authority(authority: str) -> str:
    with suppress(ValueError):
        return urlsplit(f"//{authority}").hostname or ""
    return ""
