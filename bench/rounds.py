"""Rounds: both sides of a ratio measured one after the other, again and again, so that a busy machine hits both."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from statistics import median

Side = Callable[[], float]
"""Measures one side once; returns seconds, bytes or calls a second."""


class Unavailable(Exception):
    """Something to compare with that cannot be had here, and why."""


@dataclass(frozen=True)
class Goal:
    """What a ratio should be: at least, or at most, ``limit``."""

    limit: float
    at_least: bool = False

    def reached(self, ratio: float) -> bool:
        return ratio >= self.limit if self.at_least else ratio <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"


@dataclass(frozen=True)
class Ratio:
    """``over`` divided by ``under``, two sides of the same benchmark. Without a goal it is told for the record."""

    over: str
    under: str
    goal: Goal | None = None

    @property
    def name(self) -> str:
        return f"{self.over} / {self.under}"


@dataclass
class Sides:
    """The sides that can be measured, in their order, and those that cannot, with the reason."""

    measured: dict[str, Side] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: ``open`` gets both sides ready and keeps them so while the rounds are run.

    With ``warm_up``, each side is first measured once without being counted.
    """

    name: str
    unit: str
    open: Callable[[], AbstractContextManager[Sides]]
    ratios: Sequence[Ratio]
    warm_up: bool = False


@dataclass(frozen=True)
class Result:
    """A ratio in every round, or why it is ``missing``: ``skipped: …`` or ``failed: …``."""

    benchmark: str
    unit: str
    ratio: Ratio
    over: Sequence[float] = ()
    under: Sequence[float] = ()
    missing: str | None = None

    @property
    def ratios(self) -> list[float]:
        return [over / under for over, under in zip(self.over, self.under, strict=True)]

    @property
    def median(self) -> float:
        return median(self.ratios)

    @property
    def reached(self) -> bool | None:
        return None if self.missing or self.ratio.goal is None else self.ratio.goal.reached(self.median)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


def run(benchmark: Benchmark, rounds: int, tell: Callable[[str], None]) -> list[Result]:
    """Measure every side once a round, the order turned round from one round to the next; return the ratios."""
    try:
        with benchmark.open() as sides:
            if benchmark.warm_up:
                tell(f"{benchmark.name}: warming up")
                for side in sides.measured.values():
                    side()
            measured: dict[str, list[float]] = {name: [] for name in sides.measured}
            for number in range(rounds):
                tell(f"{benchmark.name}: round {number + 1} of {rounds}")
                names = list(measured) if number % 2 == 0 else list(reversed(measured))
                for name in names:
                    measured[name].append(sides.measured[name]())
            skipped = sides.skipped
    except Unavailable as reason:
        return without(benchmark, f"skipped: {reason}")
    return [_result(benchmark, ratio, measured, skipped) for ratio in benchmark.ratios]


def without(benchmark: Benchmark, reason: str) -> list[Result]:
    """Return a benchmark's results where there are none, for this reason."""
    return [Result(benchmark.name, benchmark.unit, ratio, missing=reason) for ratio in benchmark.ratios]


def _result(
    benchmark: Benchmark, ratio: Ratio, measured: Mapping[str, list[float]], skipped: Mapping[str, str]
) -> Result:
    for side in (ratio.over, ratio.under):
        if side in skipped:
            return Result(benchmark.name, benchmark.unit, ratio, missing=f"skipped: {skipped[side]}")
    return Result(benchmark.name, benchmark.unit, ratio, measured[ratio.over], measured[ratio.under])
