"""The sockets that services listen on, opened before anything else so that a port in use is told at once."""

import errno
import socket
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException

from registration_sandbox.runtime.values import BadSetting, in_url

BACKLOG = 512
PROBE_LIMIT = 1.0
LOOPBACKS = ("127.0.0.1", "::1")
"""What localhost may mean to a client: some take the one first, some the other."""

NOT_THERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""Errors of a machine that has no IPv6, or no IPv4."""


def open_sockets(host: str, ports: Mapping[str, int]) -> dict[str, list[socket.socket]]:
    """Return listening sockets by the names that ``ports`` has; for localhost, on both of its addresses.

    Raises BadSetting where a port is taken, on any of the addresses, or an address is none of this machine's.
    """
    return {name: _open_all(name, addresses_of(host), port) for name, port in ports.items()}


def addresses_of(host: str) -> Sequence[str]:
    """Return the addresses that a host to listen on means."""
    return LOOPBACKS if host == "localhost" else (host,)


def family_of(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _open_all(name: str, addresses: Sequence[str], port: int) -> list[socket.socket]:
    opened = []
    for address in addresses:
        try:
            opened.append(_open(address, port))
        except OSError as error:
            if error.errno in NOT_THERE and len(addresses) > 1:
                continue
            hint = _who_listens(address, port) if error.errno == errno.EADDRINUSE else "Choose a --host."
            raise BadSetting(f"{name} cannot listen on {in_url(address)}:{port}: {error.strerror}. {hint}") from error
    if not opened:
        raise BadSetting(f"{name} cannot listen: this machine has none of {', '.join(addresses)}. Choose a --host.")
    return opened


def _open(address: str, port: int) -> socket.socket:
    listener = socket.socket(family_of(address), socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # inherited by the connections it accepts
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _who_listens(address: str, port: int) -> str:
    """Return what to do about a port that is taken: most often a sandbox has it that was started earlier."""
    connection = HTTPConnection(address, port, timeout=PROBE_LIMIT)
    try:
        connection.request("GET", "/_sandbox/health")
        answer = connection.getresponse().read()
    except (OSError, HTTPException):
        answer = b""
    finally:
        connection.close()
    if b'"service"' in answer:
        return "A sandbox is up there already: use it, end it, or give this one its own --base-port and --data-dir."
    return "Stop what uses it, or choose --base-port."
