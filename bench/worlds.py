"""How long making and deleting a world takes, and three bare hops a service; alone, and beside a thousand worlds."""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bench.bare import bare_hops
from bench.player import SCENARIO
from bench.rounds import Benchmark, Goal, Ratio, Side, Sides
from orchestrator.client import Sandbox
from orchestrator.runtime.embedded import running_sandbox
from simulators.kit.settings import SERVICES

CROWD = 1000
HOPS = 3 * len(SERVICES)
BARE = f"{HOPS} bare hops"
BARE_REPEATS = 10
SCENARIOS: Mapping[str, tuple[Mapping[str, Any], int]] = {
    "an empty world": ({"name": "empty", "personas": []}, 10),
    "a default world": ({"scenario": "default"}, 3),
}
"""Each kind of world: its scenario, and how many of them one measurement makes."""

DEEDS = [f"{deed} {kind}" for kind in SCENARIOS for deed in ("make", "delete")]


@contextmanager
def _open() -> Iterator[Sides]:
    with running_sandbox() as alone, running_sandbox() as crowded, bare_hops() as bare:
        for number in range(CROWD):
            Sandbox(crowded.urls, f"crowd-{number}").control("PUT", "", SCENARIO)
        sides = _sides(alone.urls, "")
        sides[BARE] = lambda: _seconds(lambda: bare.make(BARE_REPEATS * HOPS)) / BARE_REPEATS
        yield Sides(sides | _sides(crowded.urls, _BESIDE))


def _sides(urls: Mapping[str, str], suffix: str) -> dict[str, Side]:
    numbers = itertools.count(1)
    sides: dict[str, Side] = {}
    for kind, (scenario, number) in SCENARIOS.items():

        def worlds(number: int = number) -> list[Sandbox]:
            return [Sandbox(urls, f"bench-{next(numbers)}") for _ in range(number)]

        def make(scenario: Mapping[str, Any] = scenario, worlds: Callable[[], list[Sandbox]] = worlds) -> float:
            made, _ = _made_and_deleted(worlds(), scenario)
            return made

        def delete(scenario: Mapping[str, Any] = scenario, worlds: Callable[[], list[Sandbox]] = worlds) -> float:
            _, deleted = _made_and_deleted(worlds(), scenario)
            return deleted

        sides |= {f"make {kind}{suffix}": make, f"delete {kind}{suffix}": delete}
    return sides


def _made_and_deleted(worlds: list[Sandbox], scenario: Mapping[str, Any]) -> tuple[float, float]:
    """Return what making and what deleting one of the worlds takes."""
    for world in worlds:
        world.call("orchestrator", "GET", "/_sandbox/health")  # opens the connection
    made = _seconds(lambda: [world.control("PUT", "", scenario) for world in worlds])
    deleted = _seconds(lambda: [world.control("DELETE", "") for world in worlds])
    return made / len(worlds), deleted / len(worlds)


def _seconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


_BESIDE = f" beside {CROWD:,}"

BENCHMARK = Benchmark(
    "worlds",
    "s",
    _open,
    [
        *[Ratio(deed, BARE, Goal(1.0)) for deed in DEEDS],
        *[Ratio(deed + _BESIDE, deed, Goal(1.1)) for deed in DEEDS],
    ],
)
