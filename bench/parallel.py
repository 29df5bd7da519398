"""How many people a second get through both flows: several at a time, and one after the other."""

import itertools
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier

from bench.player import Customer
from bench.rounds import Benchmark, Goal, Ratio, Sides
from bench.settled import settled_sandbox

CLIENTS = 8
TOGETHER = f"{CLIENTS} in parallel"
ALONE = "one after the other"
FLOWS_A_CLIENT = 2
FLOWS_ALONE = 6
START_TOGETHER_LIMIT = 60.0

_together: Barrier


@contextmanager
def _open() -> Iterator[Sides]:
    numbers = itertools.count(1)
    context = multiprocessing.get_context("spawn")
    with (
        settled_sandbox() as sandbox,
        ProcessPoolExecutor(CLIENTS, context, _prepare, (context.Barrier(CLIENTS),)) as clients,
    ):

        def rate(players: int, flows: int) -> float:
            named = [[f"bench-{next(numbers)}" for _ in range(flows)] for _ in range(players)]
            jobs = [clients.submit(_play, sandbox.urls, worlds, players == CLIENTS) for worlds in named]
            spans = [job.result() for job in jobs]
            return players * flows / (max(end for _, end in spans) - min(begin for begin, _ in spans))

        yield Sides({ALONE: lambda: rate(1, FLOWS_ALONE), TOGETHER: lambda: rate(CLIENTS, FLOWS_A_CLIENT)})


def _prepare(together: Barrier) -> None:
    """Get a client's process ready."""
    global _together  # noqa: PLW0603
    _together = together


def _play(urls: dict[str, str], worlds: Sequence[str], together: bool) -> tuple[float, float]:
    """Play both flows in each world, all made beforehand; return when the playing began and ended.

    Clients that play ``together`` wait for each other before they begin and before they tidy up.
    """
    customers = [Customer(urls, world) for world in worlds]
    if together:
        _together.wait(START_TOGETHER_LIMIT)
    began = time.monotonic()
    for customer in customers:
        customer.play_both()
    ended = time.monotonic()
    if together:
        _together.wait(START_TOGETHER_LIMIT)
    for customer in customers:
        customer.leave()
    return began, ended


BENCHMARK = Benchmark("parallel", "people/s", _open, [Ratio(TOGETHER, ALONE, Goal(1.7, at_least=True))], warm_up=True)
