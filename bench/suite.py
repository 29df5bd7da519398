"""How long the whole specification takes, its bare hops made by as many clients, and its report."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bare import BareHops, bare_hops
from bench.rounds import Benchmark, Goal, Ratio, Sides, seconds
from bench.settled import settled_sandbox
from registration_sandbox import report
from registration_sandbox.gate import judging
from registration_sandbox.gate.results import Run, load

SUITE = "the specification"
HOPS = "its bare hops"
REPORT = "its report"
CLIENTS = 2
CONTROL_CALLS = 5
"""Calls that each scenario makes of the control plane, which are in no journal: to make its world, to hear who is in
it, what was said and what is left, and to delete it. Those that move its clock or add a fault are not counted."""


@contextmanager
def _open() -> Iterator[Sides]:
    with (
        settled_sandbox() as sandbox,
        bare_hops() as bare,
        TemporaryDirectory(prefix="bench-") as directory,
        ProcessPoolExecutor(CLIENTS, get_context("spawn")) as clients,
    ):
        url, results = sandbox.urls["orchestrator"], Path(directory) / "results.json"
        run = play(url, results)
        hops = sum(len(scenario.exchanges) + CONTROL_CALLS for scenario in run.scenarios)
        yield Sides(
            {
                SUITE: lambda: play(url, results).duration,
                HOPS: lambda: _hops_at_once(clients, bare.url, hops),
                REPORT: lambda: seconds(lambda: report.write(run, judging.findings(run), results.with_suffix(".html"))),
            }
        )


def play(url: str, results: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Play the whole specification on a running sandbox by two processes, whose environment has these in it too."""
    options = ["-j", str(CLIENTS), "--url", url, "--results", str(results)]
    subprocess.run(
        [sys.executable, "-m", "registration_sandbox", "test", *options], env={**os.environ, **(environment or {})},
        check=True, capture_output=True,
    )  # fmt: skip
    return load(results)


def _hops_at_once(clients: ProcessPoolExecutor, url: str, hops: int) -> float:
    """Return the seconds from when the first client began until the last one ended."""
    spans = list(clients.map(_make, [url] * CLIENTS, [hops // CLIENTS] * CLIENTS))
    return max(end for _, end in spans) - min(begin for begin, _ in spans)


def _make(url: str, hops: int) -> tuple[float, float]:
    bare = BareHops(url)
    began = time.monotonic()
    bare.make(hops)
    return began, time.monotonic()


BENCHMARK = Benchmark(
    "suite", "s", _open, [Ratio(SUITE, HOPS, Goal(2.2)), Ratio(REPORT, SUITE, Goal(0.1))], warm_up=True
)  # fmt: skip
