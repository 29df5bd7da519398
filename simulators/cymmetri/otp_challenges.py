"""One-time passwords: how one is made, and what a code that was typed is worth (web registration, steps 1 to 5)."""

import hmac
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import count
from math import ceil
from typing import Literal

from msgspec import Struct

from simulators.cymmetri.policies import OtpPolicy
from simulators.kit.seeds import derive_base32, derive_hex

Channel = Literal["EMAIL", "MOBILE"]
Verdict = Literal["correct", "wrong", "void", "expired"]

SHORTEST_HOTP = 6
"""Digits that an HOTP has at least (RFC 4226, section 5.3, R4); a shorter code is the end of one."""


class Challenge(Struct):
    """An OTP that was sent, or was to be sent: ``failed`` when no gateway took it.

    Its code is an HOTP (RFC 4226) of a secret of its own. A TOTP it is not: the time steps of one are at most two
    minutes long (NIST SP 800-63B-4, section 3.1.4.1), and a mailed code holds longer.
    """

    id: str
    number: int
    registration: str
    cif: str
    channel: Channel
    secret: str
    digits: int
    issued_at: datetime
    expires_at: datetime
    failed: bool = False

    @property
    def code(self) -> str:
        import pyotp

        digits = max(self.digits, SHORTEST_HOTP)
        return pyotp.HOTP(self.secret, digits=digits).at(self.number)[-self.digits :]

    @property
    def lifetime(self) -> timedelta:
        return self.expires_at - self.issued_at


def issue(
    seed: str,
    number: int,
    *,
    registration: str,
    cif: str,
    channel: Channel,
    policy: OtpPolicy,
    now: datetime,
    earlier: Collection[Challenge] = (),
    salt: str = "",
) -> Challenge:
    """Make the OTP ``number`` of a world.

    Its code is none of the ``earlier`` ones, which are void. ``salt`` tells worlds of one seed apart in its id, so
    that the gateway does not take the one for a repetition of the other.
    """
    void = {challenge.code for challenge in earlier}
    for attempt in count():
        challenge = Challenge(
            id=derive_hex(seed, "otp", salt, number),
            number=number,
            registration=registration,
            cif=cif,
            channel=channel,
            secret=derive_base32(seed, "otp", number, attempt),
            digits=policy.digits,
            issued_at=now,
            expires_at=now + policy.lifetime,
        )
        if challenge.code not in void:
            break
    return challenge


def judge(given: str, current: Challenge, void: Sequence[Challenge], now: datetime) -> Verdict:
    """Say what a code is worth. Once the current one has expired, no code is wrong: another must be sent."""
    if now >= current.expires_at:
        return "expired"
    if matches(current, given):
        return "correct"
    return "void" if any(matches(challenge, given) for challenge in void) else "wrong"


def matches(challenge: Challenge, given: str) -> bool:
    return hmac.compare_digest(challenge.code.encode(), given.encode())


def resends(sent: Sequence[Challenge]) -> int:
    """Return how often an OTP went out again; those that no gateway took are not counted."""
    return max(0, sum(not challenge.failed for challenge in sent) - 1)


def resends_left(sent: Sequence[Challenge], policy: OtpPolicy) -> int:
    return max(0, policy.max_resends - resends(sent))


def seconds_to_wait(last: Challenge, policy: OtpPolicy, now: datetime) -> int:
    """Return the seconds until another OTP may be asked for; none after one that could not be sent.

    Nobody waits for one that was sent far in a time to come either: the clock was set back since.
    """
    if last.failed or last.issued_at > now + policy.resend_after:
        return 0
    return max(0, ceil((last.issued_at + policy.resend_after - now).total_seconds()))


def minutes(lifetime: timedelta) -> int:
    """Return a lifetime in minutes, rounded up, as the envelope tells it."""
    return ceil(lifetime.total_seconds() / 60)
