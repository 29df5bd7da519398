"""A sandbox of one's own for the length of a block: for the demo, behave, tests and other people's test suites."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from orchestrator.runtime.settings import url_variable
from simulators.kit.clock import monotonic, pause
from simulators.kit.settings import SERVICES

START_LIMIT = 30.0
STOP_LIMIT = 10.0
LOOK_AGAIN = 0.01
FREE_PORTS = range(10_000, 32_000)
LOG_FILE = "sandbox.log"
DIRECT = build_opener(ProxyHandler({}))
"""Asks loopback itself, whatever proxy the environment names."""


class DidNotStart(Exception):
    """A sandbox that did not come up, with what it said."""


def urls_beside(orchestrator: str, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return a running sandbox's URLs: as the environment names them, else on the ports after the orchestrator's."""
    parts = urlsplit(orchestrator)
    first = parts.port or 80
    return {
        name: environment.get(url_variable(name)) or f"{parts.scheme}://{parts.hostname}:{first + number}"
        for number, name in enumerate(SERVICES)
    }


@dataclass
class RunningSandbox:
    """A running ``sandbox up``: its services' URLs, where it keeps its worlds, and its process."""

    urls: dict[str, str]
    data_dir: Path
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End it as a power cut would: no process of it gets to tidy up."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                self.kill()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def running_sandbox(
    data_dir: Path | None = None, base_port: int | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[RunningSandbox]:
    """Start a sandbox on free ports in a directory of its own, wait until all services answer, and stop it at the end.

    Raises DidNotStart with what the sandbox printed.
    """
    with tempfile.TemporaryDirectory(prefix="sandbox-") as temporary:
        sandbox = start(data_dir or Path(temporary), base_port or free_base_port(), environment=environment)
        try:
            yield sandbox
        finally:
            sandbox.stop()


@contextmanager
def named_or_started(orchestrator: str | None) -> Iterator[dict[str, str]]:
    """Give the URLs of the sandbox whose orchestrator's URL is named, else those of one started for the block.

    Raises DidNotStart, also where nobody answers at the URL.
    """
    if orchestrator:
        urls = urls_beside(orchestrator)
        if not _answers(urls["orchestrator"]):
            raise DidNotStart(f"No sandbox answers at {orchestrator}. Start one with sandbox up, or leave the URL out.")
        yield urls
        return
    with running_sandbox() as sandbox:
        yield sandbox.urls


def start(
    data_dir: Path,
    base_port: int,
    *,
    only: Sequence[str] = (),
    excepted: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    urls: Mapping[str, str] | None = None,
) -> RunningSandbox:
    """Start ``sandbox up`` as a process of its own and wait until what it starts answers."""
    command = [sys.executable, "-m", "orchestrator", "up", "--base-port", str(base_port), "--data-dir", str(data_dir)]
    command += [f"--only={name}" for name in only] + [f"--except={name}" for name in excepted]
    settings = {**os.environ, **(environment or {})}
    data_dir.mkdir(parents=True, exist_ok=True)
    outside = {name: settings[url_variable(name)] for name in SERVICES if settings.get(url_variable(name))}
    here = {name: f"http://127.0.0.1:{base_port + number}" for number, name in enumerate(SERVICES)}
    started = [name for name in (only or SERVICES) if name not in (*excepted, *outside)]
    with open(data_dir / LOG_FILE, "ab") as log, ExitStack() as held:
        held.enter_context(_ctrl_c_held_back())
        process = subprocess.Popen(  # noqa: S603
            command, stdout=log, stderr=subprocess.STDOUT, env=settings, start_new_session=True
        )
        sandbox = RunningSandbox(here | outside | dict(urls or {}), data_dir, process)
        try:
            held.close()
            for name in started:
                _wait_for(sandbox, name)
        except BaseException:
            sandbox.kill()
            raise
    return sandbox


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Have Ctrl-C come at the end of the block: a process that was begun and is not known yet could not be ended."""
    if threading.current_thread() is not threading.main_thread():  # only the main one hears it
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if heard:
        signal.raise_signal(signal.SIGINT)


def free_base_port() -> int:
    """Return the first of as many free ports in a row as there are services.

    They lie below those that a system gives to outgoing connections: one of those may be taken by a connection while a
    service starts anew, even by the very connection that looks whether the service listens there.
    """
    for _ in range(200):
        base = FREE_PORTS.start + secrets.randbelow(len(FREE_PORTS))
        if all(_is_free(base + n) for n in range(len(SERVICES))):
            return base
    raise DidNotStart(f"No {len(SERVICES)} free ports in a row were found.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_for(sandbox: RunningSandbox, name: str) -> None:
    give_up = monotonic() + START_LIMIT
    while True:
        if sandbox.process.poll() is not None:
            said = (sandbox.data_dir / LOG_FILE).read_text("utf-8", errors="replace").strip()
            raise DidNotStart(f"sandbox up ended with {sandbox.process.returncode}: {said}")
        if _answers(sandbox.urls[name]):
            return
        if monotonic() > give_up:
            raise DidNotStart(f"{name} did not answer within {START_LIMIT:.0f} s.")
        pause(LOOK_AGAIN)


def _answers(url: str) -> bool:
    with (
        suppress(urllib.error.URLError, OSError, http.client.HTTPException),
        DIRECT.open(url.rstrip("/") + "/_sandbox/health", timeout=1) as answer,
    ):
        return bool(answer.status == 200)
    return False
