"""When a push that was not acknowledged is tried again (Standard Webhooks 1.0.0, deliverability and reliability)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from simulators.kit import seeds
from simulators.tsg.policies import PushRetryPolicy
from simulators.tsg.records import Push

GONE = 410
"""The status by which a receiver says that it wants no more of a push."""

MOST_STEPS = 60
"""Gaps stop growing after this many tries at the latest, before a float overflows."""


def gap(policy: PushRetryPolicy, seed: str, push: Push) -> timedelta:
    """Return the gap after a push's latest try; its jitter comes from the world's seed."""
    growth = policy.factor ** min(max(push.attempts - 1, 0), MOST_STEPS)
    plain = policy.first.total_seconds() * growth
    share = seeds.derive_int(seed, "push-jitter", push.id, push.attempts) / (1 << 256)
    seconds = min(plain, policy.max.total_seconds())
    return timedelta(seconds=seconds * (1 + policy.jitter * share))


def retry_after(headers: Mapping[str, str]) -> timedelta:
    """Return the seconds that a receiver's ``Retry-After`` asks for; none where it gives a date or nothing."""
    text = headers.get("retry-after", "").strip()
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else timedelta()


def next_try(
    policy: PushRetryPolicy, seed: str, push: Push, *, status: int, wanted: timedelta, now: datetime
) -> timedelta | None:
    """Return when to try again after a try that got ``status``, or None to give up.

    A receiver's ``wanted`` Retry-After is waited for; it cannot make the gap shorter.
    """
    if status == GONE:
        return None
    after = max(gap(policy, seed, push), wanted)
    return after if now + after <= push.made_at + policy.span else None
