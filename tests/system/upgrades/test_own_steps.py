"""The steps from version to version of our own tables: each leads to what is declared, with all that is kept."""

import pytest

from registration_sandbox.control_plane import tables
from registration_sandbox.control_plane.tables import UndoRow
from simulators.kit import clock
from simulators.kit.services import CONTROL_PLANE, spec_of
from simulators.kit.services import SERVICES as ALL
from simulators.kit.store.connections import Backend
from simulators.kit.store.databases import Postgres, Sqlite
from simulators.kit.store.schema import VERSIONS, schema_of
from simulators.kit.store.transactions import Store
from tests.system.upgrades.conftest import Open
from tests.system.upgrades.test_stores import run

pytestmark = pytest.mark.thorough

BACK = {
    "control_plane": ["DROP TABLE undo_copies"],
    "orchestrator": ["DROP INDEX answers_by_expiry"],
    "store": ["ALTER TABLE worlds DROP COLUMN unmasked"],
}
"""What leads from the newest version of each module's tables that has steps back to its first."""

SERVICES = (CONTROL_PLANE.name, "orchestrator")
"""Those whose databases have tables with steps."""

INDEXES: dict[type, str] = {
    Sqlite: "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    Postgres: "SELECT indexname FROM pg_indexes WHERE schemaname = '{0.service}' AND indexname NOT LIKE '%_pkey'"
    " ORDER BY indexname",
}


def store(file: Backend, service: str = CONTROL_PLANE.name) -> Store:
    return Store(spec_of(service).tables, lambda: file)


def first_of(service: str, database: Open) -> Backend:
    """Return a service's database as the first version made it, with a world in it."""
    file = database(service)
    with store(file, service).transaction("w") as tx:
        assert tx.next("n") == 1
    for module in spec_of(service).tables:
        schema = schema_of(module)
        if schema.steps:
            at_first = f"UPDATE {VERSIONS} SET number = 1, digest = 'of the first' WHERE name = '{schema.name}'"
            run(file, *BACK[schema.name], at_first)
    return file


def columns_of(file: Backend, table: str, service: str) -> set[str]:
    with store(file, service).transaction("w") as tx:
        return {each[0] for each in tx.run(f"SELECT * FROM {table}").description}


def test_every_module_that_has_steps_is_looked_at() -> None:
    with_steps = {
        (service.name, schema_of(module).name)
        for service in (CONTROL_PLANE, *map(spec_of, ALL))
        for module in service.tables
        if schema_of(module).steps
    }
    assert {name for _, name in with_steps} == set(BACK)
    assert {service for service, name in with_steps if name != "store"} == set(SERVICES)


@pytest.mark.parametrize("service", SERVICES)
def test_the_first_version_becomes_what_is_declared(service: str, database: Open) -> None:
    first, new = first_of(service, database), database("new")
    for module in spec_of(service).tables:
        for table in schema_of(module).tables:
            found, made = (columns_of(file, table.name, service) for file in (first, new))
            assert found == made == {column.name for column in table.columns}
    written = f"SELECT name, number, digest FROM {VERSIONS} ORDER BY name"
    for query in (written, INDEXES[type(first)]):
        assert run(first, query.format(first)) == run(new, query.format(new)) != []
    with store(first, service).transaction("w") as tx:
        assert tx.next("n") == 2


def test_copies_to_undo_with_are_kept_in_an_upgraded_store(database: Open) -> None:
    first = first_of(CONTROL_PLANE.name, database)
    row = UndoRow("1", "w", "deleted", clock.wall_now(), None, b"\x00\xff")
    with store(first).transaction("") as tx:
        tx.insert(tables.undo_copies, row)
        assert tx.get(tables.undo_copies, UndoRow, id="1") == row
