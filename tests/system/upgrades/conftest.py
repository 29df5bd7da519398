"""Both databases, by the name of a service: an SQLite file each, or a schema each of a PostgreSQL server."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.kit.store.connections import Backend
from simulators.kit.store.databases import Postgres, Sqlite

Open = Callable[[str], Backend]


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Return the database of a name; the same name is the same database for the length of a test."""
    if request.param == "sqlite":
        return lambda name: Sqlite(tmp_path / f"{name}.sqlite3")
    url = request.getfixturevalue("postgres_url")
    return lambda name: Postgres(url, f"{name}-{tmp_path.name}")
