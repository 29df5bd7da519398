"""Whether a sandbox's databases can be used, found out, and seen to, before anything listens.

Databases of an earlier version are brought up to date in a process of its own, as PostgreSQL is looked for: what that
needs must not be imported where services are served.
"""

import errno
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from orchestrator.runtime.values import BadSetting
from simulators.kit.settings import Settings

SQLITE = b"SQLite format 3\0"

LOOKED_THROUGH = 8 * 1024 * 1024
"""Bytes up to which a file is looked through for damage, a millisecond a MiB; in a larger one it is told when met."""

log = logging.getLogger("sandbox")


def check(settings: Settings, services: Sequence[str]) -> None:
    """Have the services' databases ready for this version.

    Raises BadSetting when a server cannot be reached, a file cannot be written to, is no database or is damaged, or a
    newer version has kept it.
    """
    if settings.database_url:
        _bring_up_to_date(services, settings)
        return
    _check_directory(settings.data_dir)
    there = [name for name in services if _has_content(settings.data_dir / f"{name}.sqlite3")]
    if older := [name for name in there if not _is_current(settings, name)]:
        _bring_up_to_date(older, settings)


def _check_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
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


def _is_current(settings: Settings, service: str) -> bool:
    """Tell whether a file has this version's tables."""
    import sqlite3

    from simulators.kit import schema
    from simulators.kit.databases import Sqlite

    file = Sqlite(settings.data_dir / f"{service}.sqlite3")
    try:
        connection = file.connect()
        try:
            if file.path.stat().st_size <= LOOKED_THROUGH:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                if found != "ok":
                    raise sqlite3.DatabaseError(found.replace("\n", " "))
            return schema.state(file, connection, schema.heads(packages(service))) is not schema.State.OTHER
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise BadSetting(f"{file.path} cannot be opened ({error}). See to that, or give {file.elsewhere}.") from error
    except sqlite3.DatabaseError as error:
        words = f"is damaged ({error}). Restore it, or remove it to begin with no worlds, or give {file.elsewhere}."
        raise BadSetting(f"{file.path} {words}") from error


def packages(service: str) -> tuple[str, str]:
    """Return the packages whose tables a service has."""
    return "simulators.kit", "orchestrator" if service == "orchestrator" else f"simulators.{service}"


def _bring_up_to_date(services: Sequence[str], settings: Settings) -> None:
    import subprocess

    command = [sys.executable, "-m", "orchestrator.runtime.upgrading", *services]
    place = settings.database_url or str(settings.data_dir)
    done = subprocess.run(command, input=place, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BadSetting((done.stderr.strip().splitlines() or ["A database could not be opened."])[-1])
    if done.stdout.strip():
        log.warning("Brought up to date from an earlier version: %s.", ", ".join(done.stdout.split()))
