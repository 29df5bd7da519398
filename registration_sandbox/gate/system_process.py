"""The system under test as a process: started by its own command, looked after, and ended with its children."""

import http.client
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from registration_sandbox.gate.system import System
from registration_sandbox.gate.system_file import address
from registration_sandbox.runtime.settings import url_variable
from simulators.kit import clock
from simulators.kit.services import SERVICES

HEALTH_LIMIT = 30.0
STOP_LIMIT = 5.0
POLL_INTERVAL = 0.05
LAST_WORDS = 600
MOST_STARTS = 20


class _NoRedirect(HTTPRedirectHandler):
    """Takes a redirect for the answer that it is."""

    def redirect_request(self, *_: Any) -> None:
        return None


_STRAIGHT = build_opener(ProxyHandler({}), _NoRedirect())


class SystemNotReady(Exception):
    """A system under test that does not become healthy, with what it answered or printed last."""


class SystemProcess:
    """A system under test: its process, where it has a command, and whether it answers."""

    def __init__(self, system: System, environment: Mapping[str, str], log: Path) -> None:
        self.system = system
        self.deaths: list[str] = []
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the command, if there is one, and wait until the system is healthy. Raises SystemNotReady."""
        if self.system.command:
            with open(self._log, "wb") as log:
                try:
                    self._process = subprocess.Popen(  # noqa: S603  # the command that the user names
                        self.system.command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                        env=dict(self._environment), cwd=Path(self.system.file).resolve().parent,
                        start_new_session=True,
                    )  # fmt: skip
                except OSError as error:
                    words = f"{self.system.name} cannot be started by {self.system.command[0]!r}: {error.strerror}"
                    raise SystemNotReady(words) from error
        self._wait_until_healthy()

    def revive(self) -> None:
        """Start the command again where its process has ended by itself, and note what it printed last."""
        if self._process is None or self._process.poll() is None:
            return
        self.deaths.append(self._last_words())
        if len(self.deaths) < MOST_STARTS:
            self.stop()
            with suppress(SystemNotReady):  # what is played next fails, and says why
                self.start()

    def stop(self) -> None:
        """End the process and its children: kindly, then by force."""
        if self._process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_LIMIT)
        self._process = None

    def _wait_until_healthy(self) -> None:
        deadline = clock.monotonic() + HEALTH_LIMIT
        place = address(self.system, self.system.health or "/")
        while (came := _look(place, any_answer=self.system.health is None)) is not None:
            if self._process is not None and self._process.poll() is not None:
                raise SystemNotReady(f"{self.system.name} {self._last_words()}")
            if clock.monotonic() > deadline:
                said = f" It printed last: {self._output()}" if self._output() else ""
                words = f"{self.system.name} did not become healthy within {HEALTH_LIMIT:.0f} s: {place} {came}.{said}"
                raise SystemNotReady(words)
            clock.pause(POLL_INTERVAL)

    def _last_words(self) -> str:
        assert self._process is not None
        said = self._output()
        return f"ended by itself with {self._process.returncode}" + (f"; it printed last: {said}" if said else "")

    def _output(self) -> str:
        """Return what the process printed last, on one line."""
        if not self._log.exists():
            return ""
        return " ".join(self._log.read_text("utf-8", errors="replace").split())[-LAST_WORDS:]


@contextmanager
def running_system(system: System, urls: Mapping[str, str], secrets: Mapping[str, str]) -> Iterator[SystemProcess]:
    """Start a system under test and end it after the block. Raises SystemNotReady."""
    with tempfile.TemporaryDirectory(prefix="sandbox-system-") as directory:
        process = SystemProcess(system, environment_of(system, urls, secrets), Path(directory) / "output.log")
        try:
            process.start()
            yield process
        finally:
            process.stop()


def environment_of(system: System, urls: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a system's command: ours, its port, the other services' URLs, and the credentials."""
    others = {url_variable(name): urls[name] for name in SERVICES if name != system.replaces}
    port = urlsplit(system.url).port or (443 if system.url.startswith("https") else 80)
    inherited = {name: value for name, value in os.environ.items() if name != url_variable(system.replaces)}
    return {**inherited, **others, **secrets, "PORT": str(port)}


def _look(url: str, *, any_answer: bool) -> str | None:
    """Return what keeps a system from being healthy, ``None`` where nothing does."""
    try:
        with _STRAIGHT.open(url, timeout=2) as answer:
            return None if any_answer or 200 <= answer.status < 300 else f"answered {answer.status}"
    except HTTPError as error:
        return None if any_answer else f"answered {error.code}"
    except URLError as error:
        return f"cannot be reached ({error.reason})"
    except (OSError, http.client.HTTPException) as error:
        return f"cannot be reached ({error or type(error).__name__})"
