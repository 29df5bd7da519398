"""How the console says things: instants, ages, services, statuses and branches, in plain words."""

from datetime import datetime, timedelta

from orchestrator.flows.branches import Branch, branches
from registration_sandbox.drawing.events import PEOPLE
from simulators.kit import clock
from simulators.kit.services import TABLE

WHAT = {spec.name: (spec.title, spec.purpose) for spec in TABLE}
"""Every service's name for people, and what it is for."""

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def branch(id: str | None) -> Branch | None:
    """Return a branch of the documents by its id."""
    return branches().get(id) if id else None


def plain(service: str) -> str:
    """Return a service's name for people."""
    return WHAT[service][0] if service in WHAT else "A person" if service in PEOPLE else service


def spoken(status: str) -> str:
    """Return a status as one says it: ``Email_Otp_Sent`` is "email otp sent"."""
    return status.replace("_", " ").replace("Otp", "code").capitalize()


def instant(moment: datetime) -> str:
    """Return a moment as ``5 January 2026, 09:00:00 UTC``."""
    return f"{moment.day} {moment:%B %Y, %H:%M:%S} UTC"


def short_instant(moment: datetime) -> str:
    """Return a moment as ``5 Jan 09:00:00``."""
    return f"{moment.day} {moment:%b %H:%M:%S}"


def clock_time(moment: datetime) -> str:
    """Return a moment's time of day, to the millisecond."""
    return f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03}"


def age(since: datetime) -> str:
    """Return how long ago something of the machine's time was, in its largest unit."""
    seconds = int((clock.wall_now() - since).total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            return count_of(seconds // size, unit) + " ago"
    return "just now"


def lasting(time: timedelta) -> str:
    """Return a length of time in the largest unit of which it is a whole number: ``1 day``, ``90 minutes``."""
    seconds = max(1, round(time.total_seconds()))
    return next(count_of(seconds // size, unit) for size, unit in _UNITS if seconds % size == 0)


def count_of(number: int, unit: str) -> str:
    """Return ``1 attempt``, ``2 attempts``."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def until(text: str) -> str:
    """Return an instant in RFC 3339 as people read it; what is none, as it is."""
    try:
        return instant(clock.parse(text))
    except ValueError:
        return text
