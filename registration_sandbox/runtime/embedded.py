"""A sandbox that is up for the length of a block: for the demo, behave, tests and other people's test suites."""

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
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from registration_sandbox.runtime import values
from registration_sandbox.runtime.listening import LOOPBACKS, NOT_THERE, family_of
from registration_sandbox.runtime.settings import BASE, URL_VARIABLES, url_variable
from registration_sandbox.runtime.tls import loopback_opener
from registration_sandbox.runtime.values import in_url
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import CONTROL_PLANE, SERVICES

START_LIMIT = 30.0
STOP_LIMIT = 10.0
POLL_INTERVAL = 0.01
FREE_PORTS = range(10_000, 32_000, 10)
LOG_FILE = "sandbox.log"

OWN_FILES = {"SANDBOX_DATABASE_URL": ""}
"""The environment of a sandbox that is started for one use: with secrets of its own it must not be taken for a replica
of the one whose database the environment names, and do that one's due work."""

BESIDE_THE_DATABASE = (
    "SANDBOX_DATABASE_URL is ignored: what is started for one run keeps files of its own. To play on that database, "
    "start `sandbox up` with it, and give its address by SANDBOX_URL."
)

CLAIMS_KEPT = 64

_claims: deque[socket.socket] = deque()


class DidNotStart(Exception):
    """A sandbox that did not come up, with what it said."""


def control_plane_url(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the URL of the control plane that clients are to ask, if the environment names one."""
    return next((values.url(name, environment[name]) for name in URL_VARIABLES if environment.get(name)), None)


def urls_beside(control_plane: str, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return a running sandbox's URLs: as the environment names them, else on the ports from the control plane's on."""
    parts = urlsplit(control_plane)
    host = in_url(parts.hostname or "")
    first = parts.port or 80
    beside = {
        name: values.url(
            url_variable(name), environment.get(url_variable(name)) or f"{parts.scheme}://{host}:{first + number}"
        )
        for number, name in enumerate(SERVICES)
    }
    return {CONTROL_PLANE.name: control_plane, **beside}


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
    """Start a sandbox on free ports in its own directory, wait until all services answer, and stop it at the end.

    Raises DidNotStart with what the sandbox printed.
    """
    with tempfile.TemporaryDirectory(prefix="sandbox-") as temporary:
        sandbox = start(data_dir or Path(temporary), base_port or free_base_port(), environment=environment)
        try:
            yield sandbox
        finally:
            sandbox.stop()


@contextmanager
def reach_or_start(control_plane: str | None, environment: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Give the URLs of the sandbox whose control plane's URL is named, else those of one started for the block.

    What is started keeps its worlds in files of its own, unless ``environment`` names a database.
    Raises DidNotStart, also where nobody answers at the URL.
    """
    if control_plane:
        urls = urls_beside(control_plane)
        if not _answers(control_plane):
            words = f"No sandbox answers at {control_plane}. Start one with sandbox up, or leave the URL out."
            raise DidNotStart(words)
        yield urls
        return
    with running_sandbox(environment={**OWN_FILES, **(environment or {})}) as sandbox:
        yield sandbox.urls


def start(
    data_dir: Path,
    base_port: int,
    *,
    only: Sequence[str] = (),
    excepted: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    urls: Mapping[str, str] | None = None,
    module: Sequence[str] = ("registration_sandbox",),
) -> RunningSandbox:
    """Start ``sandbox up`` as a process of its own and wait until what it starts answers.

    ``module`` is the command line to run, with arguments that come before its own.
    """
    command = [sys.executable, "-m", *module, "up", "--base-port", str(base_port), "--data-dir", str(data_dir)]
    command += [f"--only={name}" for name in only] + [f"--except={name}" for name in excepted]
    settings = {**os.environ, **(environment or {})}
    if not settings.get("SANDBOX_DATABASE_URL"):
        tell_own_files()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    outside = {name: settings[url_variable(name)] for name in SERVICES if settings.get(url_variable(name))}
    here = urls_beside(f"http://127.0.0.1:{base_port}", environment={})
    chosen = [name for name in (only or SERVICES) if name not in excepted]
    started = [CONTROL_PLANE.name if name == BASE else name for name in chosen if name == BASE or name not in outside]
    log_file = os.open(data_dir / LOG_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(log_file, "ab") as log, ExitStack() as held:
        held.enter_context(_ctrl_c_postponed())
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


@cache
def tell_own_files() -> None:
    """Say, once in a process, that a database which the environment names is ignored."""
    if os.environ.get("SANDBOX_DATABASE_URL"):
        sys.stderr.write(BESIDE_THE_DATABASE + "\n")
        sys.stderr.flush()


@contextmanager
def _ctrl_c_postponed() -> Iterator[None]:
    """Postpone Ctrl-C to the end of the block: a process that was begun and is not known yet could not be ended."""
    if threading.current_thread() is not threading.main_thread():  # only the main one receives it
        yield
        return
    received: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: received.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    if received:
        signal.raise_signal(signal.SIGINT)


def free_base_port() -> int:
    """Return the first of as many free ports in a row as there are services. Raises DidNotStart.

    They lie below those that a system gives to outgoing connections: one of those may be taken by a connection while a
    service starts again, even by the very connection that probes whether the service listens there. No other process
    is given them while this one lives, nor this one until it has asked many times: a service may be on its way there.
    """
    for _ in range(200):
        base = secrets.choice(FREE_PORTS)
        if _claim(base) and all(_is_free(base + n) for n in range(len(SERVICES))):
            return base
    raise DidNotStart(f"No {len(SERVICES)} free ports in a row were found.")


def _claim(base: int) -> bool:
    """Claim ports by the UDP port of the first one's number, which no service uses; tell whether that went well."""
    claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        claim.bind((LOOPBACKS[0], base))
    except OSError:
        claim.close()
        return False
    _claims.append(claim)
    while len(_claims) > CLAIMS_KEPT:
        _claims.popleft().close()
    return True


def _is_free(port: int) -> bool:
    """Tell whether a port is free on every loopback address that there is."""
    for address in LOOPBACKS:
        try:
            with socket.socket(family_of(address)) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if error.errno not in NOT_THERE:
                return False
    return True


def _wait_for(sandbox: RunningSandbox, name: str) -> None:
    deadline = monotonic() + START_LIMIT
    while True:
        if sandbox.process.poll() is not None:
            output = (sandbox.data_dir / LOG_FILE).read_text("utf-8", errors="replace").strip()
            raise DidNotStart(f"sandbox up ended with {sandbox.process.returncode}: {output}")
        if _answers(sandbox.urls[name]):
            return
        if monotonic() > deadline:
            raise DidNotStart(f"{name} did not answer within {START_LIMIT:.0f} s.")
        pause(POLL_INTERVAL)


def _answers(url: str) -> bool:
    with (
        suppress(urllib.error.URLError, OSError, http.client.HTTPException),
        loopback_opener().open(url.rstrip("/") + "/_sandbox/health", timeout=1) as answer,
    ):
        return bool(answer.status == 200)
    return False
