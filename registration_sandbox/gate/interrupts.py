"""Ctrl-C while processes are being forked."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Hold a Ctrl-C back until the block is over.

    One that comes within a fork is raised in what Python does after it, where it is printed and forgotten. A child that
    is forked within the block has it held back, too, until it calls ``let_in``.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        let_in()


def let_in() -> None:
    """Receive Ctrl-C again, one that was held back included."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
