"""What a service of a running sandbox keeps, whichever database it stands on."""

import os
from typing import Any

from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.kit.store.databases import Postgres, Sqlite


def kept(sandbox: RunningSandbox, service: str, query: str) -> list[tuple[Any, ...]]:
    """Return the rows that a query finds in a service's database."""
    url = os.environ.get("SANDBOX_DATABASE_URL")
    database = Postgres(url, service) if url else Sqlite(sandbox.data_dir / f"{service}.sqlite3")
    connection = database.connect()
    try:
        return [tuple(row) for row in connection.execute(query)]
    finally:
        connection.close()
