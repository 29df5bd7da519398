"""The connection below a request, for faults that break it."""

import contextlib
import select
import socket
import struct

from flask import Request, Response

SOCKET = "sandbox.socket"
"""The WSGI environment's key for the request's socket; the runtime's server sets it."""

LONGEST_HANG = 120.0


def drop(request: Request, response: Response) -> Response:
    """Reset the connection; the response is never sent."""
    connection: socket.socket | None = request.environ.get(SOCKET)
    if connection is None:
        raise ConnectionResetError("a fault has reset this connection")
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    response.set_data(b"")
    return response


def wait_until_left(request: Request) -> None:
    """Wait until the caller has closed its side, for a bounded time."""
    connection: socket.socket | None = request.environ.get(SOCKET)
    if connection is not None:
        with contextlib.suppress(OSError, ValueError):
            select.select([connection], [], [], LONGEST_HANG)
