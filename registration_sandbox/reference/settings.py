"""docs/settings.md: the environment variables."""

from collections.abc import Iterator

from registration_sandbox.reference.markdown import NOTHING, anchor, code, page, table
from registration_sandbox.runtime.environment import GROUPS

EXPLAINED = """
Settings come from the environment; an option of the command line (`sandbox up --base-port`) goes before its variable.
A value that cannot be used is refused at the start, by its name.
"""


def make_page() -> str:
    """Return the page."""
    return page("Settings", "`registration_sandbox/runtime/environment.py`", EXPLAINED, *_groups())


def _groups() -> Iterator[str]:
    for title, variables in GROUPS.items():
        yield f"## {title}"
        rows = [(f"{anchor(each.name)}{code(each.name)}", each.meaning, each.default or NOTHING) for each in variables]
        yield table(("variable", "meaning", "default"), rows)
