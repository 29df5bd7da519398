"""What commands print: a table to a terminal, whole and plain text to anything else, JSON to a program."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.text import Text

GAP = "  "
NARROWEST = 2
"""Columns of a column at least: a letter, and the ellipsis."""


def show(titles: Mapping[str, str], rows: Sequence[Sequence[object]], whole: Sequence[str] = ()) -> None:
    """Print rows under titles, each title with the style of its column, empty for none.

    A terminal gets a line a row: texts that it is too narrow for end in "…", but never those of the first column and of
    the columns named in ``whole``, which are to be copied. Anything else gets aligned text with nothing cut.
    """
    texts = [[" ".join(str("" if cell is None else cell).split()) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_table(titles, texts, {next(iter(titles)), *whole})
    else:
        _print_aligned([[title.upper() for title in titles], *texts])


def fit_widths(natural: Sequence[int], whole: Sequence[bool], room: int) -> list[int]:
    """Return widths of columns that fit into ``room``, taken from the widest of those that need not be whole.

    None of them becomes narrower than ``NARROWEST``: what has no room then is left to the terminal.
    """
    widths = list(natural)
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - room
    for _ in range(excess):
        at = max((at for at, is_whole in enumerate(whole) if not is_whole), key=lambda at: widths[at], default=None)
        if at is None or widths[at] <= NARROWEST:
            break
        widths[at] -= 1
    return widths


def fields(pairs: Sequence[tuple[str, object]], indent: str = "") -> None:
    """Print names and values, one a line, the values below each other."""
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        click.echo(f"{indent}{click.style(f'{name:<{width}}', dim=True)}{GAP}{value}".rstrip())


def as_json(value: Any) -> None:
    """Print a JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def as_json_line(value: Any) -> None:
    """Print a value as one of JSON Lines."""
    click.echo(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _print_aligned(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo(GAP.join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def _print_table(titles: Mapping[str, str], rows: Sequence[Sequence[str]], whole: Set[str]) -> None:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    natural = [max(map(cell_len, column)) for column in zip(titles, *rows, strict=True)]
    widths = fit_widths(natural, [title in whole for title in titles], console.width)

    def print_row(cells: Iterable[str], styles: Iterable[str]) -> None:
        line = Text(GAP).join(
            _fit(Text(cell, style), width) for cell, style, width in zip(cells, styles, widths, strict=True)
        )
        line.rstrip()
        console.print(line)

    print_row(titles, ["bold"] * len(titles))
    console.print("─" * min(sum(widths) + len(GAP) * (len(widths) - 1), console.width))
    for row in rows:
        print_row(row, titles.values())
    if widths != natural:
        click.secho("What ends in … does not fit here; --json tells all of it.", dim=True, err=True)


def _fit(text: "Text", width: int) -> "Text":
    text.truncate(width, overflow="ellipsis", pad=True)
    return text
