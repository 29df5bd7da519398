"""Processes to measure: started, waited for until they answer, weighed, and ended with all that they started."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]

START_LIMIT = 60.0
STOP_LIMIT = 10.0
POLL_INTERVAL = 0.005

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class DidNotStart(Exception):
    """A process that ended, or stayed silent, before it answered."""


@contextmanager
def running(
    command: Sequence[str], urls: Sequence[str], directory: Path, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a command until the block ends; begin the block, with its process id, once all ``urls`` answer.

    Raises DidNotStart with the end of what the command printed.
    """
    log = directory / "output.log"
    with open(log, "ab") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, cwd=directory, start_new_session=True,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
    try:
        for url in urls:
            _wait_for(process, url, log)
        yield process.pid
    finally:
        _end(process)


def weight(pid: int) -> int:
    """Return the bytes of memory of a process and all its descendants: their proportional set sizes, summed."""
    root = psutil.Process(pid)
    return sum(process.memory_full_info().pss for process in [root, *root.children(recursive=True)])


def _wait_for(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text("utf-8", errors="replace")[-500:].strip()
            raise DidNotStart(f"{url} does not answer; its process said: {said or 'nothing'}")
        time.sleep(POLL_INTERVAL)


def _answers(url: str) -> bool:
    """Tell whether anything answers, whatever its status."""
    try:
        with _DIRECT.open(url, timeout=1):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and its group: as Ctrl-C would first, then for certain."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_LIMIT)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
