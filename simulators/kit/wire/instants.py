"""Instants as the vendors' systems write them: with three digits of a second."""

from datetime import UTC, datetime, timedelta

MILLISECOND = 1000
"""In microseconds."""


def write_instant(instant: datetime) -> str:
    """Return an instant as the vendor's systems write it: ``yyyy-MM-dd'T'HH:mm:ss.SSS'Z'``, cut to milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def round_up(instant: datetime) -> datetime:
    """Return the first instant from ``instant`` on that ``write_instant`` writes in full: for what ends then."""
    return instant + timedelta(microseconds=-instant.microsecond % MILLISECOND)


def read_instant(text: str) -> datetime | None:
    """Return the instant that ``write_instant`` wrote; ``None`` for any other text."""
    if len(text) != len("2026-01-05T09:00:00.000Z") or text[10:11] != "T" or text[-1] != "Z":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
