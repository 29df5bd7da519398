"""A store of an earlier version is brought up to date with all that is in it; one that is not known is left alone."""

import subprocess
import sys
from typing import Any

import pytest
from msgspec import Struct

from simulators.kit.services import CONTROL_PLANE, KIT_TABLES, SERVICES, spec_of
from simulators.kit.store.connections import Backend
from simulators.kit.store.databases import Postgres
from simulators.kit.store.failures import StoreFailure
from simulators.kit.store.schema import VERSIONS, schema_of
from simulators.kit.store.transactions import Store
from tests.system.upgrades.conftest import Open
from tests.system.upgrades.v1.letters import tables as first
from tests.system.upgrades.v2.letters import tables as second

pytestmark = pytest.mark.thorough


VERSION = {1: first, 2: second}
NUMBERS = range(3)
BEFORE = [first.Letter(number, f"letter {number}") for number in NUMBERS]
AFTERWARDS = [second.Letter(number, f"letter {number}", "unknown") for number in NUMBERS]


def store(file: Backend, version: int) -> Store:
    return Store((*KIT_TABLES, VERSION[version].__name__), lambda: file)


def letters(file: Backend, version: int) -> list[Struct]:
    """Return what a version of the package finds."""
    tables: Any = VERSION[version]
    with store(file, version).transaction("w") as tx:
        return [tx.get(tables.letters, tables.Letter, number=number) for number in NUMBERS]


@pytest.fixture
def kept(database: Open) -> Backend:
    """Letters that the earlier version has kept."""
    file = database("letters")
    with store(file, 1).transaction("w") as tx:
        for letter in BEFORE:
            tx.insert(first.letters, letter)
    return file


def run(file: Backend, *statements: str) -> list[Any]:
    """Run some statements; return the rows of the last."""
    connection = file.connect()
    try:
        cursors = [connection.execute(statement) for statement in statements]
        return list(cursors[-1]) if cursors[-1].description else []
    finally:
        connection.close()


def test_a_store_of_an_earlier_version_is_upgraded_with_all_that_is_in_it(kept: Backend) -> None:
    assert letters(kept, 2) == AFTERWARDS
    assert letters(kept, 2) == AFTERWARDS


def test_a_new_store_is_at_once_as_if_it_had_been_upgraded(kept: Backend, database: Open) -> None:
    letters(kept, 2)
    new = database("new")
    letters(new, 2)
    written = f"SELECT name, number, digest FROM {VERSIONS} ORDER BY name"
    assert run(new, written) == run(kept, written)
    with store(new, 2).transaction("w") as tx:
        tx.insert(second.letters, AFTERWARDS[0])
    assert letters(new, 2)[0] == AFTERWARDS[0]


def test_tables_that_came_to_the_program_later_are_made(database: Open) -> None:
    file = database("letters")
    with Store(KIT_TABLES, lambda: file).transaction("w") as tx:
        assert tx.next("n") == 1
    with store(file, 1).transaction("w") as tx:
        tx.insert(first.letters, BEFORE[0])
        assert tx.next("n") == 2


def test_a_store_of_a_newer_version_is_left_alone_in_clear_words(kept: Backend) -> None:
    letters(kept, 2)
    with pytest.raises(StoreFailure, match=r"kept by a newer version of the sandbox \(letters 2 is not known here\)"):
        letters(kept, 1)
    assert letters(kept, 2) == AFTERWARDS


def test_tables_that_this_version_does_not_know_are_a_newer_versions(kept: Backend) -> None:
    with pytest.raises(StoreFailure, match=r"kept by a newer version of the sandbox \(letters 1 is not known here\)"):
        Store(KIT_TABLES, lambda: kept).begin("w")


def test_a_store_whose_tables_differ_within_a_version_is_left_alone_in_clear_words(kept: Backend) -> None:
    run(kept, f"UPDATE {VERSIONS} SET digest = 'another' WHERE name = 'letters'")
    with pytest.raises(StoreFailure, match=r"another build of the sandbox, whose tables of letters differ\. Remove it"):
        letters(kept, 1)


@pytest.mark.parametrize(
    "made", ["CREATE TABLE parcels (world TEXT)", "CREATE TABLE alembic_version (version_num TEXT)"]
)
def test_tables_that_are_not_ours_are_left_alone_in_clear_words(database: Open, made: str) -> None:
    file = database("letters")
    run(file, made)
    before = tables(file)
    with pytest.raises(
        StoreFailure, match=r"has tables that this version of the sandbox did not make.* or give another"
    ):
        letters(file, 2)
    assert tables(file) == before


def test_an_upgrade_that_fails_leaves_everything_as_it_was(kept: Backend) -> None:
    run(kept, "CREATE INDEX letters_by_sender ON letters (body)")  # what the upgrade makes last is in its way
    with pytest.raises(Exception, match="letters_by_sender"):
        letters(kept, 2)
    assert letters(kept, 1) == BEFORE


def test_replicas_that_begin_at_once_upgrade_once(kept: Backend) -> None:
    opened = (
        f"Postgres({kept.url!r}, {kept.service!r})" if isinstance(kept, Postgres) else f"Sqlite(Path({kept.place!r}))"
    )
    program = (
        "from pathlib import Path; from simulators.kit.store.databases import Postgres, Sqlite;"
        f"from tests.system.upgrades.test_stores import letters; print(letters({opened}, 2))"
    )
    replicas = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [replica.communicate(timeout=30)[0].strip() for replica in replicas] == [str(AFTERWARDS)] * 2


@pytest.mark.parametrize("service", [*SERVICES, CONTROL_PLANE.name])
def test_every_service_has_just_the_tables_that_it_declares(database: Open, service: str) -> None:
    file = database(service)
    modules = spec_of(service).tables
    with Store(modules, lambda: file).transaction("w") as tx:
        tx.forget()
    assert tables(file) == {table.name for module in modules for table in schema_of(module).tables} | {VERSIONS}


def tables(file: Backend) -> set[str]:
    connection = file.connect()
    try:
        return file.tables(connection)
    finally:
        connection.close()
