"""Values of the API in a person's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def moment(text: str) -> str:
    """Return an instant of the API as ``2026-01-05 09:00:00``, in UTC."""
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S}"


def span(seconds: float) -> str:
    """Return a length of time as its largest unit: ``3 min``."""
    for size, unit in STEPS:
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return "0 s"


def times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def warn_unmasked(told: Mapping[str, Any], world: str) -> None:
    """Say in red, beside the output, that a world is unmasked, where what was answered of it says so."""
    if told.get("unmasked"):
        message = "Its journal is UNMASKED: passwords, PINs, codes and tokens of its people are in it."
        click.secho(f"The world {world}: {message}", fg="red", bold=True, err=True)
