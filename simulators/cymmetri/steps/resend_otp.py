"""Steps 3 and 5: another OTP is sent; the one before it is void."""

from simulators.cymmetri import mail
from simulators.cymmetri.lockout import Lockout, attempts, without_wrong
from simulators.cymmetri.models import ResentOtp
from simulators.cymmetri.otp_challenges import Challenge, minutes, resends_left, seconds_to_wait
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.opening import opened
from simulators.cymmetri.steps.otp_steps import OtpStep, codes_of, codes_sent, renew, send
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.masking import masked_email, masked_mobile


def resend_otp(call: Call, step: OtpStep) -> ResentOtp:
    """Send another OTP, unless it is too soon or the limit is reached: then the one in hand stays valid.

    One that the gateway did not take is not counted, and another can be asked for at once.
    """
    policy = call.world.policies(CymmetriPolicies).otp
    registration = opened(call, step.stage)
    lockout = blocks.refuse_blocked(call, registration.cif)
    _refuse_early(call, step, codes_sent(codes_of(call, registration.cif), registration, step))
    if policy.resend_resets_attempts:
        blocks.save(call, without_wrong(lockout, step.attempts))
    challenge = renew(call, registration, step)
    sent = send(call, registration, challenge)
    codes = codes_sent(codes_of(call, registration.cif), registration, step)
    is_email = step.channel == "EMAIL"
    data = ResentOtp(
        maskedEmail=masked_email(registration.email) if is_email else None,
        maskedMobile=masked_mobile(registration.mobile or "") if not is_email else None,
        resendLeft=resends_left(codes, policy),
        retryAfterSeconds=seconds_to_wait(challenge, policy, call.now),
        expInMinute=minutes(challenge.lifetime),
    )
    if not sent:
        call.decide(None, "otp.not_sent", cif=registration.cif, channel=step.channel)
        raise mail.not_sent(step.channel, data)
    call.decide(step.branches.resent, "otp.resent", cif=registration.cif, resends_left=data.resendLeft)
    _tell_attempts(call, step, lockout, reset=policy.resend_resets_attempts)
    return data


def _refuse_early(call: Call, step: OtpStep, sent: list[Challenge]) -> None:
    policy = call.world.policies(CymmetriPolicies).otp
    last = sent[0]
    if last.failed:
        return
    if not resends_left(sent, policy):
        call.decide(step.branches.limit, "otp.resend_limit", maximum=policy.max_resends)
        words = "No more codes are sent. Enter the last one, or begin again later."
        raise Refusal("RESEND_LIMIT_REACHED", 429, words, details={"resendLeft": 0})
    wait = seconds_to_wait(last, policy, call.now)
    if wait:
        call.decide(step.branches.too_soon, "otp.resend_too_soon", seconds_to_wait=wait)
        raise Refusal(
            "RESEND_TOO_SOON",
            429,
            f"A code was sent just now. Ask for another in {wait} seconds.",
            details={"retryAfterSeconds": wait},
            headers={"Retry-After": str(wait)},
        )


def _tell_attempts(call: Call, step: OtpStep, lockout: Lockout, *, reset: bool) -> None:
    count = attempts(lockout, step.attempts)
    if not count:
        return
    if reset:
        call.decide(None, "otp.attempts_reset", attempts=count)
    else:
        call.decide(step.branches.attempts_kept, "otp.attempts_kept", attempts=count)
