"""The steps from version to version of our own tables: each leads to what is declared, with all that is kept."""

from typing import Any

import pytest

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.tables import UndoRow
from simulators.kit import clock
from simulators.kit.services import CONTROL_PLANE, spec_of
from simulators.kit.store.connections import Backend
from simulators.kit.store.schema import VERSIONS, schema_of
from simulators.kit.store.transactions import Store
from tests.system.upgrades.conftest import Open
from tests.system.upgrades.test_stores import run

pytestmark = pytest.mark.thorough

BACK = {
    "control_plane": ["DROP TABLE undo_copies"],
    "store": ["ALTER TABLE worlds DROP COLUMN unmasked"],
}
"""What leads from the newest version of each module's tables that has steps back to its first."""


def store(file: Backend) -> Store:
    return Store(spec_of(CONTROL_PLANE.name).tables, lambda: file)


@pytest.fixture
def first(database: Open) -> Backend:
    """A control plane's database as the first version made it, with a world in it."""
    file = database("control_plane")
    with store(file).transaction("w") as tx:
        assert tx.next("n") == 1
    for name, statements in BACK.items():
        run(file, *statements, f"UPDATE {VERSIONS} SET number = 1, digest = 'of the first' WHERE name = '{name}'")
    return file


def columns_of(file: Backend, table: str) -> set[str]:
    with store(file).transaction("w") as tx:
        return {each[0] for each in tx.run(f"SELECT * FROM {table}").description}


def test_every_module_that_has_steps_is_looked_at() -> None:
    schemas: list[Any] = [schema_of(module) for module in spec_of(CONTROL_PLANE.name).tables]
    assert {schema.name for schema in schemas if schema.steps} == set(BACK)


def test_the_first_version_becomes_what_is_declared(first: Backend, database: Open) -> None:
    new = database("new")
    for module in spec_of(CONTROL_PLANE.name).tables:
        for table in schema_of(module).tables:
            assert columns_of(first, table.name) == columns_of(new, table.name) == {c.name for c in table.columns}
    written = f"SELECT name, number, digest FROM {VERSIONS} ORDER BY name"
    assert run(first, written) == run(new, written)
    with store(first).transaction("w") as tx:
        assert tx.next("n") == 2


def test_copies_to_undo_with_are_kept_in_an_upgraded_store(first: Backend) -> None:
    row = UndoRow("1", "w", "deleted", clock.wall_now(), None, b"\x00\xff")
    with store(first).transaction("") as tx:
        tx.insert(tables.undo_copies, row)
        assert tx.get(tables.undo_copies, UndoRow, id="1") == row
