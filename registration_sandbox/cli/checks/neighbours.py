"""What the sandbox can use beside it: PostgreSQL, a Docker engine, a browser."""

import os
import shutil
from collections.abc import Iterator, Mapping

from registration_sandbox.cli.checks.findings import Finding

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DIALECT = "postgresql+psycopg://"
PATIENCE = 3
"""Seconds."""


def postgres(environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Can the database be reached that worlds are to be kept in?"""
    url = environment.get("SANDBOX_DATABASE_URL")
    if not url:
        yield Finding("PostgreSQL", "ok", "not asked for: worlds are kept in SQLite files")
        return
    try:
        import psycopg
    except ImportError as error:
        remedy = "Install the driver: pip install 'registration-sandbox[postgres]'."
        yield Finding("PostgreSQL", "problem", f"its driver cannot be used: {error}", remedy)
        return
    try:
        url = url.replace(DIALECT, "postgresql://")
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        remedy = "Start the server, mend the URL, or unset SANDBOX_DATABASE_URL to keep SQLite files."
        why = str(error).strip().splitlines()[0]
        yield Finding("PostgreSQL", "problem", f"SANDBOX_DATABASE_URL cannot be used: {why}", remedy)
        return
    yield Finding("PostgreSQL", "ok", f"version {version} answers")


def docker() -> Iterator[Finding]:
    """Does a Docker engine answer?"""
    from docker import from_env

    try:
        version = from_env(timeout=PATIENCE).version()["Version"]
    except Exception as error:  # the SDK lets through what its HTTP client raises
        words = f"no engine answers ({str(error).partition('(')[0].strip(' :')})"
        remedy = "Start Docker if you want `sandbox up --docker`; nothing else needs it."
        yield Finding("Docker", "warning", words, remedy)
        return
    yield Finding("Docker", "ok", f"engine {version}")


def browser() -> Iterator[Finding]:
    """Is there a browser for the tests that want one?"""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        yield Finding("Chromium", "ok", found)
    else:
        remedy = "Install Chromium if you want to run the sandbox's own browser tests; nothing else needs it."
        yield Finding("Chromium", "warning", "not found", remedy)
