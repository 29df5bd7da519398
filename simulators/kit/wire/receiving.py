"""Answers, read off a connection by httptools (llhttp), which leaves nothing of HTTP's framing to this code.

What answers may be anybody's system: an answer has a deadline and a largest size, however it comes.
"""

import select
import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from socket import socket
from typing import TypeVar

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from simulators.kit import clock

Done = TypeVar("Done")

AT_ONCE = 65536

LEAST_RATE = 1024 * 1024
"""Bytes that come, or are sent, in a second at least: for so many there is a second more, so that much has its time."""

FINAL = 200
"""The least status of a final answer; those below it come before one (RFC 9110, section 15.2)."""

LARGEST_HEAD = 64 * 1024
"""About how many bytes may come before the body, with the answers that come before the final one."""

COMPRESSED = ("gzip", "x-gzip", "deflate")


class Broken(Exception):
    """What came is no HTTP, or ended in the middle; the message says which."""


@dataclass(frozen=True)
class Answer:
    """An answer; its headers are by their names in lower case, those of one name joined by commas."""

    status: int
    content: bytes
    headers: dict[str, str]
    keeps_open: bool
    """Whether the server will take another request on the connection."""


class _Message:
    """What httptools tells of the message that it reads."""

    def __init__(self) -> None:
        self.on_message_begin()

    def on_message_begin(self) -> None:
        self.headers: dict[str, str] = {}
        self.parts: list[bytes] = []
        self.has_headers = self.is_complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.has_headers:  # a trailer is no header (RFC 9110, section 6.5.1)
            return
        known, told = name.decode("latin-1").lower(), value.decode("latin-1")
        self.headers[known] = f"{self.headers[known]}, {told}" if known in self.headers else told

    def on_headers_complete(self) -> None:
        self.has_headers = True

    def on_body(self, part: bytes) -> None:
        self.parts.append(part)

    def on_message_complete(self) -> None:
        self.is_complete = True

    @property
    def ends_with_the_connection(self) -> bool:
        return self.has_headers and not {"content-length", "transfer-encoding"} & self.headers.keys()


def read_answer(connection: socket, method: str, deadline: float, largest: int) -> Answer:
    """Read the answer to a request off its connection, which does not block, by an instant of the monotonic clock.

    A large one has more time, by the ``LEAST_RATE``.

    Raises Broken, also for a body of more than ``largest`` bytes, and OSError where nothing came.
    """
    message = _Message()
    parser = HttpResponseParser(message)
    size = 0
    while not (message.is_complete and parser.get_status_code() >= FINAL):
        data = _receive(connection, deadline + size // LEAST_RATE, is_begun=size > 0)
        if not data:
            if message.ends_with_the_connection:
                return _answer(message, parser.get_status_code(), largest, keeps_open=False)
            raise Broken("it ended in the middle")
        size += len(data)
        try:
            parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            raise Broken("it is no HTTP") from error
        if method == "HEAD" and message.has_headers:
            return _answer(message, parser.get_status_code(), largest, keeps_open=False)
        if size > LARGEST_HEAD + (largest if message.has_headers else 0):
            raise _too_large(largest)
    closes = "close" in message.headers.get("connection", "").lower()
    keeps_open = not closes and parser.get_http_version() == "1.1"
    return _answer(message, parser.get_status_code(), largest, keeps_open=keeps_open)


def wait_for(connection: socket, deadline: float, step: Callable[[], Done]) -> Done:
    """Return what a step returns that reads from a connection which does not block. Raises TimeoutError.

    That a part of what it needs has come gives it no further time.
    """
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    while (left := deadline - clock.monotonic()) > 0:
        try:
            return step()
        except (BlockingIOError, ssl.SSLWantReadError):
            poll.poll(left * 1000)
    raise TimeoutError


def _receive(connection: socket, deadline: float, *, is_begun: bool) -> bytes:
    try:
        data = wait_for(connection, deadline, lambda: connection.recv(AT_ONCE))
    except TimeoutError:
        raise
    except OSError as error:
        if is_begun:
            raise Broken("it ended in the middle") from error
        raise
    if not data and not is_begun:
        raise ConnectionResetError("The connection was closed before an answer.")
    return data


def _answer(message: _Message, status: int, largest: int, *, keeps_open: bool) -> Answer:
    content = b"".join(message.parts)
    if content and message.headers.get("content-encoding", "").lower() in COMPRESSED:  # though it was not asked for
        content = _decompress(content, largest)
    if len(content) > largest:
        raise _too_large(largest)
    return Answer(status, content, message.headers, keeps_open)


def _decompress(content: bytes, largest: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        found = unpacker.decompress(content, largest + 1)
    except zlib.error as error:
        raise Broken("it is not compressed as it says") from error
    if len(found) <= largest and not unpacker.eof:
        raise Broken("it is not compressed as it says")
    return found


def _too_large(largest: int) -> Broken:
    return Broken(f"it is larger than {largest} bytes")
