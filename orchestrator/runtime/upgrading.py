"""Bring services' databases up to date: ``python -m orchestrator.runtime.upgrading SERVICE…``, their place on stdin.

The place, a PostgreSQL URL or a directory of SQLite files, may hold a password, which no list of processes must show.
Prints the services whose tables were another version's; ends with one line that says why, if one cannot be used.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from orchestrator.runtime.storage import packages
from simulators.kit import schema
from simulators.kit.databases import Postgres, Sqlite
from simulators.kit.failures import StoreFailure


def bring_up_to_date(place: str, services: Sequence[str]) -> Iterator[str]:
    """Yield the services whose databases were brought up to date. Raises StoreFailure, and what connecting raises."""
    for service in services:
        database = Postgres(place, service) if "://" in place else Sqlite(Path(place) / f"{service}.sqlite3")
        connection = database.connect()
        wanted = packages(service)
        found = schema.state(database, connection, schema.heads(wanted))
        connection.close()
        if found is schema.State.OTHER:
            from simulators.kit import upgrading

            upgrading.upgrade(database, wanted)
            yield service


def main() -> int:
    place = sys.stdin.read()
    try:
        sys.stdout.writelines(f"{service}\n" for service in bring_up_to_date(place, sys.argv[1:]))
    except StoreFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except ModuleNotFoundError as error:
        sys.stderr.write(f"SANDBOX_DATABASE_URL needs {error.name}: pip install 'registration-sandbox[postgres]'.\n")
        return 1
    except Exception as error:
        why = str(error).strip().splitlines() or [type(error).__name__]
        sys.stderr.write(f"SANDBOX_DATABASE_URL cannot be used: {why[0]}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
