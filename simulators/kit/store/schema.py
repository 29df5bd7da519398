"""The tables of a database, in the version that this code wants: made where there are none, else brought up to date.

Each module of tables has a version of its own, named after its package and counted from 1. A new database is made from
the tables as they are declared. To change a table, add, in the package's folder ``versions``, an SQL file with
the step to the next version (``0002_keep_the_sender.sql``), which runs on SQLite and on PostgreSQL alike; ``digest``
tells the tables of two builds apart that call themselves the same version.
"""

import hashlib
import importlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simulators.kit.store.connections import Backend, Connections
from simulators.kit.store.failures import StoreFailure, Trouble
from simulators.kit.store.table import Table

VERSIONS = "sandbox_versions"
"""The table that tells which version of each module's tables a database has."""

MAKE_VERSIONS = (
    f"CREATE TABLE {VERSIONS} (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, digest TEXT NOT NULL)"
)
READ_VERSIONS = f"SELECT name, number, digest FROM {VERSIONS}"
FORGET_VERSIONS = f"DELETE FROM {VERSIONS}"
WRITE_VERSION = f"INSERT INTO {VERSIONS} (name, number, digest) VALUES (:name, :number, :digest)"

Versions = Mapping[str, tuple[int, str]]
"""The number and the digest of each module's tables, by its name."""


@dataclass(frozen=True)
class Schema:
    """The tables that one module declares, and the SQL that leads to each version after the first."""

    name: str
    tables: tuple[Table, ...]
    steps: Mapping[int, str]

    @property
    def number(self) -> int:
        return max(self.steps, default=1)

    @property
    def ddl(self) -> list[str]:
        return [statement for table in self.tables for statement in table.ddl]

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(sorted(self.ddl)).encode()).hexdigest()[:16]


@cache
def schema_of(module: str) -> Schema:
    """Return the tables that a module declares."""
    package = module.rpartition(".")[0]
    tables = [value for value in vars(importlib.import_module(module)).values() if isinstance(value, Table)]
    folder = files(package) / "versions"
    steps = sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else []
    numbered = {
        int(file.name.partition("_")[0]): file.read_text("utf-8") for file in steps if file.name.endswith(".sql")
    }
    return Schema(package.rpartition(".")[2], tuple(tables), numbered)


def prepare(database: Backend, connections: Connections, modules: Sequence[str]) -> bool:
    """Give a database the tables of some modules; return whether it had those of an earlier version.

    All is done in one transaction that nobody else can begin meanwhile: once and as a whole, or not at all. Raises
    StoreFailure when another version, or another program, made the tables that are there.
    """
    schemas = [schema_of(module) for module in modules]
    wanted = {schema.name: (schema.number, schema.digest) for schema in schemas}
    if connections.read(lambda connection: _read_versions(database, connection)) == wanted:
        return False
    connection = connections.begin("")
    try:
        found = _read_versions(database, connection)
        if found is None:
            connection.execute(MAKE_VERSIONS)
        else:
            _refuse_others(database, found, wanted)
        for schema in schemas:
            for statement in _missing(schema, found):
                connection.execute(statement)
        connection.execute(FORGET_VERSIONS)
        for name, (number, digest) in wanted.items():
            values = {"name": name, "number": number, "digest": digest}
            connection.execute(database.translate(WRITE_VERSION), values)
    except BaseException as error:
        connections.end(connection, "", "ROLLBACK")
        connections.fail(error)
    connections.end(connection, "", "COMMIT")
    return found is not None and found != wanted


def _read_versions(database: Backend, connection: Any) -> Versions | None:
    """Return the versions that a database has, None where it has no tables at all."""
    there = database.tables(connection)
    if not there:
        return None
    if VERSIONS not in there:
        words = (
            "has tables that this version of the sandbox did not make, or that an earlier build made, whose worlds "
            "cannot be carried over. Remove it to begin with no worlds"
        )
        raise _refusal(database, words)
    return {name: (number, digest) for name, number, digest in connection.execute(READ_VERSIONS)}


def _refuse_others(database: Backend, found: Versions, wanted: Versions) -> None:
    for name, (number, digest) in found.items():
        if name not in wanted or number > wanted[name][0]:
            words = f"was kept by a newer version of the sandbox ({name} {number} is not known here). "
            raise _refusal(database, words + "Go on with the version that kept it")
        if number == wanted[name][0] and digest != wanted[name][1]:
            words = f"was kept by another build of the sandbox, whose tables of {name} differ. "
            raise _refusal(database, words + "Remove it to begin with no worlds")


def _refusal(database: Backend, words: str) -> StoreFailure:
    return StoreFailure(
        Trouble.OTHER_VERSION, database.place, f"{database.place} {words}, or give {database.elsewhere}."
    )


def _missing(schema: Schema, found: Versions | None) -> Iterator[str]:
    """Yield the statements that lead from what was found of a module's tables to what it declares."""
    if found is None or schema.name not in found:
        yield from schema.ddl
        return
    for number in range(found[schema.name][0] + 1, schema.number + 1):
        yield from _statements(schema.steps[number])


def _statements(script: str) -> Iterator[str]:
    """Split a script, since SQLite's own way to run one would commit the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
