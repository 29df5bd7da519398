"""Steps 3 and 5: another OTP is sent; the one before it is void."""

from datetime import datetime
from typing import NoReturn

from simulators.cymmetri.lockout import count_attempts, forget_attempts
from simulators.cymmetri.models import ResentOtp
from simulators.cymmetri.otp_challenges import minutes, resends_left, seconds_to_wait, whole_seconds
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Challenge, Lockout, Registration
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.bank_contacts import adopt_contacts, find_contacts, was_sent_elsewhere
from simulators.cymmetri.steps.otp_steps import (
    EMAIL,
    OtpStep,
    count_resends_left,
    find_end_of_limit,
    find_step_codes,
    refuse_not_sent,
    renew_code,
    send_code,
)
from simulators.cymmetri.steps.staged import open_registration, save_registration
from simulators.kit.errors import Refusal
from simulators.kit.masking import mask_email, mask_mobile
from simulators.kit.web.call import Call
from simulators.kit.wire.instants import write_instant


def resend_otp(call: Call, step: OtpStep) -> ResentOtp:
    """Send another OTP to where the bank has the customer now.

    Too soon, or at the limit, none is sent and the one in hand stays valid. One that the gateway did not take is not
    counted, and another can be asked for at once.
    """
    policy = call.world.policies(CymmetriPolicies).otp
    registration, _ = _open(call, step)
    contacts = find_contacts(call, registration)
    registration, lockout = _open(call, step)
    adopt_contacts(registration, contacts, step)
    contact = contacts.of(step)
    if contact is None:
        _refuse_no_contact(call, registration, step)
    _refuse_early(call, registration, step, contact)
    if policy.resend_resets_attempts:
        blocks.save(call, forget_attempts(lockout, step.attempts))
    save_registration(call, registration)
    challenge = renew_code(call, registration, step, contact)
    sent = send_code(call, registration, challenge)
    data = ResentOtp(
        maskedEmail=mask_email(contact) if step is EMAIL else None,
        maskedMobile=mask_mobile(contact) if step is not EMAIL else None,
        resendLeft=count_resends_left(call, registration, step),
        retryAfterSeconds=seconds_to_wait(challenge, policy, call.now),
        expInMinute=minutes(challenge.lifetime),
    )
    if not sent:
        call.decide(None, "otp.not_sent", cif=registration.cif, channel=step.channel)
        refuse_not_sent(step, data)
    call.decide(step.branches.resent, "otp.resent", cif=registration.cif, resends_left=data.resendLeft)
    _decide_attempts(call, step, lockout, reset=policy.resend_resets_attempts)
    return data


def _open(call: Call, step: OtpStep) -> tuple[Registration, Lockout]:
    registration = open_registration(call, step.stage)
    return registration, blocks.refuse_blocked(call, registration.cif, step.branches.resend_blocked)


def _refuse_early(call: Call, registration: Registration, step: OtpStep, contact: str) -> None:
    """Refuse another OTP too soon, or at a limit. One that went to a former contact need not be waited for."""
    policy = call.world.policies(CymmetriPolicies).otp
    sent = find_step_codes(call, registration, step)
    if not sent or sent[0].failed:
        return
    if not resends_left(sent, policy):
        _refuse_limit(call, step, "otp.resend_limit", policy.max_resends)
    end = find_end_of_limit(call, registration.cif)
    if end is not None:
        _refuse_limit(call, step, "otp.max_sent", policy.max_sent, end)
    wait = seconds_to_wait(sent[0], policy, call.now)
    if wait and not was_sent_elsewhere(sent[0], contact, step):
        _refuse_too_soon(call, step, sent[0], wait)


def _refuse_limit(call: Call, step: OtpStep, rule: str, maximum: int, end: datetime | None = None) -> NoReturn:
    """Refuse another OTP at a limit; ``end`` is when the limit on all OTPs of the customer lets one be sent again."""
    wait = whole_seconds(end - call.now) if end else None
    call.decide(step.branches.limit, rule, maximum=maximum, seconds_to_wait=wait)
    later = f"after {write_instant(end)}" if end else "later"
    raise Refusal(
        "RESEND_LIMIT_REACHED",
        429,
        f"No more codes are sent. Enter the last one, or begin again {later}.",
        details={"resendLeft": 0} | ({"retryAfterSeconds": wait} if wait else {}),
        headers={"Retry-After": str(wait)} if wait else {},
    )


def _refuse_too_soon(call: Call, step: OtpStep, last: Challenge, wait: int) -> NoReturn:
    call.decide(step.branches.too_soon, "otp.resend_too_soon", seconds_to_wait=wait, sent_at=last.issued_at)
    raise Refusal(
        "RESEND_TOO_SOON",
        429,
        f"A code was sent just now. Ask for another in {wait} seconds.",
        details={"retryAfterSeconds": wait},
        headers={"Retry-After": str(wait)},
    )


def _refuse_no_contact(call: Call, registration: Registration, step: OtpStep) -> NoReturn:
    """Refuse to send an OTP to a customer whose contact the bank has taken away meanwhile."""
    what, reason = ("email", "EMAIL_NOT_REGISTERED") if step is EMAIL else ("mobile", "MOBILE_NOT_REGISTERED")
    call.decide(None, f"customer.no_{what}", cif=registration.cif)
    message = f"The bank has no {what} of yours any more. Update your contact details at a branch, then register."
    raise Refusal(reason, 409, message)


def _decide_attempts(call: Call, step: OtpStep, lockout: Lockout, *, reset: bool) -> None:
    count = count_attempts(lockout, step.attempts)
    if not count:
        return
    if reset:
        call.decide(None, "otp.attempts_reset", attempts=count)
    else:
        call.decide(step.branches.attempts_kept, "otp.attempts_kept", attempts=count)
