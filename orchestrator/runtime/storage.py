"""Whether a sandbox's databases can be had, found out before anything listens."""

import sys
from collections.abc import Sequence
from pathlib import Path

from orchestrator.runtime.values import BadSetting
from simulators.kit.settings import Settings

SQLITE = b"SQLite format 3\0"
CONNECT = "import sys, psycopg; psycopg.connect(sys.stdin.read(), connect_timeout=5).close()"


def check(settings: Settings, services: Sequence[str]) -> None:
    """Raise BadSetting when PostgreSQL cannot be reached, or a file in the data directory is no database."""
    if settings.database_url:
        _check_postgres(settings.database_url)
        return
    for name in services:
        path = settings.data_dir / f"{name}.sqlite3"
        if path.exists() and not _is_database(path):
            raise BadSetting(f"{path} is no SQLite database. Remove it, or give another place with --data-dir.")


def _is_database(path: Path) -> bool:
    """Tell it by the file's first bytes; an empty file will be one."""
    try:
        with path.open("r+b") as file:
            return file.read(len(SQLITE)) in (b"", SQLITE)
    except OSError:
        return False


def _check_postgres(url: str) -> None:
    """Connect in a process of its own: here the driver must not be imported yet."""
    import subprocess

    url = url.replace("postgresql+psycopg://", "postgresql://")
    command = [sys.executable, "-c", CONNECT]
    tried = subprocess.run(command, input=url, capture_output=True, text=True, check=False)  # noqa: S603
    if tried.returncode:
        why = tried.stderr.strip().splitlines() or ["the driver ended without a word"]
        told = next((line for line in why if "Error" in line), why[-1])
        raise BadSetting(f"SANDBOX_DATABASE_URL cannot be used: {told.partition(': ')[2] or told}")
