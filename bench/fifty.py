"""How many whole journeys a second fifty worlds at once are played with, and eight at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.crowd import crowd
from bench.rounds import Benchmark, Goal, Ratio, Sides

MANY, FEW = 50, 8
FIFTY = f"{MANY} worlds at once"
EIGHT = f"{FEW} worlds at once"
JOURNEYS = 200
"""How many each side plays: so many that the first and the last of a crowd, when few are at it, count for little."""


@contextmanager
def _open() -> Iterator[Sides]:
    with crowd() as customers:

        def rate(at_once: int) -> float:
            return customers.journeys_a_second(at_once, round(JOURNEYS / at_once))

        yield Sides({EIGHT: lambda: rate(FEW), FIFTY: lambda: rate(MANY)})


BENCHMARK = Benchmark("fifty", "journeys/s", _open, [Ratio(FIFTY, EIGHT, Goal(0.95, at_least=True))], warm_up=True)
