"""Answers, read off a connection by httptools (llhttp), which leaves nothing of HTTP's framing to this code."""

import zlib
from dataclasses import dataclass
from socket import socket

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

AT_ONCE = 65536
FINAL = 200
"""The least status of a final answer; those below it come before one (RFC 9110, section 15.2)."""

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


def read_answer(connection: socket, method: str) -> Answer:
    """Read the answer to a request off its connection. Raises Broken, and OSError where nothing came."""
    message = _Message()
    parser = HttpResponseParser(message)
    is_begun = False
    while not (message.is_complete and parser.get_status_code() >= FINAL):
        data = _receive(connection, is_begun)
        if not data:
            if message.ends_with_the_connection:
                return _answer(message, parser.get_status_code(), keeps_open=False)
            raise Broken("it ended in the middle")
        is_begun = True
        try:
            parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            raise Broken("it is no HTTP") from error
        if method == "HEAD" and message.has_headers:
            return _answer(message, parser.get_status_code(), keeps_open=False)
    closes = "close" in message.headers.get("connection", "").lower()
    return _answer(message, parser.get_status_code(), keeps_open=not closes and parser.get_http_version() == "1.1")


def _receive(connection: socket, is_begun: bool) -> bytes:
    try:
        data = connection.recv(AT_ONCE)
    except TimeoutError:
        raise
    except OSError as error:
        if is_begun:
            raise Broken("it ended in the middle") from error
        raise
    if not data and not is_begun:
        raise ConnectionResetError("The connection was closed before an answer.")
    return data


def _answer(message: _Message, status: int, *, keeps_open: bool) -> Answer:
    content = b"".join(message.parts)
    if content and message.headers.get("content-encoding", "").lower() in COMPRESSED:  # though it was not asked for
        try:
            content = zlib.decompress(content, wbits=zlib.MAX_WBITS | 32)
        except zlib.error as error:
            raise Broken("it is not compressed as it says") from error
    return Answer(status, content, message.headers, keeps_open)
