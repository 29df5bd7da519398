"""One sandbox for all workers of a parallel test run (pytest-xdist): started by the first, stopped by the last."""

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from registration_sandbox.runtime.embedded import OWN_FILES, RunningSandbox, free_base_port, start

STATE = "sandbox.json"
LOCK_FILE = "sandbox.lock"
USERS = "sandbox.users"


@contextmanager
def shared_sandbox(directory: Path) -> Iterator[dict[str, str]]:
    """Give the URLs of the sandbox that every process with this directory shares.

    A process joins or leaves under an exclusive lock. While it uses the sandbox it holds a shared one, which the system
    takes back should the process die. The process that started the sandbox waits for the others to leave; where it is
    gone, the last of them ends the sandbox.
    """
    with open(directory / LOCK_FILE, "ab") as lock, open(directory / USERS, "ab") as users:
        with _exclusive(lock):
            mine = None if (directory / STATE).exists() else _start(directory)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield json.loads((directory / STATE).read_text("utf-8"))["urls"]
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            with _exclusive(lock):
                _leave(directory, users, mine)


@contextmanager
def _exclusive(lock: IO[bytes]) -> Iterator[None]:
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


def _start(directory: Path) -> RunningSandbox:
    running = start(directory / "sandbox", free_base_port(), environment=OWN_FILES)
    (directory / STATE).write_text(json.dumps({"urls": running.urls, "pid": running.process.pid}), "utf-8")
    return running


def _leave(directory: Path, users: IO[bytes], mine: RunningSandbox | None) -> None:
    state = directory / STATE
    if mine is not None:
        fcntl.flock(users, fcntl.LOCK_EX)
        mine.stop()
        state.unlink(missing_ok=True)
        return
    with suppress(BlockingIOError, FileNotFoundError, ProcessLookupError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.killpg(json.loads(state.read_text("utf-8"))["pid"], signal.SIGTERM)
        state.unlink()
