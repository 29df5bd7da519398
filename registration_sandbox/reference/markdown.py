"""Markdown as the pages need it: titles, tables, and docstrings made readable."""

import inspect
import re
from collections.abc import Iterable, Sequence

NOTHING = "\N{EN DASH}"
"""What stands in a cell that has nothing to say."""

_LITERAL = re.compile(r"``(.+?)``", re.DOTALL)


def page(title: str, made_from: str, *parts: str) -> str:
    """Return a page that says what it was made from."""
    note = f"*Made from {made_from} by `python -m registration_sandbox.reference`.*"
    return "\n\n".join([f"# {title}", note, *(part.strip("\n") for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a cell may hold Markdown, but no line break."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(each) for each in line) + " |" for line in lines)


def code(text: object) -> str:
    """Return text as code, also where it holds a backtick."""
    told = str(text)
    return f"`` {told} ``" if "`" in told else f"`{told}`"


def prose(docstring: str | None) -> str:
    """Return a docstring as Markdown: its paragraphs, with ``literals`` as code."""
    text = inspect.cleandoc(docstring or "")
    return _LITERAL.sub(lambda literal: code(" ".join(literal[1].split())), text)


def anchor(name: str) -> str:
    """Return a place that links lead to, whatever the heading below it says."""
    return f'<a id="{name}"></a>'


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
