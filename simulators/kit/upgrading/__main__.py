"""Write the next migration of a package: ``python -m simulators.kit.upgrading simulators.mailroom "Keep a priority"``.

Change the tables in the package's ``tables`` first; what is written is the difference, to be read before it is kept.
"""

import importlib
import sys
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from simulators.kit.upgrading import config_for

KIT = "simulators.kit"


def write(package: str, words: str) -> Path:
    """Write a migration from the package's last one to its declared tables; return its file."""
    packages = list(dict.fromkeys([KIT, package]))
    migrations = importlib.import_module(f"{package}.migrations")
    metadata = [importlib.import_module(f"{each}.tables").metadata for each in packages]
    name, number = migrations.HEAD.rsplit("_", 1)
    with create_engine("sqlite://").connect() as connection:
        config = config_for(packages, connection, metadata)
        command.upgrade(config, "heads")
        written = command.revision(
            config, words, autogenerate=True, head=migrations.HEAD, rev_id=f"{name}_{int(number) + 1:04}",
            version_path=str(Path(migrations.__path__[0])),
        )  # fmt: skip
    assert written is not None
    assert not isinstance(written, list)
    return Path(written.path)


if __name__ == "__main__":
    made = write(*sys.argv[1:])
    sys.stdout.write(f"{made} is written: read it, and make it HEAD in {made.parent / '__init__.py'}.\n")
