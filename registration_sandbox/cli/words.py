"""Values of the API in a person's words."""

from datetime import datetime

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
