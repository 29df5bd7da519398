"""What a call costs in a world that has a long journal, and in one that is new."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.rounds import Benchmark, Goal, Ratio, Sides, seconds
from bench.settled import settled_sandbox
from registration_sandbox.client import Wire
from simulators.kit.world_names import DEFAULT

EXCHANGES = 20_000
"""As many as a service keeps of a world, so that each further one has the oldest deleted at times."""

CALLS = 300
OLD = f"a call in a world of {EXCHANGES:,} exchanges"
NEW = "in a new world"


@contextmanager
def _open() -> Iterator[Sides]:
    with settled_sandbox() as sandbox:
        make_world(sandbox.urls, "old")
        ask(sandbox.urls, "old", EXCHANGES)

        def ask_new() -> float:
            make_world(sandbox.urls, "new")
            return ask(sandbox.urls, "new", CALLS)

        yield Sides({OLD: lambda: ask(sandbox.urls, "old", CALLS), NEW: ask_new})


def make_world(urls: Mapping[str, str], name: str) -> None:
    """Make an empty world, or make it again."""
    Wire(urls, DEFAULT).call("orchestrator", "PUT", f"/_sandbox/worlds/{name}", {"name": "empty", "personas": []})


def ask(urls: Mapping[str, str], name: str, calls: int) -> float:
    """Search in core banking for somebody, again and again; return how long one call takes."""
    client = Wire(urls, name)
    return (
        seconds(lambda: [client.call("cbs", "POST", "/cbs/customers/search", {"cif": "1"}) for _ in range(calls)])
        / calls
    )


BENCHMARK = Benchmark("age", "s", _open, [Ratio(OLD, NEW, Goal(1.2))], warm_up=True)
