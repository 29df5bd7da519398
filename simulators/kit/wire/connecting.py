"""Connecting to a host within a time, however many addresses it has."""

import socket

from simulators.kit import clock


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to the first of a host's addresses that takes one, made within some seconds in all.

    Each address has its share of what is left. Finding the addresses counts, though nothing ends it early.
    Raises OSError.
    """
    deadline = clock.monotonic() + seconds
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    failure: OSError = TimeoutError()
    for tried, (family, kind, protocol, _, address) in enumerate(found):
        share = (deadline - clock.monotonic()) / (len(found) - tried)
        if share <= 0:
            raise TimeoutError
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(share)
            connection.connect(address)
        except BaseException as error:
            connection.close()
            if not isinstance(error, OSError):
                raise
            failure = error
        else:
            return connection
    raise failure
