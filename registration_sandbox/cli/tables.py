"""What commands print: a table to a terminal, whole and plain text to anything else, JSON to a program."""

import json
import sys
from collections.abc import Mapping, Sequence, Set
from typing import Any

import click

GAP = "  "


def show(titles: Mapping[str, str], rows: Sequence[Sequence[object]], whole: Sequence[str] = ()) -> None:
    """Print rows under titles, each title with the style of its column, empty for none.

    A terminal gets a table that fits it, in which the first column and those named in ``whole`` are not folded.
    Whatever reads a pipe gets aligned text, one line a row, with nothing cut.
    """
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_table(titles, texts, {next(iter(titles)), *whole})
    else:
        _print_aligned([[title.upper() for title in titles], *texts])


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
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo(GAP.join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def _print_table(titles: Mapping[str, str], rows: Sequence[Sequence[str]], whole: Set[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for title, style in titles.items():
        table.add_column(title, style=style, overflow="fold", no_wrap=title in whole)
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)
