"""The ``:named`` values of a statement, as drivers take them."""

import re
from functools import lru_cache

_PARTS = re.compile(r"'(?:[^']|'')*'|::|:(?P<value>[A-Za-z_]\w*)|%")
"""What must be told apart in a statement: text in quotes, casts, named values, and the per cent signs that psycopg
would take for its own."""


@lru_cache(maxsize=1024)
def with_percent_names(sql: str) -> str:
    """Return a statement with ``:name`` written as ``%(name)s``, as psycopg takes it."""

    def replace(found: re.Match[str]) -> str:
        if name := found["value"]:
            return f"%({name})s"
        return found[0].replace("%", "%%")

    return _PARTS.sub(replace, sql)
