"""Connections that are kept for the next call: with answers read by httptools, a call costs a quarter of urllib3's."""

import select
import socket
import ssl
from base64 import b64encode
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import certifi

from simulators.kit import clock
from simulators.kit.wire.connecting import connect
from simulators.kit.wire.receiving import LEAST_RATE, Broken, read_answer, wait_for

CONNECTIONS = 64
"""The most connections to one service that are kept open."""

LARGEST_ANSWER = 16 * 1024 * 1024
"""How many bytes an answer may have where its caller knows no better, decompressed."""

PORTS = {"http": 80, "https": 443}

WITH_BODY = ("POST", "PUT", "PATCH")
"""Methods that say how long their body is even where there is none (RFC 9110, section 8.6)."""


class NoAnswer(Exception):
    """No answer came; the message is why, to follow the service's name."""


class _Place(NamedTuple):
    """What a URL says: what to connect to, what to ask for there, and whose headers to send."""

    origin: tuple[str, str, int]
    target: str
    headers: dict[str, str]


class Pool:
    """Connections to the other services that are used again and again."""

    def __init__(
        self,
        user_agent: str,
        connect_timeout: float,
        ca_file: Path | None = None,
        certificate: tuple[Path, Path] | None = None,
    ) -> None:
        """Connect within ``connect_timeout`` seconds; ``ca_file`` holds the CAs to trust in place of the usual ones.

        ``certificate`` and its key are presented to servers that ask for one.
        """
        self._connect_timeout = connect_timeout
        self._headers = {"user-agent": user_agent, "accept": "application/json"}
        self._ca_file = ca_file
        self._certificate = certificate
        self._tls: ssl.SSLContext | None = None
        self._idle: dict[tuple[str, str, int], deque[socket.socket]] = {}

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: dict[str, str],
        read_timeout: float,
        largest: int = LARGEST_ANSWER,
    ) -> tuple[int, bytes, dict[str, str]]:
        """Return the answer's status, body, and headers by their names in lower case. Raises NoAnswer.

        ``read_timeout`` is for how many seconds the whole answer is waited for, and longer for much that is sent or
        comes (``LEAST_RATE``); ``largest`` is how many bytes its body may have. A user in the URL is sent as HTTP Basic
        (RFC 7617).
        """
        try:
            place = _read_url(url)
            given = {name.lower(): value for name, value in headers.items()}
            request = _request(method, place.target, {**place.headers, **self._headers, **given}, body)
            connection = self._connect(place.origin)
            try:
                timeout = read_timeout + len(request) // LEAST_RATE
                deadline = clock.monotonic() + timeout
                connection.settimeout(timeout)
                connection.sendall(request)
                connection.setblocking(False)
                answer = read_answer(connection, method, deadline, largest)
            except BaseException:
                connection.close()
                raise
        except TimeoutError as error:
            raise NoAnswer("did not answer in time") from error
        except OSError as error:
            raise NoAnswer("could not be reached") from error
        except (Broken, ValueError) as error:
            raise NoAnswer(f"gave no usable answer: {error}") from error
        if answer.keeps_open:
            self._keep(place.origin, connection)
        else:
            connection.close()
        return answer.status, answer.content, answer.headers

    def close(self) -> None:
        """Close the connections; what is sent next opens new ones."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()

    def _connect(self, origin: tuple[str, str, int]) -> socket.socket:
        """Return a connection: the one that was used last, unless the server has closed it meanwhile."""
        idle = self._idle.get(origin)
        while idle:
            try:
                connection = idle.pop()
            except IndexError:  # another thread took it
                break
            if not _has_ended(connection):
                return connection
            connection.close()
        return self._open(*origin)

    def _open(self, scheme: str, host: str, port: int) -> socket.socket:
        deadline = clock.monotonic() + self._connect_timeout
        connection = connect(host, port, self._connect_timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if scheme == "http":
            return connection
        if self._tls is None:
            self._tls = ssl.create_default_context(cafile=str(self._ca_file or certifi.where()))
            if self._certificate:
                self._tls.load_cert_chain(*self._certificate)
        try:
            connection.setblocking(False)
            secured = self._tls.wrap_socket(connection, server_hostname=host, do_handshake_on_connect=False)
            connection = secured
            wait_for(secured, deadline, secured.do_handshake)
        except BaseException:
            connection.close()
            raise
        return secured

    def _keep(self, origin: tuple[str, str, int], connection: socket.socket) -> None:
        idle = self._idle.setdefault(origin, deque())
        if len(idle) < CONNECTIONS:
            idle.append(connection)
        else:
            connection.close()


def _has_ended(connection: socket.socket) -> bool:
    """Return whether there is something to read on an idle connection, which can only be its end."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


@lru_cache(maxsize=512)
def _read_url(url: str) -> _Place:
    found = urlsplit(url)
    if found.scheme not in PORTS or not found.hostname:
        raise ValueError(f"{url!r} is no http or https URL")
    headers = {"host": found.netloc.rpartition("@")[2]}
    if found.username is not None:
        user = f"{unquote(found.username)}:{unquote(found.password or '')}"
        headers["authorization"] = f"Basic {b64encode(user.encode()).decode()}"
    target = (found.path or "/") + (f"?{found.query}" if found.query else "")
    return _Place((found.scheme, found.hostname, found.port or PORTS[found.scheme]), target, headers)


def _request(method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """Return a request as it is sent (RFC 9112, section 3). Raises ValueError for what would end a line early."""
    lines = [f"{method} {target} HTTP/1.1", *[f"{name}: {value}" for name, value in headers.items()]]
    if body or method in WITH_BODY:
        lines.append(f"content-length: {len(body or b'')}")
    if " " in target or any("\r" in line or "\n" in line for line in lines):
        raise ValueError("the request has a space or the end of a line where none may be")
    return "\r\n".join([*lines, "\r\n"]).encode("latin-1") + (body or b"")
