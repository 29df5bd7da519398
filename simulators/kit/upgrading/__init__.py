"""Databases of earlier versions brought up to date by Alembic, with all that is in them.

One that kept no version yet is taken for the first one if its tables are exactly those. Everything happens in one
transaction that nobody else can begin meanwhile: an upgrade is done once and as a whole, or not at all.
"""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, create_engine, event
from sqlalchemy.exc import DBAPIError

from simulators.kit.failures import StoreFailure, Trouble
from simulators.kit.schema import VERSION_TABLE

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Upgradable(Protocol):
    """A database that can be brought up to date; ``elsewhere`` says how to choose another."""

    place: str
    elsewhere: str

    def begin(self, connection: Any, world: str) -> None: ...
    def failure(self, error: BaseException) -> StoreFailure | None: ...
    def engine(self) -> "Engine": ...


_one_at_a_time = threading.Lock()
"""Alembic's environment is one for the whole process."""


def upgrade(database: Upgradable, packages: Sequence[str]) -> None:
    """Bring the tables of some packages up to date.

    Raises StoreFailure when a newer version made them, or one that this version does not know how to go on from.
    """
    engine = database.engine()

    @event.listens_for(engine, "begin")
    def alone(connection: Connection) -> None:
        database.begin(connection.connection.dbapi_connection, "")

    try:
        with _one_at_a_time, engine.begin() as connection:
            _upgrade(connection, packages, database)
    except DBAPIError as error:
        raise database.failure(error.orig or error) or error from error
    finally:
        engine.dispose()


def config_for(packages: Sequence[str], connection: Connection | None = None, metadata: Any = None) -> Config:
    """Return Alembic's configuration for packages that have migrations, on a connection."""
    config = Config(attributes={"connection": connection, "metadata": metadata})
    config.set_main_option("script_location", "simulators.kit:upgrading")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(f"{package}:migrations" for package in packages))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _upgrade(connection: Connection, packages: Sequence[str], database: Upgradable) -> None:
    config = config_for(packages, connection)
    script = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_heads()
    if unknown := [version for version in found if not _knows(script, version)]:
        words = f"{database.place} was kept by a newer version of the sandbox ({', '.join(unknown)} is not known here)."
        raise _refused(database, words)
    if not found:
        if differences := _differences(connection, packages):
            words = (
                f"{database.place} was kept by a version of the sandbox that left no number in it, and its tables are "
                f"not those of the last such version ({differences[0]})."
            )
            raise _refused(database, words)
        command.stamp(config, script.get_bases())
    command.upgrade(config, "heads")


def _refused(database: Upgradable, words: str) -> StoreFailure:
    advice = f"Go on with the version that kept it, or give {database.elsewhere}."
    return StoreFailure(Trouble.OTHER_VERSION, database.place, f"{words} {advice}")


def _knows(script: ScriptDirectory, version: str) -> bool:
    try:
        return script.get_revision(version) is not None
    except CommandError:
        return False


def _differences(connection: Connection, packages: Sequence[str]) -> list[str]:
    """Return in what tables differ from those that the packages' first migrations make."""
    found = compare_metadata(MigrationContext.configure(connection), first_tables(packages))
    return [_told(each[0] if isinstance(each, list) else each) for each in found]


def first_tables(packages: Sequence[str]) -> MetaData:
    """Return the tables that the packages' first migrations make."""
    engine = create_engine("sqlite://")
    first = MetaData()
    with engine.begin() as connection:
        config = config_for(packages, connection)
        for base in ScriptDirectory.from_config(config).get_bases():
            command.upgrade(config, base)
        first.reflect(connection)
    first.remove(first.tables[VERSION_TABLE])
    engine.dispose()
    return first


def _told(difference: tuple[Any, ...]) -> str:
    """Tell a difference as Alembic found it: what it would do, and the names of what it would do it to."""
    names = [getattr(each, "name", each) for each in difference[1:]]
    return " ".join([str(difference[0]).replace("_", " "), *(name for name in names if isinstance(name, str))])
