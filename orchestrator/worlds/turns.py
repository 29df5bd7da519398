"""Turns at a world: whoever makes or unmakes it has it alone, in whichever process, or each would make half of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Service

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")

TURN = timedelta(seconds=30)
"""How long a turn lasts at the most; then whoever had it was killed."""

LOOK_AGAIN = 0.02


NO_WORLD = ""
"""Where turns are kept: what is kept in a world goes when the world is made anew."""


class Turn(Struct):
    """Whose turn it is at which world, and until when by the machine's clock."""

    at: str
    claimant: str
    until: datetime


@contextmanager
def alone(service: Service, world: str) -> Iterator[None]:
    """Have a world alone in the block, after those who have it now.

    Raises SandboxRefusal (``world-in-the-making``, 409) when they take too long.
    """
    turn = _taken(service, world)
    try:
        yield
    finally:
        _give_back(service, turn)


def _taken(service: Service, world: str) -> Turn:
    give_up = clock.monotonic() + TURN.total_seconds()
    while True:
        with service.store.transaction(NO_WORLD) as tx:
            theirs = tx.get(tables.turns, Turn, at=world)
            wall = clock.wall_now()
            if theirs is None or _is_over(theirs, service, wall):
                mine = Turn(world, service.settings.claimant, wall + TURN)
                tx.upsert(tables.turns, mine)
                return mine
        if clock.monotonic() > give_up:
            words = f"The world {world!r} is being made or removed by somebody else; try again."
            raise SandboxRefusal("world-in-the-making", 409, words, headers={"Retry-After": "1"})
        clock.pause(LOOK_AGAIN)


def _is_over(turn: Turn, service: Service, wall: datetime) -> bool:
    """Tell whether a turn has lapsed, is an earlier start's, or was taken before the machine's clock was set back."""
    return turn.claimant != service.settings.claimant or not wall < turn.until <= wall + TURN + clock.SKEW


def _give_back(service: Service, turn: Turn) -> None:
    with service.store.transaction(NO_WORLD) as tx:
        if tx.get(tables.turns, Turn, at=turn.at) == turn:
            tx.delete(tables.turns, at=turn.at)
