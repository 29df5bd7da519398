"""Steps 2 and 4: an OTP is verified. Wrong ones are counted by customer, and at the maximum the customer is blocked."""

from collections.abc import Sequence
from typing import NoReturn

from simulators.cymmetri import mail
from simulators.cymmetri.lockout import Lockout, attempts, attempts_left, without_wrong
from simulators.cymmetri.models import VerifiedOtp
from simulators.cymmetri.otp_challenges import Challenge, Verdict, judge, matches, minutes, resends_left
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Registration
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.opening import BranchOf, Held, held, move_on, out_of_order, unauthorized
from simulators.cymmetri.steps.otp_steps import EMAIL, MOBILE, OtpStep, codes_of, codes_sent, renew, send
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.masking import masked_mobile


def verify_email_otp(call: Call, otp: str) -> VerifiedOtp:
    """Verify the email's OTP; with a mobile-stage token the mobile's, where the policy serves the document's slip."""
    caller = held(call, _of_email)
    if _policies(call).document_paths and caller.token.stage == MOBILE.stage:
        return _verify(call, caller, MOBILE, otp, _of_mobile)
    return _verify(call, caller, EMAIL, otp, _of_email)


def verify_mobile_otp(call: Call, otp: str) -> VerifiedOtp:
    return _verify(call, held(call, _of_mobile), MOBILE, otp, _of_mobile)


def verify_either_otp(call: Call, otp: str) -> VerifiedOtp:
    """Verify whichever OTP the token is for (``/otp/verifyOtp``, which the document's page of step 2 shows)."""
    if not _policies(call).document_paths:
        raise Refusal("NOT_FOUND", 404, "There is no such call here; the policy document_paths is off.")
    return verify_email_otp(call, otp)


def _policies(call: Call) -> CymmetriPolicies:
    return call.world.policies(CymmetriPolicies)


def _of_email(registration: Registration | None) -> str | None:
    del registration
    return "WR-2.6"


def _of_mobile(registration: Registration | None) -> str | None:
    return "WR-4.6" if registration and registration.stage == EMAIL.stage else None


def _verify(call: Call, caller: Held, step: OtpStep, otp: str, branch_of: BranchOf) -> VerifiedOtp:
    registration = caller.registration
    codes = codes_of(call, registration.cif)
    sent = codes_sent(codes, registration, step)
    if caller.token.stage != step.stage or not sent:
        out_of_order(call, caller, branch_of)
    verdict = _verdict(call, caller, step, otp, codes, sent[0])
    if verdict is None:
        out_of_order(call, caller, branch_of)
    if registration.stage == step.stage and not caller.is_current:
        unauthorized(call, branch_of, "replaced by a later one")
    correct = verdict == "correct"
    lockout = blocks.refuse_blocked(call, registration.cif, step.branches.correct_but_blocked if correct else None)
    if verdict == "expired":
        _expired(call, step, sent)
    if not correct:
        _wrong(call, lockout, step, void=verdict == "void")
    blocks.save(call, without_wrong(lockout, step.attempts))
    return _email_verified(call, registration) if step is EMAIL else _mobile_verified(call, registration)


def _verdict(
    call: Call, caller: Held, step: OtpStep, otp: str, codes: Sequence[Challenge], current: Challenge
) -> Verdict | None:
    """Say what a code is worth; ``None`` when the step has passed and the code is not the one that passed it."""
    stage = caller.registration.stage
    if stage == step.stage:
        void = [code for code in codes if code is not current and (step is MOBILE or code.channel == step.channel)]
        return judge(otp, current, void, call.now)
    return "void" if stage != "COMPLETED" and matches(current, otp) else None


def _expired(call: Call, step: OtpStep, sent: Sequence[Challenge]) -> NoReturn:
    left = resends_left(sent, _policies(call).otp)
    call.decide(step.branches.expired, "otp.expired", expired_at=sent[0].expires_at, resends_left=left)
    words = "The code has expired. Ask for another." if left else "The code has expired. Begin again."
    raise Refusal("OTP_EXPIRED", 401, words, details={"resendLeft": left})


def _wrong(call: Call, lockout: Lockout, step: OtpStep, *, void: bool) -> NoReturn:
    maximum = _policies(call).otp.max_attempts
    counted = blocks.count_wrong(call, lockout, step.attempts, maximum)
    count = attempts(counted, step.attempts)
    if void:
        call.decide(step.branches.void, "otp.void", attempts=count, maximum=maximum)
    if counted.blocked:
        blocks.refuse(call, counted, step.branches.blocked, "otp.attempts_exhausted")
    if not void:
        call.decide(step.branches.wrong, "otp.wrong", attempts=count, maximum=maximum)
    left = attempts_left(counted, step.attempts, maximum)
    raise Refusal("INVALID_OTP", 401, "The code is not the right one.", details={"attemptsLeft": left})


def _email_verified(call: Call, registration: Registration) -> VerifiedOtp:
    """Go on with the mobile: in one transaction the email is verified and the mobile's OTP made."""
    policy = _policies(call).otp
    token = move_on(call, registration, MOBILE.stage)
    if not registration.mobile:
        call.decide("WR-2.8", "customer.no_mobile", cif=registration.cif)
        words = "The email is verified, but the bank has no mobile of yours. Update your contact details at a branch."
        raise Refusal("MOBILE_NOT_REGISTERED", 409, words)
    challenge = renew(call, registration, MOBILE)
    lockout = blocks.lockout_of(call, registration.cif)
    sent = send(call, registration, challenge)
    call.decide("WR-2.1", "otp.correct", cif=registration.cif, next_otp_sent=sent)
    data = VerifiedOtp(
        token=token,
        nextStep=MOBILE.stage,
        maskedMobile=masked_mobile(registration.mobile),
        otpLength=challenge.digits,
        expInMinute=minutes(challenge.lifetime),
        attemptsLeft=attempts_left(lockout, MOBILE.attempts, policy.max_attempts),
        resendLeft=policy.max_resends,
    )
    if not sent:
        raise mail.not_sent(MOBILE.channel, data)
    return data


def _mobile_verified(call: Call, registration: Registration) -> VerifiedOtp:
    call.decide("WR-4.1", "otp.correct", cif=registration.cif)
    return VerifiedOtp(token=move_on(call, registration, "AUTHENTICATE_USER"), nextStep="AUTHENTICATE_USER")
