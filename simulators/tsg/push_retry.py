"""When a push that was not acknowledged is tried again (Standard Webhooks 1.0.0, deliverability and reliability)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from simulators.kit import seeds
from simulators.kit.numbers import read_number
from simulators.tsg.policies import PushRetryPolicy
from simulators.tsg.records import Push

GONE = 410
"""The status by which a receiver says that it wants no further try of a push."""

MOST_STEPS = 60
"""After this many tries gaps grow no more, before a float overflows."""


def gap(policy: PushRetryPolicy, seed: str, push: Push) -> timedelta:
    """Return the gap after a push's latest try; its jitter comes from the world's seed."""
    growth = policy.factor ** min(max(push.attempts - 1, 0), MOST_STEPS)
    plain = policy.first.total_seconds() * growth
    share = seeds.derive_int(seed, "push-jitter", push.id, push.attempts) / (1 << 256)
    seconds = min(plain, policy.max.total_seconds())
    return timedelta(seconds=seconds * (1 + policy.jitter * share))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return the time that a receiver's ``Retry-After`` asks for; zero where it is neither seconds nor a date.

    A date is that of a clock that may be another than the world's, whose time is ``now``: the answer's ``Date``.
    Of the two, whichever it is the sooner after is meant (RFC 9110, section 10.2.3).
    """
    text = headers.get("retry-after", "").strip()
    seconds = read_number(text)
    if seconds is not None:
        return timedelta(seconds=seconds)
    until = _date(text)
    clocks = [now, *filter(None, [_date(headers.get("date", ""))])]
    return min((until - clock for clock in clocks if until > clock), default=timedelta()) if until else timedelta()


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the latter for a number of many digits
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def time_to_next_try(
    policy: PushRetryPolicy, seed: str, push: Push, *, status: int, wanted: timedelta, now: datetime
) -> timedelta | None:
    """Return the time until the next try after one that got ``status``, or None to stop.

    A push is given up after 410, and when the next try would come later than ``span`` after the sign-up. The
    ``wanted`` Retry-After of a receiver makes the gap longer, never shorter.
    """
    if status == GONE:
        return None
    wait = max(gap(policy, seed, push), wanted)
    return wait if now - push.made_at + wait <= policy.span else None
