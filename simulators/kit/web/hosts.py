"""The names under which a sandbox may be asked: a foreign one is that of a web page (DNS rebinding), or a mistake."""

import ipaddress
import socket
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Request

from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults.connection import SOCKET
from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings
from simulators.kit.wire.addresses import hostname_of, is_among, is_loopback

LONGEST_SHOWN = 100

SERVICE_HOSTS = frozenset(spelt for name in SERVICES for spelt in (name, name.replace("_", "-")))
"""The names that services have beside each other in containers. No page on the web has a name without a dot."""


def check_host(request: Request, settings: Settings) -> None:
    """Refuse a request for a host that is not this sandbox. Raises SandboxRefusal (``unknown-host``, 421)."""
    host = hostname_of(request.host)
    if not (is_own_name(host, settings) or _is_local_address(host, request)):
        message = (
            f"{host[:LONGEST_SHOWN]!r} is no name of this sandbox. Ask it by its own, or set SANDBOX_ALLOWED_HOSTS."
        )
        raise SandboxRefusal("unknown-host", 421, message)


def is_own_name(host: str, settings: Settings) -> bool:
    """Return whether a host is this machine's loopback, a service's, in a URL of ours, or allowed."""
    if is_loopback(host) or host in SERVICE_HOSTS or host in _hosts_of(tuple(settings.urls.values())):
        return True
    return is_among(host, settings.allowed_hosts)


@lru_cache(maxsize=16)
def _hosts_of(urls: Collection[str]) -> frozenset[str]:
    return frozenset(urlsplit(url).hostname or "" for url in urls)


def _is_local_address(host: str, request: Request) -> bool:
    """Return whether a host is the address that the connection came in at: where all are listened on, any of ours."""
    connection: socket.socket | None = request.environ.get(SOCKET)
    try:
        asked = ipaddress.ip_address(host)
        return connection is not None and asked == ipaddress.ip_address(connection.getsockname()[0])
    except (ValueError, OSError):
        return False
