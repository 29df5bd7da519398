"""``python -IS healthy.py FIRST LAST``: whether every service that listens on these ports answers, and any does.

The image's health check. It is run every few seconds in every container, so it imports next to nothing.
"""

import socket
import sys

TIMEOUT = 2.0
QUESTION = b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def healthy(port: int) -> bool | None:
    """Return whether the service on a port answers; ``None`` where nothing listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
            connection.sendall(QUESTION)
            return b" 200 " in connection.recv(64)
    except ConnectionRefusedError:
        return None
    except OSError:
        return False


if __name__ == "__main__":
    first, last = map(int, sys.argv[1:])
    answers = {healthy(port) for port in range(first, last + 1)} - {None}
    sys.exit(0 if answers == {True} else 1)
