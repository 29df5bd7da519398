"""Finds out whether a sandbox's databases can be used, and prepares them, before anything listens."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from registration_sandbox.runtime import locks
from registration_sandbox.runtime.locks import Lock
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.log import log
from simulators.kit.services import spec_of
from simulators.kit.settings import Settings
from simulators.kit.store import schema
from simulators.kit.store.connections import Connections
from simulators.kit.store.databases import Sqlite
from simulators.kit.store.failures import StoreFailure, Trouble

SQLITE = b"SQLite format 3\0"

LARGEST_INSPECTED = 8 * 1024 * 1024
"""Bytes up to which a file is inspected for damage, a millisecond a MiB; in a larger one it is told when met."""


def claim(settings: Settings, services: Sequence[str], base_port: int) -> list[Lock]:
    """Make sure that databases can be kept where they are to be; return the locks that keep other sandboxes from them.

    On a server, the services' schemas are prepared as well. Raises BadSetting when the server cannot be reached,
    another version has kept a schema, the directory cannot be written to, or a running sandbox has the same databases.
    """
    if settings.database_url:
        _report(_prepare_schemas(settings.database_url, services))
        return []
    _check_directory(settings.data_dir)
    return locks.take(settings.data_dir, services, base_port)


def prepare_files(settings: Settings, services: Sequence[str]) -> None:
    """Make the services' files where they are not there, and bring their tables up to date.

    Raises BadSetting when a file cannot be written to, is no database or is damaged, or another version has kept it.
    """
    if not settings.database_url:
        _report([name for name in services if _prepare_file(settings.data_dir / f"{name}.sqlite3", name)])


def _report(upgraded: Sequence[str]) -> None:
    if upgraded:
        log.warning("Brought up to date from an earlier version: %s.", ", ".join(upgraded))


def _check_directory(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        words = f"cannot be written to: {error.strerror}. Make it writable, or give another with --data-dir."
        raise BadSetting(f"The data directory {directory} {words}") from error


def _has_content(path: Path) -> bool:
    """Tell whether a file holds a database; an empty one, or none, will be one."""
    try:
        with path.open("r+b") as file:
            beginning = file.read(len(SQLITE))
    except FileNotFoundError:
        return False
    except OSError as error:
        words = f"cannot be written to ({error.strerror}). Make it writable, or give another place with --data-dir."
        raise BadSetting(f"{path} {words}") from error
    if beginning not in (b"", SQLITE):
        raise BadSetting(f"{path} is no SQLite database. Remove it, or give another place with --data-dir.")
    return bool(beginning)


def _prepare_file(path: Path, service: str) -> bool:
    """Make a service's file if it is not there, and bring its tables up to date; return whether they were older."""
    file = Sqlite(path)
    try:
        if _has_content(path) and path.stat().st_size <= LARGEST_INSPECTED:
            with closing(file.connect()) as connection:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found.replace("\n", " "))
        connections = Connections(file)
        older = schema.prepare(file, connections, spec_of(service).tables)
        connections.close()
    except StoreFailure as failure:
        if failure.trouble is not Trouble.DAMAGED:
            raise BadSetting(str(failure)) from failure
        raise _make_damage_error(file, failure.__cause__ or failure) from failure
    except sqlite3.OperationalError as error:
        raise BadSetting(f"{path} cannot be opened ({error}). See to that, or give {file.elsewhere}.") from error
    except sqlite3.DatabaseError as error:
        raise _make_damage_error(file, error) from error
    return older


def _make_damage_error(file: Sqlite, error: BaseException) -> BadSetting:
    words = f"is damaged ({error}). Restore it, or remove it to begin with no worlds, or give {file.elsewhere}."
    return BadSetting(f"{file.path} {words}")


def _prepare_schemas(url: str, services: Sequence[str]) -> list[str]:
    """Have another process (``upgrading``) prepare the services' schemas; return those that were older."""
    command = [sys.executable, "-m", "registration_sandbox.runtime.upgrading", *services]
    done = subprocess.run(command, input=url, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BadSetting((done.stderr.strip().splitlines() or ["A database could not be opened."])[-1])
    return done.stdout.split()
