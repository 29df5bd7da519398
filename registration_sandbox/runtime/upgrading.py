"""Bring PostgreSQL schemas up to date: ``python -m registration_sandbox.runtime.upgrading SERVICE…``, the URL on stdin.

The URL may hold a password, which no list of processes must show. It is done in a process of its own, because psycopg
chooses how it waits when it is imported, and must find the standard library as gevent leaves it where services are
served. Prints the services whose tables were an earlier version's; ends with one line that says why, if a database
cannot be used.
"""

import sys

from simulators.kit.services import spec_of
from simulators.kit.store import schema
from simulators.kit.store.connections import Connections
from simulators.kit.store.databases import Postgres
from simulators.kit.store.failures import StoreFailure


def main() -> int:
    url = sys.stdin.read()
    try:
        for service in sys.argv[1:]:
            database = Postgres(url, service)
            connections = Connections(database)
            if schema.prepare(database, connections, spec_of(service).tables):
                sys.stdout.write(f"{service}\n")
            connections.close()
    except StoreFailure as failure:
        why = f"SANDBOX_DATABASE_URL cannot be used: {failure.__cause__}" if failure.__cause__ else str(failure)
        sys.stderr.write(" ".join(why.split()) + "\n")
        return 1
    except ModuleNotFoundError as error:
        sys.stderr.write(f"SANDBOX_DATABASE_URL needs {error.name}: pip install 'registration-sandbox[postgres]'.\n")
        return 1
    except Exception as error:
        why, *_ = str(error).strip().splitlines() or [type(error).__name__]
        sys.stderr.write(f"SANDBOX_DATABASE_URL cannot be used: {why}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
