"""How long a whole registration takes, and as many bare hops as it has exchanges."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bench.bare import bare_hops
from bench.player import Customer
from bench.rounds import Benchmark, Goal, Ratio, Sides, seconds
from bench.settled import settled_sandbox

WEB = "web registration"
DEVICE = "device registration"
WEB_HOPS = "its bare hops (web)"
DEVICE_HOPS = "its bare hops (device)"
FLOWS_A_ROUND = 6
NOTIFICATIONS_ARRIVE = 1.0
"""Seconds after which what a flow has set off by itself is in the journal too."""


@contextmanager
def _open() -> Iterator[Sides]:
    numbers = itertools.count(1)
    with settled_sandbox() as sandbox, bare_hops() as bare:

        def customer() -> Customer:
            return Customer(sandbox.urls, f"bench-{next(numbers)}")

        web, device = _exchanges(customer())
        yield Sides(
            {
                WEB: lambda: _seconds_each(customer, _nothing, Customer.register_on_the_web),
                WEB_HOPS: lambda: seconds(lambda: bare.make(FLOWS_A_ROUND * web)) / FLOWS_A_ROUND,
                DEVICE: lambda: _seconds_each(customer, _log_in, Customer.register_a_phone),
                DEVICE_HOPS: lambda: seconds(lambda: bare.make(FLOWS_A_ROUND * device)) / FLOWS_A_ROUND,
            }
        )


def _exchanges(customer: Customer) -> tuple[int, int]:
    """Return how many exchanges a web and a device registration have, by playing one of each."""
    customer.register_on_the_web()
    time.sleep(NOTIFICATIONS_ARRIVE)
    web = customer.exchanges()
    customer.log_in()
    before = customer.exchanges()
    customer.register_a_phone()
    time.sleep(NOTIFICATIONS_ARRIVE)
    device = customer.exchanges() - before
    customer.leave()
    return web, device


def _seconds_each(
    customer: Callable[[], Customer], before: Callable[[Customer], None], flow: Callable[[Customer], None]
) -> float:
    """Return what one of several flows played one after the other takes, each in a world made beforehand."""
    customers = [customer() for _ in range(FLOWS_A_ROUND)]
    for each in customers:
        before(each)
    took = seconds(lambda: _play(flow, customers))
    for each in customers:
        each.leave()
    return took / FLOWS_A_ROUND


def _play(flow: Callable[[Customer], None], customers: Sequence[Customer]) -> None:
    for customer in customers:
        flow(customer)


def _nothing(customer: Customer) -> None:
    del customer


def _log_in(customer: Customer) -> None:
    customer.register_on_the_web()
    customer.log_in()


BENCHMARK = Benchmark(
    "flows", "s", _open, [Ratio(WEB, WEB_HOPS, Goal(2.0)), Ratio(DEVICE, DEVICE_HOPS, Goal(2.0))], warm_up=True
)  # fmt: skip
