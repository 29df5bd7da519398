"""Who a stack belongs to: a ``sandbox up --docker`` that runs, or one that was killed and left it behind.

A run locks a file in its data directory for as long as it lives, and everything that it has the engine make is labelled
with that file's path and this machine's name. The system frees the lock of whoever is killed; what the labels of a free
lock are on is a left-over.
"""

import fcntl
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orchestrator.runtime.containers.stack import STACK, Stack
from orchestrator.runtime.values import BadSetting

LOCK, MACHINE = "registration-sandbox.lock", "registration-sandbox.machine"


def name_of(base_port: int) -> str:
    """Return the name of the stack on a base port: one engine can publish only one there."""
    return f"sandbox-{base_port}"


@contextmanager
def held(data_dir: Path, name: str) -> Iterator[Mapping[str, str]]:
    """Own a stack for the block; give the labels that say so. Raises BadSetting when another run owns it."""
    path = (data_dir / f"{name}.lock").resolve()
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _in_use(name) from error
        yield {LOCK: str(path), MACHINE: socket.gethostname()}


def remove_left_overs(engine: Any, name: str, own: Mapping[str, str]) -> None:
    """Remove every stack whose owner is gone, for whoever owns the name by the labels ``own``.

    Raises BadSetting when another owner of a stack of this name is not gone.
    """
    labels: dict[str, Mapping[str, str]] = {}
    for found in (*engine.containers.list(all=True, ignore_removed=True), *engine.networks.list()):
        its = found.attrs.get("Labels") or found.attrs.get("Config", {}).get("Labels") or {}
        if LOCK in its:
            labels[its[STACK]] = its
    for stack, its in labels.items():
        if its[MACHINE] == own[MACHINE] and (its[LOCK] == own[LOCK] or not _is_held(Path(its[LOCK]))):
            Stack(engine, stack).remove()
        elif stack == name:
            raise _in_use(name)


def _is_held(path: Path) -> bool:
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _in_use(name: str) -> BadSetting:
    return BadSetting(f"The containers {name}-* belong to another sandbox up --docker. Stop it, or choose --base-port.")
