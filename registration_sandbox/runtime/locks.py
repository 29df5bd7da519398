"""Locks on a data directory: two sandboxes that kept the same databases would unmake each other's worlds.

Each service's database has a lock of its own, so that several sandboxes may share a directory, and with it the secrets,
as long as each keeps other services there.
"""

import errno
import fcntl
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from registration_sandbox.runtime.values import BadSetting
from simulators.kit import clock

ENDING_LIMIT = 5.0
"""Seconds for which the workers of a sandbox may still be ending when its main process is gone."""

POLL_INTERVAL = 0.02

UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)

Lock = IO[str]


def take(directory: Path, services: Sequence[str], base_port: int) -> list[Lock]:
    """Lock the services' databases for this process and its children; the locks end with the last of them.

    Raises BadSetting, with who has it, where a database is in use.
    """
    holder = {"pid": os.getpid(), "base_port": base_port, "since": f"{clock.wall_now():%Y-%m-%d %H:%M:%S} UTC"}
    try:
        return [_take(directory, service, json.dumps(holder)) for service in services]
    except OSError as error:
        words = f"The data directory {directory} cannot be written to: {error.strerror}. "
        raise BadSetting(words + "Make room or make it writable, or give another with --data-dir.") from error


def _take(directory: Path, service: str, holder: str) -> Lock:
    lock = open(directory / f"{service}.lock", "a+", encoding="utf-8")  # noqa: SIM115  # held as long as the process
    deadline = clock.monotonic() + ENDING_LIMIT
    while not _is_ours(lock):
        other = _read_holder(lock)
        if _is_running(other.get("pid")) or clock.monotonic() > deadline:
            raise BadSetting(_explain(directory, service, other))
        clock.pause(POLL_INTERVAL)
    lock.truncate(0)
    lock.write(holder)
    lock.flush()
    return lock


def _is_ours(lock: Lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in UNSUPPORTED:  # where nothing can be locked, nothing is
            raise
    return True


def _read_holder(lock: Lock) -> dict[str, object]:
    lock.seek(0)
    with suppress(ValueError):
        found = json.loads(lock.read())
        if isinstance(found, dict):
            return found
    return {}


def _is_running(pid: object) -> bool:
    if not isinstance(pid, int):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _explain(directory: Path, service: str, holder: dict[str, object]) -> str:
    told = [
        words.format(holder[name])
        for name, words in (("pid", "process {}"), ("base_port", "base port {}"), ("since", "since {}"))
        if name in holder
    ]
    who = f"another sandbox ({', '.join(told)})" if told else "another sandbox"
    return (
        f"The data directory {directory} is in use: {who} keeps the worlds of {service} there. "
        "Use that one, end it, or start this one with its own --data-dir and --base-port."
    )
