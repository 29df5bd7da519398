"""Long work done in pieces. A process has one thread for all it serves: whatever waits goes on between the pieces."""

import zlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

from simulators.kit import clock

Item = TypeVar("Item")

AT_ONCE = 200
"""How many rows, or the like, are dealt with until others have their turn."""

BYTES_AT_ONCE = 256 * 1024
"""How many bytes are compressed until others have their turn."""


def give_turn() -> None:
    """Let everything else in the process go on that can."""
    clock.pause(0)


def in_pieces(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, and let others go on after every few hundred."""
    for number, item in enumerate(items, 1):
        yield item
        if number % AT_ONCE == 0:
            give_turn()


def compress(data: bytes) -> bytes:
    """Return data as ``zlib.compress`` does, piece by piece."""
    compressor = zlib.compressobj()
    view = memoryview(data)
    pieces = []
    for start in range(0, len(data), BYTES_AT_ONCE):
        pieces.append(compressor.compress(view[start : start + BYTES_AT_ONCE]))
        give_turn()
    return b"".join([*pieces, compressor.flush()])
