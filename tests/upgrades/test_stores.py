"""A store of an earlier version is brought up to date with all that is in it; one that is not known is left alone."""

import subprocess
import sys
from importlib import import_module

import pytest
from msgspec import Struct

from simulators.kit.connections import Backend
from simulators.kit.databases import Postgres
from simulators.kit.failures import StoreFailure
from simulators.kit.store import Store
from tests.upgrades.conftest import Open

HERE = "tests.upgrades.letters"
LETTERS = 3


class First(Struct):
    number: int
    body: str


class Second(Struct):
    number: int
    text: str
    sender: str


KIND = {1: First, 2: Second}


def store(file: Backend, version: int) -> Store:
    return Store(("simulators.kit.tables", f"{HERE}_v{version}.tables"), lambda: file)


def letters(file: Backend, version: int) -> list[Struct]:
    """Return what a version of the package finds."""
    table = import_module(f"{HERE}_v{version}.tables").letters
    with store(file, version).transaction("w") as tx:
        found = [tx.get(table, KIND[version], number=number) for number in range(LETTERS)]
    return [letter for letter in found if letter is not None]


@pytest.fixture
def kept(database: Open) -> Backend:
    """Letters that the earlier version has kept."""
    file = database("letters")
    with store(file, 1).transaction("w") as tx:
        for number in range(LETTERS):
            tx.insert(import_module(f"{HERE}_v1.tables").letters, First(number, f"letter {number}"))
    return file


def run(file: Backend, *statements: str) -> None:
    connection = file.connect()
    for statement in statements:
        connection.execute(statement)
    connection.close()


def unnumbered(file: Backend) -> None:
    """Make a store what it was before stores were numbered."""
    run(file, "DROP TABLE alembic_version")


AFTERWARDS = [Second(number, f"letter {number}", "unknown") for number in range(LETTERS)]


def test_a_store_of_an_earlier_version_is_upgraded_with_all_that_is_in_it(kept: Backend) -> None:
    assert letters(kept, 2) == AFTERWARDS
    assert letters(kept, 2) == AFTERWARDS


def test_a_store_from_before_stores_were_numbered_is_upgraded_when_its_tables_are_the_first_ones(kept: Backend) -> None:
    unnumbered(kept)
    assert letters(kept, 2) == AFTERWARDS


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE letters ADD COLUMN colour TEXT",
        "ALTER TABLE letters RENAME COLUMN body TO content",
        "DROP TABLE due",
        "CREATE TABLE parcels (world TEXT)",
        "DROP INDEX due_by_wall",
    ],
)
def test_other_tables_from_before_stores_were_numbered_are_left_alone_in_clear_words(
    kept: Backend, change: str
) -> None:
    unnumbered(kept)
    run(kept, change)
    before = tables(kept)
    with pytest.raises(StoreFailure, match=r"its tables are not those .*Go on with the version that kept it, or give"):
        letters(kept, 2)
    assert tables(kept) == before


def test_a_store_of_a_newer_version_is_left_alone_in_clear_words(kept: Backend) -> None:
    letters(kept, 2)
    with pytest.raises(StoreFailure, match=r"kept by a newer version of the sandbox \(letters_0002 is not known here"):
        letters(kept, 1)
    assert letters(kept, 2) == AFTERWARDS


def test_an_upgrade_that_fails_leaves_everything_as_it_was(kept: Backend) -> None:
    run(kept, "CREATE INDEX letters_by_sender ON letters (body)")  # what the upgrade makes last is in its way
    with pytest.raises(Exception, match="letters_by_sender"):
        letters(kept, 2)
    assert letters(kept, 1) == [First(number, f"letter {number}") for number in range(LETTERS)]


def test_replicas_that_begin_at_once_upgrade_once(kept: Backend) -> None:
    opened = (
        f"Postgres({kept.url!r}, {kept.service!r})" if isinstance(kept, Postgres) else f"Sqlite(Path({kept.place!r}))"
    )
    program = (
        "from pathlib import Path; from simulators.kit.databases import Postgres, Sqlite;"
        f"from tests.upgrades.test_stores import letters; print(letters({opened}, 2))"
    )
    replicas = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [replica.communicate(timeout=30)[0].strip() for replica in replicas] == [str(AFTERWARDS)] * 2


def tables(file: Backend) -> set[str]:
    connection = file.connect()
    try:
        return file.tables(connection)
    finally:
        connection.close()
