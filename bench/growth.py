"""How much memory the sandbox takes after round upon round of fifty worlds at once, and after the first such round."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.crowd import crowd
from bench.fifty import MANY
from bench.processes import weight
from bench.rounds import Benchmark, Goal, Ratio, Sides

NOW = f"after another {MANY} worlds at once"
THEN = "after the first"


@contextmanager
def _open() -> Iterator[Sides]:
    with crowd() as customers:
        weights: list[int] = []

        def play_journey() -> float:
            customers.journeys_a_second(MANY, 1)
            weighed = weight(customers.sandbox.process.pid)
            weights.append(weighed)
            return weighed

        yield Sides({NOW: play_journey, THEN: lambda: weights[0]})


BENCHMARK = Benchmark("growth", "bytes", _open, [Ratio(NOW, THEN, Goal(1.1))], warm_up=True)
