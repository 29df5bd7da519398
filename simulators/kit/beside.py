"""Control-plane calls between services that one process serves: as WSGI calls (PEP 3333), without the network.

What the simulated systems say to each other always goes over HTTP. A sandbox's own bookkeeping need not: making,
watching and deleting a world asks every service, and that is what most of a scenario's time would go into.
"""

import io
import sys
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

CONTROL_PREFIX = "/_sandbox/"


class Application(Protocol):
    """A WSGI application."""

    def __call__(self, environ: dict[str, Any], start_response: Any, /) -> Any: ...


def ask(
    application: Application, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
) -> tuple[int, bytes, dict[str, str]]:
    """Return an application's answer: its status, body, and headers by their names in lower case."""
    name, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(name).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body or b"")),
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body or b""),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{header.upper().replace('-', '_')}": value for header, value in headers.items()},
    }
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, answered: list[tuple[str, str]], exc_info: Any = None) -> Any:
        del exc_info
        begun.append((status, answered))

    chunks = application(environ, start_response)
    try:
        content = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    status, answered = begun[-1]
    return int(status.split(maxsplit=1)[0]), content, {header.lower(): value for header, value in answered}
