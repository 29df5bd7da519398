"""Regular expressions of users, matched in linear time: by RE2, which does not backtrack."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re2


def check_pattern(pattern: str) -> None:
    """Raise ValueError unless ``pattern`` is a regular expression that RE2 takes, and matches some text."""
    if not pattern:
        raise ValueError("pattern is empty: no user id could match it")
    if pattern not in _KNOWN_GOOD:
        _compile(pattern)


def matches_whole(pattern: str, text: str) -> bool:
    """Tell whether all of ``text`` matches ``pattern``. Raises ValueError for a malformed pattern."""
    return _compile(pattern).fullmatch(text) is not None


_KNOWN_GOOD = frozenset({"[A-Za-z][A-Za-z0-9._-]*"})
"""The default, which need not be compiled whenever a service starts."""


MOST_COMPILED = 8
"""How many compiled patterns are kept: each may take RE2's ``max_mem``, 8 MiB, in each process."""


@lru_cache(maxsize=MOST_COMPILED)
def _compile(pattern: str) -> "re2._Regexp[str]":
    import re2

    options = re2.Options()
    options.log_errors = False  # the error is raised; RE2 would write it to stderr as well
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else error
        raise ValueError(f"pattern is no regular expression that RE2 takes: {reason}") from error
    finally:
        re2.purge()  # it keeps 128 of its own
