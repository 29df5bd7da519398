"""How long the command line takes to say something, and Python to import Flask."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bench.rounds import Benchmark, Goal, Ratio, Sides, seconds
from bench.settled import settled_sandbox

FLASK = "import flask"
HELP = "sandbox --help"
WORLDS = "sandbox worlds"
TIMES = 5


@contextmanager
def _open() -> Iterator[Sides]:
    with settled_sandbox() as sandbox:
        module = (sys.executable, "-m", "registration_sandbox")
        commands = {
            HELP: (*module, "--help"),
            WORLDS: (*module, "worlds", "--url", sandbox.urls["orchestrator"]),
            FLASK: (sys.executable, "-c", FLASK),
        }
        yield Sides({name: partial(_seconds_each, command) for name, command in commands.items()})


def _seconds_each(command: tuple[str, ...]) -> float:
    return seconds(lambda: [subprocess.run(command, check=True, capture_output=True) for _ in range(TIMES)]) / TIMES


BENCHMARK = Benchmark(
    "command line", "s", _open, [Ratio(HELP, FLASK, Goal(3.0)), Ratio(WORLDS, FLASK, Goal(3.0))], warm_up=True
)  # fmt: skip
