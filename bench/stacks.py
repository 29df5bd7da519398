"""How long the whole specification takes on each thing that the sandbox can stand on, over the embedded default."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rounds import Benchmark, Goal, Ratio, Sides, Unavailable
from bench.settled import settled_sandbox
from bench.suite import play
from registration_sandbox.runtime.embedded import DidNotStart, free_base_port
from tests.support import postgres
from tests.system.replicas.balanced import NGINX, balanced

EMBEDDED = "the specification, embedded on SQLite"
POSTGRESQL = "on PostgreSQL"
REPLICAS = "on two replicas of each service on PostgreSQL, behind nginx"
CONTAINERS = "on seven containers"
UP = b"Stop with Ctrl-C"
IMAGE = "registration-sandbox"


@contextmanager
def _open() -> Iterator[Sides]:
    sides = Sides()
    with ExitStack() as running:
        results = Path(running.enter_context(TemporaryDirectory(prefix="bench-"))) / "results.json"

        def measure(side: str, url: str, **environment: str) -> None:
            sides.measured[side] = lambda: play(url, results, environment).duration

        measure(EMBEDDED, running.enter_context(settled_sandbox()).urls["orchestrator"])
        try:
            server = _server(running)
            database = {"SANDBOX_DATABASE_URL": server.url}
            measure(POSTGRESQL, running.enter_context(settled_sandbox(database)).urls["orchestrator"])
            if not NGINX.exists():
                raise Unavailable(f"there is no {NGINX}")
            server, directory = _server(running), running.enter_context(TemporaryDirectory(prefix="bench-"))
            measure(REPLICAS, running.enter_context(balanced(Path(directory), server.url)).urls["orchestrator"])
        except Unavailable as reason:
            sides.skipped |= {side: str(reason) for side in (POSTGRESQL, REPLICAS) if side not in sides.measured}
        try:
            url, token = running.enter_context(_containers())
            measure(CONTAINERS, url, SANDBOX_ADMIN_TOKEN=token)
        except Unavailable as reason:
            sides.skipped[CONTAINERS] = str(reason)
        yield sides


def _server(running: ExitStack) -> postgres.Server:
    """Start a server of its own. Raises Unavailable."""
    programs = postgres.programs()
    if programs is None:
        raise Unavailable("PostgreSQL is not installed")
    server = postgres.Server(programs)
    running.callback(server.remove)
    server.start()
    return server


@contextmanager
def _containers() -> Iterator[tuple[str, str]]:
    """Start containers of the image that there is; give the sandbox's URL and admin token. Raises Unavailable."""
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "image", "inspect", IMAGE], capture_output=True, check=False).returncode
    ):
        raise Unavailable(f"there is no engine, or no image {IMAGE} on it")
    base_port, token = free_base_port(), secrets.token_urlsafe()
    command = [
        sys.executable,
        "-m",
        "registration_sandbox",
        "up",
        "--docker",
        "--image",
        IMAGE,
        "--base-port",
        str(base_port),
    ]
    environment = {**os.environ, "SANDBOX_ADMIN_TOKEN": token}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line)
            if UP in line:
                break
        else:
            raise DidNotStart(b"".join(told).decode())
        try:
            yield f"http://127.0.0.1:{base_port}", token
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()


BENCHMARK = Benchmark(
    "stacks",
    "s",
    _open,
    [Ratio(POSTGRESQL, EMBEDDED, Goal(1.8)), Ratio(REPLICAS, EMBEDDED), Ratio(CONTAINERS, EMBEDDED)],
    warm_up=True,
)  # fmt: skip
