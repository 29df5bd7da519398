"""How much memory the whole sandbox takes when it is idle, and one Mockoon."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.mockoon import mockoon
from bench.processes import DidNotStart, weight
from bench.rounds import Benchmark, Goal, Ratio, Sides, Unavailable
from bench.settled import IDLE_SECONDS, settled_sandbox

SANDBOX = "sandbox up"
MOCKOON = "mockoon"


@contextmanager
def _open() -> Iterator[Sides]:
    sides = Sides({SANDBOX: _sandbox})
    try:
        with mockoon():
            sides.measured[MOCKOON] = _mockoon
    except (Unavailable, DidNotStart) as reason:
        sides.skipped[MOCKOON] = str(reason)
    yield sides


def _sandbox() -> float:
    """Return the bytes of all processes of a sandbox that has loaded its default world and been left alone."""
    with settled_sandbox() as sandbox:
        return weight(sandbox.process.pid)


def _mockoon() -> float:
    with mockoon() as (_, pid):
        time.sleep(IDLE_SECONDS)
        return weight(pid)


BENCHMARK = Benchmark("memory", "bytes", _open, [Ratio(SANDBOX, MOCKOON, Goal(0.9))])
