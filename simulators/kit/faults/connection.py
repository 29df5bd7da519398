"""The connection below a request, for faults that break it."""

import contextlib
import errno
import select
import socket
import struct

from flask import Request, Response
from werkzeug.exceptions import HTTPException

SOCKET = "sandbox.socket"
"""The WSGI environment's key for the request's socket; the runtime's server sets it."""

LONGEST_HANG = 120.0


def drop(request: Request, response: Response) -> Response:
    """Have the connection reset instead of the response being sent."""
    connection: socket.socket | None = request.environ.get(SOCKET)
    if connection is None:
        raise _reset()
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    response.status_code = 200  # of a 204 the server would send the head alone, and never come to the tear
    response.headers.clear()
    response.response = iter(_tear, b"")
    return response


def wait_until_left(request: Request) -> None:
    """Wait until the caller has closed its side, for a bounded time.

    The body is read first: as long as some of it waits, the connection looks like one that the caller has closed.
    """
    connection: socket.socket | None = request.environ.get(SOCKET)
    if connection is not None:
        with contextlib.suppress(OSError, ValueError, HTTPException):
            request.get_data()
            select.select([connection], [], [], LONGEST_HANG)


def _tear() -> bytes:
    """Fail before the first byte, upon which the server closes the connection; that it lingers not makes it a reset."""
    raise _reset()


def _reset() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "a fault has reset this connection")
