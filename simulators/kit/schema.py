"""Whether a database has the tables of this version: told by the version table that Alembic keeps, without Alembic.

A new database is made from the tables as they are declared; one of an earlier version is brought up to date
(``upgrading``). Each package with tables has a line of migrations of its own, whose last is its ``migrations.HEAD``.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any

from simulators.kit.connections import Backend, Connections

VERSION_TABLE = "alembic_version"

MAKE_VERSION_TABLE = (
    f"CREATE TABLE {VERSION_TABLE} ("
    f"version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
)


class State(Enum):
    """How a database stands to this version's tables."""

    CURRENT = "has them"
    EMPTY = "has no tables at all"
    OTHER = "has those of another version"


def packages_of(modules: Iterable[str]) -> list[str]:
    """Return the packages that modules of tables stand in."""
    return [module.rpartition(".")[0] for module in modules]


def heads(packages: Iterable[str]) -> frozenset[str]:
    """Return the last revision of each package's migrations."""
    return frozenset(importlib.import_module(f"{package}.migrations").HEAD for package in packages)


def state(database: Backend, connection: Any, wanted: frozenset[str]) -> State:
    there = database.tables(connection)
    if not there:
        return State.EMPTY
    found = set()
    if VERSION_TABLE in there:
        found = {version for (version,) in connection.execute(f"SELECT version_num FROM {VERSION_TABLE}")}  # noqa: S608
    return State.CURRENT if found == wanted else State.OTHER


def see_to_tables(
    database: Backend, connections: Connections, modules: Sequence[str], ddl: Callable[[], Sequence[str]]
) -> None:
    """Have a database have this version's tables, which ``ddl`` makes, whatever it had before. Raises StoreFailure."""
    packages = packages_of(modules)
    wanted = heads(packages)
    found = connections.read(lambda connection: state(database, connection, wanted))
    if found is State.EMPTY:
        found = connections.read(lambda connection: _make(database, connection, ddl(), wanted))
    if found is State.OTHER:
        from simulators.kit import upgrading

        upgrading.upgrade(database, packages)


def _make(database: Backend, connection: Any, ddl: Sequence[str], wanted: frozenset[str]) -> State:
    """Make the tables in an empty database, unless another process was quicker; return how it stands then."""
    database.begin(connection, "")
    found = state(database, connection, wanted)
    if found is State.EMPTY:
        versions = [f"INSERT INTO {VERSION_TABLE} VALUES ('{version}')" for version in sorted(wanted)]  # noqa: S608
        for statement in [*ddl, MAKE_VERSION_TABLE, *versions]:
            connection.execute(statement)
        found = State.CURRENT
    connection.execute("COMMIT")
    return found
