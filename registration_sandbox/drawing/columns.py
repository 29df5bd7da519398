"""Where the participants of a sequence diagram stand: as far apart as what they say to each other is long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from registration_sandbox.drawing.svg import MONOSPACE_CELL, cells

FONT_SIZE = 11
CELL = FONT_SIZE * MONOSPACE_CELL
WIDEST_GAP = 205.0
WIDEST_HEAD = 130.0
BESIDE = 20.0
"""What a label leaves free beside it, at both ends together."""
EDGE = 4.0
"""What is left free beside the box with a participant's name, at each end."""


@dataclass(frozen=True)
class Label:
    """What is written at an arrow between two participants, or in a box at one."""

    one: str
    other: str
    label: str


@dataclass(frozen=True)
class Columns:
    """Where each participant stands, from the left, and how wide the drawing is."""

    at: dict[str, float]
    width: float

    def room(self, one: str, other: str) -> int:
        """Return how many cells fit between two participants, or centred at one."""
        here, there = self.at[one], self.at[other]
        space = abs(here - there) if one != other else 2 * min(here, self.width - here)
        return int((space - BESIDE) / CELL)


def place_columns(names: Sequence[str], labels: Iterable[Label]) -> Columns:
    """Place participants from left to right, neighbours at most ``WIDEST_GAP`` apart."""
    number = {name: n for n, name in enumerate(names)}
    needed: dict[tuple[int, int], float] = {}
    for each in labels:
        between = (min(number[each.one], number[each.other]), max(number[each.one], number[each.other]))
        needed[between] = max(needed.get(between, 0), cells(each.label) * CELL + BESIDE)
    own = [min(WIDEST_HEAD, max(head_width(name), needed.pop((n, n), 0))) / 2 + EDGE for name, n in number.items()]
    gaps = [one + other for one, other in pairwise(own)]
    for (first, last), width in sorted(needed.items(), key=lambda item: (item[0][1] - item[0][0], item[0])):
        missing = width - sum(gaps[first:last])
        for n in range(first, last):
            gaps[n] = max(gaps[n], min(WIDEST_GAP, gaps[n] + missing / (last - first)))
    at = {name: round(own[0] + sum(gaps[:n]), 1) for n, name in enumerate(names)}
    return Columns(at, round(sum(gaps) + own[0] + own[-1], 1) if names else 0)


def head_width(name: str) -> float:
    """Return how wide the box with a participant's name is."""
    return min(cells(name) * CELL + 2 * EDGE + 6, WIDEST_HEAD)
