"""What differs between the email's OTP (steps 2 and 3) and the mobile's (steps 4 and 5), and sending either."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulators.cymmetri import mail
from simulators.cymmetri.lockout import Kind
from simulators.cymmetri.otp_challenges import Challenge, Channel, issue
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Registration, Stage
from simulators.kit.clock import stamp
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")


@dataclass(frozen=True)
class Branches:
    """The branches (branches.yaml) of verifying an OTP and of asking for another."""

    correct: str
    wrong: str
    blocked: str
    expired: str
    void: str
    correct_but_blocked: str
    resent: str
    too_soon: str
    limit: str
    attempts_kept: str


@dataclass(frozen=True)
class OtpStep:
    """An OTP's way: its channel, the stage that waits for it, what its wrong attempts are counted as."""

    channel: Channel
    stage: Stage
    attempts: Kind
    branches: Branches


EMAIL = OtpStep(
    "EMAIL", "VERIFY_EMAIL_OTP", "email_otp",
    Branches("WR-2.1", "WR-2.2", "WR-2.3", "WR-2.4", "WR-2.5", "WR-2.7", "WR-3.1", "WR-3.2", "WR-3.3", "WR-3.4"),
)  # fmt: skip
MOBILE = OtpStep(
    "MOBILE", "VERIFY_MOBILE_OTP", "mobile_otp",
    Branches("WR-4.1", "WR-4.2", "WR-4.3", "WR-4.4", "WR-4.5", "WR-4.7", "WR-5.1", "WR-5.2", "WR-5.3", "WR-5.4"),
)  # fmt: skip


def codes_of(work: Work, cif: str) -> list[Challenge]:
    """Return a customer's OTPs, newest first, those of earlier registrations included."""
    return work.tx.all(tables.challenges_of, Challenge, cif=cif)


def codes_sent(codes: Sequence[Challenge], registration: Registration, step: OtpStep) -> list[Challenge]:
    """Return a registration's OTPs of one channel, newest first: the first is the current one."""
    return [code for code in codes if (code.registration, code.channel) == (registration.id, step.channel)]


def renew(work: Work, registration: Registration, step: OtpStep) -> Challenge:
    """Make a registration's next OTP of a channel, which voids the one before it. It is still to be sent."""
    challenge = issue(
        work.world.seed,
        work.tx.next("otp"),
        registration=registration.id,
        cif=registration.cif,
        channel=step.channel,
        policy=work.world.policies(CymmetriPolicies).otp,
        now=work.now,
        earlier=codes_of(work, registration.cif),
        salt=stamp(work.world.created_at),
    )
    work.tx.insert(tables.challenges, challenge)
    return challenge


def send(work: Work, registration: Registration, challenge: Challenge) -> bool:
    """Commit, hand an OTP to the gateway, and return whether it was taken; that it was not is remembered."""
    to = registration.email if challenge.channel == "EMAIL" else registration.mobile
    work.commit()
    if to and mail.hand_over(work, challenge, to, registration.legal_name):
        return True
    challenge.failed = True
    work.tx.update(tables.challenges, challenge)
    return False
