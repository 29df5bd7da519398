"""Values of the journal and of policies as people write them."""

import re
from datetime import timedelta
from typing import Any

import msgspec

from registration_sandbox.drawing.shortening import without_long_ids

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)")
_DURATION = re.compile(r"-?P(?=[\dT])(?:\d+D)?(?:T[\dHMS.]+)?")
_UNITS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "seconds"))


def facts_in_words(facts: dict[str, Any]) -> str:
    """Return facts as ``attempts 1, maximum 3``."""
    return ", ".join(f"{name.replace('_', ' ')} {in_words(value)}" for name, value in facts.items())


def in_words(value: Any) -> str:
    """Return a value of JSON as people write it: yes, none, 5 minutes, a plain instant, a short id."""
    if value in (None, "", [], {}):
        return "none"
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return facts_in_words(value)
        case list():
            return " and ".join(map(in_words, value))
        case str():
            duration = _duration(value) if _DURATION.fullmatch(value) else None
            return duration or without_long_ids(_INSTANT.sub(r"\1 \2", value))
    return str(value)


def _duration(text: str) -> str | None:
    """Return an ISO 8601 duration in the largest unit of which it is a whole number; ``None`` when it is none."""
    try:
        seconds = msgspec.convert(text, timedelta).total_seconds()
    except msgspec.ValidationError:
        return None
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds and seconds % size == 0), _UNITS[-1])
    return f"{seconds / size:g} {unit}"
