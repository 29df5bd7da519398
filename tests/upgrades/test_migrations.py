"""Every service's migrations lead to just the tables that it declares, and to the revision that it says it has."""

import importlib

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from orchestrator.runtime.storage import packages
from simulators.kit import schema, upgrading
from simulators.kit.connections import Connections
from simulators.kit.settings import SERVICES
from simulators.kit.store import Store
from tests.upgrades.conftest import Open


def declared(service: str) -> list[str]:
    return [f"{package}.tables" for package in packages(service)]


def differences(engine: Engine, service: str) -> list[object]:
    """Return what migrations would still have to change."""
    metadata = [importlib.import_module(module).metadata for module in declared(service)]
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_lead_from_nothing_to_the_declared_tables(database: Open, service: str) -> None:
    engine = database(service).engine()
    with engine.begin() as connection:
        command.upgrade(upgrading.config_for(packages(service), connection), "heads")
    assert differences(engine, service) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_new_store_is_as_if_it_had_been_migrated(database: Open, service: str) -> None:
    file = database(service)
    with Store(declared(service), lambda: file).transaction("w"):
        pass
    assert differences(file.engine(), service) == []
    wanted = schema.heads(packages(service))
    assert Connections(file).read(lambda connection: schema.state(file, connection, wanted)) is schema.State.CURRENT


@pytest.mark.parametrize("service", SERVICES)
def test_the_head_that_is_told_without_alembic_is_the_last_migration(service: str) -> None:
    script = ScriptDirectory.from_config(upgrading.config_for(packages(service)))
    assert set(script.get_heads()) == schema.heads(packages(service))
