"""How long the sandbox takes until all its services answer, and mocks of one service until their first answer."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import peers
from bench.processes import DidNotStart, running
from bench.rounds import Benchmark, Goal, Ratio, Sides, Unavailable
from registration_sandbox.runtime.embedded import free_base_port
from simulators.kit.services import SERVICES

SANDBOX = "sandbox up"
MOUNTEBANK = "mountebank"
JSON_SERVER = "json-server"


@contextmanager
def _open() -> Iterator[Sides]:
    sides = Sides({SANDBOX: _sandbox})
    for name, side in ((MOUNTEBANK, _mountebank), (JSON_SERVER, _json_server)):
        try:
            side()  # installs it, and brings its files into the page cache, where the sandbox's are too
        except (Unavailable, DidNotStart) as reason:
            sides.skipped[name] = str(reason)
        else:
            sides.measured[name] = side
    _sandbox()
    yield sides


def _sandbox() -> float:
    base = free_base_port()
    command = [sys.executable, "-m", "registration_sandbox", "up", "--base-port", str(base), "--data-dir", "."]
    return _seconds_to_answer(
        command, [f"http://127.0.0.1:{base + number}/_sandbox/health" for number in range(len(SERVICES))]
    )


def _mountebank() -> float:
    port = free_base_port()
    options = ["start", "--nologfile", "--localOnly", "--port", str(port)]
    return _seconds_to_answer([*peers.npm_program(peers.MOUNTEBANK, "mb"), *options], [f"http://127.0.0.1:{port}/"])


def _json_server() -> float:
    port = free_base_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "db.json"]
    command = [*peers.npm_program(peers.JSON_SERVER, "json-server"), *options]
    return _seconds_to_answer(command, [f"http://127.0.0.1:{port}/messages"])


def _seconds_to_answer(command: Sequence[str], urls: Sequence[str]) -> float:
    with TemporaryDirectory(prefix="bench-") as temporary:
        directory = Path(temporary)
        (directory / "db.json").write_text('{"messages":[]}', "utf-8")
        started = time.monotonic()
        with running(command, urls, directory):
            return time.monotonic() - started


BENCHMARK = Benchmark(
    "start", "s", _open, [Ratio(SANDBOX, MOUNTEBANK, Goal(1.5)), Ratio(SANDBOX, JSON_SERVER)]
)  # fmt: skip
