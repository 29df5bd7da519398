"""What differs between the email's OTP (steps 2 and 3) and the mobile's (steps 4 and 5), and sending either."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from simulators.cymmetri import mailroom_client, messages, tables
from simulators.cymmetri.errors import RETRY_LATER
from simulators.cymmetri.otp_challenges import issue, resends_left, sent_limit_ends
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import AttemptKind, Challenge, Channel, Registration, Stage
from simulators.kit.clock import stamp
from simulators.kit.errors import Refusal
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


@dataclass(frozen=True)
class Branches:
    """The branches (branches.yaml) of verifying an OTP and of asking for another."""

    wrong: str
    blocked: str
    expired: str
    void: str
    correct_but_blocked: str
    malformed: str
    session_expired: str
    contact_changed: str
    resent: str
    too_soon: str
    limit: str
    attempts_kept: str
    resend_blocked: str


@dataclass(frozen=True)
class OtpStep:
    """One of the two OTPs: its channel, the stage that waits for it, what its wrong attempts are counted as."""

    channel: Channel
    stage: Stage
    attempts: AttemptKind
    branches: Branches


EMAIL = OtpStep(
    "EMAIL", "VERIFY_EMAIL_OTP", "email_otp",
    Branches(
        wrong="WR-2.2", blocked="WR-2.3", expired="WR-2.4", void="WR-2.5", correct_but_blocked="WR-2.7",
        malformed="WR-2.9", session_expired="WR-2.10", contact_changed="WR-2.11", resent="WR-3.1", too_soon="WR-3.2",
        limit="WR-3.3", attempts_kept="WR-3.4", resend_blocked="WR-3.5",
    ),
)  # fmt: skip
MOBILE = OtpStep(
    "MOBILE", "VERIFY_MOBILE_OTP", "mobile_otp",
    Branches(
        wrong="WR-4.2", blocked="WR-4.3", expired="WR-4.4", void="WR-4.5", correct_but_blocked="WR-4.7",
        malformed="WR-4.8", session_expired="WR-4.9", contact_changed="WR-4.10", resent="WR-5.1", too_soon="WR-5.2",
        limit="WR-5.3", attempts_kept="WR-5.4", resend_blocked="WR-5.5",
    ),
)  # fmt: skip


def find_codes(work: Work, cif: str) -> list[Challenge]:
    """Return a customer's latest OTPs, newest first, those of earlier registrations included."""
    return work.tx.all(tables.challenges_of, Challenge, cif=cif)


def find_step_codes(work: Work, registration: Registration, step: OtpStep) -> list[Challenge]:
    """Return a registration's OTPs of one channel, newest first: the first is the current one."""
    key = {"cif": registration.cif, "registration": registration.id, "channel": step.channel}
    return work.tx.all(tables.challenges_of_step, Challenge, **key)


def find_sent_codes(work: Work, cif: str) -> list[Challenge]:
    """Return the OTPs that count towards ``otp.max_sent`` now, newest first."""
    policy = work.world.policies(CymmetriPolicies).otp
    since = stamp(work.now - policy.max_sent_window)
    return work.tx.all(tables.challenges_sent_since, Challenge, cif=cif, since=since, limit=policy.max_sent)


def find_end_of_limit(work: Work, cif: str) -> datetime | None:
    """Return when a customer may be sent an OTP again who was sent too many; ``None`` for one who was not."""
    return sent_limit_ends(find_sent_codes(work, cif), work.world.policies(CymmetriPolicies).otp)


def count_resends_left(work: Work, registration: Registration, step: OtpStep) -> int:
    """Return how often an OTP may still be sent again: by the step's own limit, and by the customer's."""
    policy = work.world.policies(CymmetriPolicies).otp
    own = resends_left(find_step_codes(work, registration, step), policy)
    return min(own, policy.max_sent - len(find_sent_codes(work, registration.cif)))


def renew_code(work: Work, registration: Registration, step: OtpStep, to: str) -> Challenge:
    """Make a registration's next OTP of a channel, which voids the one before it. It is still to be sent."""
    challenge = issue(
        work.world.seed,
        work.tx.next("otp"),
        registration=registration.id,
        cif=registration.cif,
        channel=step.channel,
        sent_to=to,
        policy=work.world.policies(CymmetriPolicies).otp,
        now=work.now,
        earlier=find_codes(work, registration.cif),
        salt=stamp(work.world.created_at),
    )
    work.tx.insert(tables.challenges, challenge)
    return challenge


def send_code(work: Work, registration: Registration, challenge: Challenge) -> bool:
    """Commit, hand an OTP to the gateway, and return whether it was taken; a failure is saved with the OTP."""
    try:
        mailroom_client.deliver(work, challenge.id, messages.otp_message(challenge, registration.legal_name))
    except UpstreamFailure:
        challenge.failed = True
        work.tx.update(tables.challenges, challenge)
        return False
    return True


def refuse_not_sent(step: OtpStep, data: object) -> NoReturn:
    """Refuse with what the step would have answered, so that the customer can ask for another OTP with its token."""
    resend = "resendOtpEmail" if step is EMAIL else "resendOtpMobile"
    message = f"The code could not be sent just now. Ask for another with {resend}."
    raise Refusal("OTP_NOT_SENT", 503, message, data=data, headers=RETRY_LATER)
