"""How long making and deleting a world takes, and three bare hops a service; alone, and beside thousands of worlds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.bare import bare_hops
from bench.rounds import Benchmark, Goal, Ratio, Side, Sides, seconds
from bench.settled import settled_sandbox
from registration_sandbox.client import Wire
from simulators.kit.services import SERVICES
from simulators.kit.world_names import DEFAULT

CROWD = 5000
HOPS = 3 * len(SERVICES)
BARE = f"{HOPS} bare hops"
BARE_REPEATS = 10
BESIDE = f" beside {CROWD:,}"


@dataclass(frozen=True)
class Kind:
    """A kind of world: its scenario, and how many one measurement makes."""

    scenario: Mapping[str, Any]
    number: int


KINDS = {
    "an empty world": Kind({"name": "empty", "personas": []}, 10),
    "a default world": Kind({"scenario": DEFAULT}, 3),
}
DEEDS = [f"{deed} {kind}" for kind in KINDS for deed in ("make", "delete")]


@contextmanager
def _open() -> Iterator[Sides]:
    with settled_sandbox() as alone, settled_sandbox() as crowded, bare_hops() as bare:
        _Worlds(crowded.urls, Kind(KINDS["an empty world"].scenario, CROWD), "crowd").stay()
        sides = _sides(alone.urls, "")
        sides[BARE] = lambda: seconds(lambda: bare.make(BARE_REPEATS * HOPS)) / BARE_REPEATS
        yield Sides(sides | _sides(crowded.urls, BESIDE))


class _Worlds:
    """Worlds of one kind in one sandbox."""

    def __init__(self, urls: Mapping[str, str], kind: Kind, name: str = "bench") -> None:
        self._client = Wire(urls, DEFAULT)
        self._kind = kind
        self._paths = [f"/_sandbox/worlds/{name}-{number}" for number in range(kind.number)]

    def stay(self) -> None:
        """Make them all, for good."""
        self._make()

    def make(self) -> float:
        """Return how long making one takes."""
        took = self._make()
        self._delete()
        return took

    def delete(self) -> float:
        """Return how long deleting one takes."""
        self._make()
        return self._delete()

    def _make(self) -> float:
        return self._each("PUT", self._kind.scenario)

    def _delete(self) -> float:
        return self._each("DELETE")

    def _each(self, method: str, body: Mapping[str, Any] | None = None) -> float:
        call = self._client.call
        return seconds(lambda: [call("orchestrator", method, path, body) for path in self._paths]) / len(self._paths)


def _sides(urls: Mapping[str, str], suffix: str) -> dict[str, Side]:
    sides: dict[str, Side] = {}
    for name, kind in KINDS.items():
        worlds = _Worlds(urls, kind)
        sides |= {f"make {name}{suffix}": worlds.make, f"delete {name}{suffix}": worlds.delete}
    return sides


GOALS = {"make a default world": 0.8}

BENCHMARK = Benchmark(
    "worlds",
    "s",
    _open,
    [
        *[Ratio(deed, BARE, Goal(GOALS.get(deed, 1.0))) for deed in DEEDS],
        *[Ratio(deed + BESIDE, deed, Goal(1.2)) for deed in DEEDS],
    ],
    warm_up=True,
)
