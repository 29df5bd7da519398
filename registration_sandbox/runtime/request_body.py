"""A request's body, read strictly (RFC 9112, sections 6 and 7), and within a time."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import gevent
from gevent.pywsgi import Input
from werkzeug.exceptions import RequestTimeout

from simulators.kit.clock import monotonic

LONGEST_LINE = 65_536
LARGEST_DISCARDED = 2 * 1024 * 1024
"""Bytes of a body that are read although nobody wants them. Of a longer one the connection is closed."""

BODY_LIMIT = 300.0
"""Seconds that a client may take over a body, and one more for each ``LEAST_RATE`` bytes of it that have come.

One that sends a byte now and then holds a connection no longer; a state of a world has the time that it needs.
"""

LEAST_RATE = 64 * 1024
AT_ONCE = 64 * 1024

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105
FIELD = re.compile(rf"({TOKEN}):([^\x00-\x08\x0a-\x1f\x7f]*)\r\n".encode())
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})(?:[ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?\r\n")


class StrictInput(Input):  # type: ignore[misc]
    """A request's body. Once it was malformed, or late, nothing that follows on its connection can be trusted.

    Reading it raises OSError where it is malformed, and RequestTimeout (408) where it does not come in time.
    """

    broken = False
    chunk_length: int

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._ends_by = monotonic() + BODY_LIMIT

    def read(self, length: int | None = None) -> bytes:
        wanted = sys.maxsize if length is None or length < 0 else length
        read = bytearray()
        while len(read) < wanted and (piece := self._read_in_time(super().read, min(AT_ONCE, wanted - len(read)))):
            read += piece
        return bytes(read)

    def readline(self, size: int | None = None) -> bytes:
        return self._read_in_time(super().readline, size)

    def _read_in_time(self, read: Callable[[int | None], bytes], size: int | None) -> bytes:
        with self._in_time():
            piece = bytes(read(size))
        self._ends_by += len(piece) / LEAST_RATE
        return piece

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        try:
            with gevent.Timeout(max(0.0, self._ends_by - monotonic()), TimeoutError):
                yield
        except TimeoutError as error:  # also of the socket, on which nothing came for long
            self.broken = True
            raise RequestTimeout("The rest of the body did not come in time.") from error

    def _chunked_read(self, length: int | None = None, use_readline: bool = False) -> bytes:
        """Read up to ``length`` bytes of a chunked body (RFC 9112, section 7.1), all of it if none is given."""
        self._send_100_continue()
        read = bytearray()
        while self.chunk_length and (length is None or len(read) < length):
            if self.chunk_length < 0:
                self.chunk_length, self.position = self._read_chunk_size(), 0
                continue
            left = self.chunk_length - self.position
            wanted = left if length is None else min(left, length - len(read))
            piece = self.rfile.readline(wanted) if use_readline else self.rfile.read(wanted)
            if not piece:
                self._fail("the body ends within a chunk")
            read += piece
            self.position += len(piece)
            if self.position == self.chunk_length:
                if self.rfile.read(2) != b"\r\n":
                    self._fail("a chunk does not end where its size says")
                self.chunk_length = -1
            if use_readline and piece.endswith(b"\n"):
                break
        return bytes(read)

    def _read_chunk_size(self) -> int:
        size = _CHUNK.fullmatch(self.rfile.readline(LONGEST_LINE))
        if size is None:
            self._fail("a chunk has no size that can be read")
        number = int(size[1], 16)
        while number == 0 and (line := self.rfile.readline(LONGEST_LINE)) != b"\r\n":
            if FIELD.fullmatch(line) is None:
                self._fail("a trailer is malformed")
        return number

    def _fail(self, reason: str) -> NoReturn:
        self.broken = self._chunked_input_error = True
        raise OSError(f"malformed chunked body: {reason}")

    def is_last(self) -> bool:
        """Return whether no other request can follow on the connection.

        Of a client that waits for a 100 (Continue) and gets another answer it is not known whether it sends its body.
        """
        left = (self.content_length or 0) - self.position
        self.broken = self.broken or self.socket is not None or left > LARGEST_DISCARDED
        return self.broken

    def _discard(self) -> None:
        """Read what the application has left of the body, so that the next request can be read."""
        if self.is_last() or (not self.chunked_input and self.position >= (self.content_length or 0)):
            return
        try:
            for _ in range(0, LARGEST_DISCARDED, 16_384):
                if not self.read(16_384):
                    return
        except (OSError, RequestTimeout):
            pass
        self.broken = True
