"""One-time passwords: how one is made, and what a code that was typed is worth (web registration, steps 1 to 5)."""

import hmac
import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import count
from math import ceil
from typing import Literal

import pyotp

from simulators.cymmetri.policies import OtpPolicy
from simulators.cymmetri.records import Challenge, Channel
from simulators.kit.seeds import derive_base32, derive_hex
from simulators.kit.wire.instants import round_up

Verdict = Literal["correct", "wrong", "void", "expired"]

SHORTEST_HOTP = 6
"""Digits that an HOTP has at least (RFC 4226, section 5.3, R4); a shorter code is the end of one."""

_LEFT_BY_AUTOFILL = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b\u2060\ufeff]+")
"""Spaces, dashes and characters without width, in or around a code that was copied from a message."""


def issue(
    seed: str,
    number: int,
    *,
    registration: str,
    cif: str,
    channel: Channel,
    sent_to: str,
    policy: OtpPolicy,
    now: datetime,
    earlier: Collection[Challenge] = (),
    salt: str = "",
) -> Challenge:
    """Return the OTP ``number`` of a world, whose code is none of the ``earlier`` ones, which are void.

    ``salt`` tells worlds of one seed apart in its id, so that the gateway does not take the one for a repetition of the
    other.
    """
    void = {code_of(challenge) for challenge in earlier}
    for attempt in count():  # ends: there are more codes than earlier ones are remembered
        challenge = Challenge(
            id=derive_hex(seed, "otp", salt, number),
            number=number,
            registration=registration,
            cif=cif,
            channel=channel,
            sent_to=sent_to,
            secret=derive_base32(seed, "otp", number, attempt),
            digits=policy.digits,
            issued_at=now,
            expires_at=now + policy.lifetime,
        )
        if code_of(challenge) not in void:
            break
    return challenge


def code_of(challenge: Challenge) -> str:
    """Return the digits of an OTP."""
    digits = max(challenge.digits, SHORTEST_HOTP)
    return pyotp.HOTP(challenge.secret, digits=digits).at(challenge.number)[-challenge.digits :]


def read_code(typed: str, digits: int) -> str | None:
    """Return the code that was typed, without the spaces and dashes that autofill leaves.

    Return ``None`` for what cannot be a code: letters, or another number of digits.
    """
    code = _LEFT_BY_AUTOFILL.sub("", typed)
    return code if len(code) == digits and code.isascii() and code.isdigit() else None


def judge(typed: str, current: Challenge, void: Sequence[Challenge], now: datetime) -> Verdict:
    """Return what a code is worth. Once the current one has expired, no code is wrong: another must be sent."""
    if now >= current.expires_at:
        return "expired"
    if matches(current, typed):
        return "correct"
    return "void" if any(matches(challenge, typed) for challenge in void) else "wrong"


def matches(challenge: Challenge, typed: str) -> bool:
    """Compare a code in a time that does not tell how nearly it is right."""
    return hmac.compare_digest(code_of(challenge).encode(), typed.encode())


def count_resends(sent: Sequence[Challenge]) -> int:
    """Return how often an OTP went out again; those that no gateway took are not counted."""
    return max(0, sum(not challenge.failed for challenge in sent) - 1)


def resends_left(sent: Sequence[Challenge], policy: OtpPolicy) -> int:
    """Return how often an OTP may be sent again."""
    return max(0, policy.max_resends - count_resends(sent))


def seconds_to_wait(last: Challenge, policy: OtpPolicy, now: datetime) -> int:
    """Return the seconds, rounded up, until another OTP may be asked for; none after one that could not be sent.

    One that was sent far in the future is not waited for either: the clock was set back since.
    """
    if last.failed or last.issued_at > now + policy.resend_after:
        return 0
    return whole_seconds(last.issued_at + policy.resend_after - now)


def sent_limit_ends(sent: Sequence[Challenge], policy: OtpPolicy) -> datetime | None:
    """Return when a customer may be sent an OTP again who was sent ``otp.max_sent`` in the window; else ``None``.

    ``sent`` are the OTPs that a gateway took in the window, newest first, those of all registrations.
    """
    if len(sent) < policy.max_sent:
        return None
    return round_up(sent[policy.max_sent - 1].issued_at + policy.max_sent_window)


def whole_seconds(time: timedelta) -> int:
    """Return a time in seconds, rounded up, as ``Retry-After`` tells it; 0 for one that has passed."""
    return max(0, ceil(time.total_seconds()))


def minutes(lifetime: timedelta) -> int:
    """Return a lifetime in minutes, rounded up, as the envelope tells it."""
    return ceil(lifetime.total_seconds() / 60)
