"""HTTP/1.1 messages read strictly: what a proxy and this server could read differently is refused (RFC 9112).

gevent's server is lenient about how a message says where it ends. Two readers that disagree about that see different
requests on one connection (request smuggling), so such a message is answered 400 and its connection is closed.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from gevent.pywsgi import WSGIHandler

from registration_sandbox.runtime.request_body import FIELD, LONGEST_LINE, TOKEN, StrictInput

MOST_HEADERS = 100

_REQUEST_LINE = re.compile(rf"{TOKEN} [^\x00-\x20\x7f]+ HTTP/1\.[01]\r\n")
_ABSOLUTE = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_HOST = re.compile(r"(?:(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?)?")
_SINGLE = ("host", "content-length", "content-type", "transfer-encoding")


class BadMessage(ValueError):
    """A request whose meaning is not certain, and why."""


class Fields:
    """A request's header fields, with what gevent's handler asks of them: by name in any letter case."""

    status = ""

    def __init__(self, fields: Iterable[tuple[str, str]]) -> None:
        self._fields = list(fields)
        self._values: dict[str, list[str]] = {}
        for name, value in self._fields:
            self._values.setdefault(name.lower(), []).append(value)

    def get(self, name: str, default: str | None = None) -> str | None:
        return self._values.get(name.lower(), [default])[0]

    getheader = get

    def __delitem__(self, name: str) -> None:
        self._values.pop(name.lower(), None)

    def count(self, name: str) -> int:
        return len(self._values.get(name.lower(), []))

    @property
    def typeheader(self) -> str | None:
        return self.get("content-type")

    @property
    def headers(self) -> Iterator[str]:
        return (f"{name}: {value}\r\n" for name, value in self._fields)


class StrictHandler(WSGIHandler):  # type: ignore[misc]
    """Serves one connection; refuses messages that others may read differently."""

    path: str
    wsgi_input: Any
    _sendall: Any

    def read_requestline(self) -> str:
        line = str(super().read_requestline())
        return str(super().read_requestline()) if line == "\r\n" else line  # RFC 9112, section 2.2

    def read_request(self, raw_requestline: str) -> bool:
        if _REQUEST_LINE.fullmatch(raw_requestline) is None:
            raise BadMessage("the request line is malformed")
        super().read_request(raw_requestline)
        self._read_target()
        return True

    def MessageClass(self, rfile: Any, *_: Any) -> "Fields":
        """Read the header; called by ``read_request`` before it looks for where the body ends."""
        fields = Fields(_read_fields(rfile))
        check_framing(fields, self.request_version)
        return fields

    def _read_target(self) -> None:
        """Take a target in absolute form (RFC 9112, section 3.2.2) for the path in it."""
        absolute = _ABSOLUTE.fullmatch(self.path)
        if absolute is not None:
            if absolute[1].lower() != (self.headers.get("host") or "").lower():
                raise BadMessage("its target names another host than its Host")
            self.path = absolute[2] if absolute[2].startswith("/") else f"/{absolute[2]}"
        elif not self.path.startswith("/") and self.path != "*":
            raise BadMessage("its target is no path")

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        expects = environ.get("HTTP_EXPECT", "").lower() == "100-continue" and self.request_version == "HTTP/1.1"
        self.wsgi_input = environ["wsgi.input"] = StrictInput(
            self.rfile, self.content_length, self.socket if expects else None, self.wsgi_input.chunked_input
        )
        environ["wsgi.input_terminated"] = True
        return environ

    def finalize_headers(self) -> None:
        super().finalize_headers()
        if self.wsgi_input.is_last():
            self.response_headers.append((b"Connection", b"close"))

    def _write_with_headers(self, data: bytes) -> None:
        """Send the header and what there is of the body at once: each sending costs as much as a query."""
        pieces: list[bytes] = []
        self._sendall = pieces.append
        try:
            super()._write_with_headers(data)
        finally:
            del self._sendall
        self._sendall(b"".join(pieces))

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.wsgi_input.is_last():
            self.close_connection = True

    def _handle_client_error(self, ex: Exception) -> tuple[str, bytes]:
        """Return the answer to a message that cannot be read; the connection is closed after it."""
        reason = str(ex) if isinstance(ex, BadMessage) else "it cannot be read"
        problem = {
            "type": "/problems/bad-message", "title": "Bad message", "status": 400, "code": "bad-message",
            "detail": f"This is no HTTP/1.1 request that is read the same way everywhere: {reason}.",
        }  # fmt: skip
        body = json.dumps(problem).encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return "400", head.encode() + body


def check_framing(headers: Fields, version: str) -> None:
    """Refuse headers that leave it open where the body ends, or whom the request is for. Raises BadMessage."""
    for name in _SINGLE:
        if headers.count(name) > 1:
            raise BadMessage(f"it has more than one {name.title()}")
    host, length, coding = (headers.get(name) for name in ("host", "content-length", "transfer-encoding"))
    if host is None and version == "HTTP/1.1":
        raise BadMessage("it has no Host")
    if host is not None and _HOST.fullmatch(host) is None:
        raise BadMessage("its Host is no name, or address, with or without a port")
    if length is not None and not (length.isascii() and length.isdigit()):
        raise BadMessage("its Content-Length is no number")
    if coding is None:
        return
    if length is not None:
        raise BadMessage("it has both Content-Length and Transfer-Encoding")
    if coding.lower() != "chunked" or version != "HTTP/1.1":
        raise BadMessage("its Transfer-Encoding is not chunked, or not of HTTP/1.1")


def _read_fields(rfile: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields of a header, by name and value. Raises BadMessage.

    Among what is malformed are folded fields, a bare CR or LF, and a blank before the colon.
    """
    for _ in range(MOST_HEADERS + 1):
        line = rfile.readline(LONGEST_LINE)
        if line == b"\r\n":
            return
        field = FIELD.fullmatch(line)
        if field is None:
            raise BadMessage("a header field is malformed, folded, or too long")
        yield field[1].decode("latin-1"), field[2].decode("latin-1").strip(" \t")
    raise BadMessage(f"it has more than {MOST_HEADERS} header fields")
