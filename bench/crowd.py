"""A crowd of customers: so many at once go through both flows, each in a world of her own, made beforehand."""

import itertools
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError

from bench.player import Customer
from bench.settled import settled_sandbox
from registration_sandbox.runtime.embedded import RunningSandbox

CLIENTS = 2
"""How many processes play the customers, each by a thread a customer: the same for a small crowd and a large one."""

START_TOGETHER_LIMIT = 120.0

_together: Barrier


class Crowd:
    """Customers to a sandbox, by the same few processes all the time."""

    def __init__(self, sandbox: RunningSandbox, clients: ProcessPoolExecutor) -> None:
        self.sandbox = sandbox
        self._clients = clients
        self._numbers = itertools.count(1)

    def journeys_a_second(self, at_once: int, journeys_each: int) -> float:
        """Have so many customers play at once, each one journey after the other; return the journeys a second."""
        worlds = [[f"bench-{next(self._numbers)}" for _ in range(journeys_each)] for _ in range(at_once)]
        jobs = [self._clients.submit(_play, self.sandbox.urls, worlds[n::CLIENTS]) for n in range(CLIENTS)]
        failures = [failure for job in jobs if (failure := job.exception())]
        if failures:  # where one client fails, the others wait in vain
            raise min(failures, key=lambda failure: isinstance(failure, BrokenBarrierError))
        spans = [job.result() for job in jobs]
        return at_once * journeys_each / (max(end for _, end in spans) - min(begin for begin, _ in spans))


@contextmanager
def crowd() -> Iterator[Crowd]:
    """Get a sandbox and the processes of its customers ready, until the block ends."""
    context = multiprocessing.get_context("spawn")
    prepared = (context.Barrier(CLIENTS),)
    with settled_sandbox() as sandbox, ProcessPoolExecutor(CLIENTS, context, _prepare, prepared) as clients:
        yield Crowd(sandbox, clients)


def _prepare(together: Barrier) -> None:
    """Get a client's process ready."""
    global _together  # noqa: PLW0603
    _together = together


def _play(urls: dict[str, str], worlds: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Play in several lists of worlds at once; return when the playing began and ended, for all clients together."""
    with ThreadPoolExecutor(len(worlds)) as threads:
        customers = list(threads.map(lambda names: [Customer(urls, name) for name in names], worlds))
        _together.wait(START_TOGETHER_LIMIT)
        began = time.monotonic()
        list(threads.map(_play_all, customers))
        ended = time.monotonic()
        _together.wait(START_TOGETHER_LIMIT)
        list(threads.map(Customer.leave, itertools.chain(*customers)))
    return began, ended


def _play_all(customers: Sequence[Customer]) -> None:
    for customer in customers:
        customer.play_both()
