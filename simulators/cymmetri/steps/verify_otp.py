"""Steps 2 and 4: an OTP is verified. Wrong ones are counted by customer, and at the maximum the customer is blocked."""

from dataclasses import dataclass
from typing import Literal, NoReturn

from werkzeug.exceptions import NotFound

from simulators.cymmetri.lockout import attempts_left, count_attempts, forget_attempts
from simulators.cymmetri.models import VerifiedOtp
from simulators.cymmetri.otp_challenges import judge, matches, minutes, read_code
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Challenge, Lockout, Registration
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.bank_contacts import adopt_contacts, find_contacts, was_sent_elsewhere
from simulators.cymmetri.steps.notices import Person
from simulators.cymmetri.steps.otp_steps import (
    EMAIL,
    MOBILE,
    OtpStep,
    count_resends_left,
    find_codes,
    find_step_codes,
    refuse_not_sent,
    renew_code,
    send_code,
)
from simulators.cymmetri.steps.staged import (
    PresentedToken,
    TokenBranches,
    find_token_stage,
    move_on,
    read_token,
    refuse_out_of_order,
    refuse_unauthorized,
    save_registration,
)
from simulators.kit.errors import Refusal
from simulators.kit.masking import mask_mobile
from simulators.kit.web.call import Call

EMAIL_TOKEN = TokenBranches("WR-2.6", EMAIL.branches.session_expired, lambda _: "WR-2.6")
MOBILE_TOKEN = TokenBranches(
    None, MOBILE.branches.session_expired, lambda registration: "WR-4.6" if registration.stage == EMAIL.stage else None
)


@dataclass(frozen=True)
class Judgement:
    """What a code is worth. One that is ``used`` has passed this step already."""

    verdict: Literal["correct", "wrong", "void"]
    registration: Registration
    lockout: Lockout
    current: Challenge
    used: bool = False


def verify_email_otp(call: Call, otp: str) -> VerifiedOtp:
    """Verify the email's OTP; with a mobile-stage token the mobile's, where the policy serves the document's slip."""
    if _policies(call).document_paths and find_token_stage(call) == MOBILE.stage:
        return _verify(call, MOBILE, otp, MOBILE_TOKEN)
    return _verify(call, EMAIL, otp, EMAIL_TOKEN)


def verify_mobile_otp(call: Call, otp: str) -> VerifiedOtp:
    """Verify the mobile's OTP."""
    return _verify(call, MOBILE, otp, MOBILE_TOKEN)


def verify_either_otp(call: Call, otp: str) -> VerifiedOtp:
    """Verify whichever OTP the token is for (``/otp/verifyOtp``, which the document's page of step 2 shows)."""
    if not _policies(call).document_paths:
        raise NotFound("There is no such call here; the policy document_paths is off.")
    return verify_email_otp(call, otp)


def _policies(call: Call) -> CymmetriPolicies:
    return call.world.policies(CymmetriPolicies)


def _verify(call: Call, step: OtpStep, typed: str, branches: TokenBranches) -> VerifiedOtp:
    """Judge a code twice: before the bank is asked for the contact, and in the transaction that acts on the outcome."""
    judged = _judge(call, step, typed, branches)
    if not judged.used:
        contacts = find_contacts(call, judged.registration)
        judged = _judge(call, step, typed, branches)
        if not judged.used:
            adopt_contacts(judged.registration, contacts, step)
            if was_sent_elsewhere(judged.current, contacts.of(step), step):
                _refuse_changed(call, judged, step)
    if judged.verdict != "correct":
        _refuse_wrong(call, judged, step)
    blocks.save(call, forget_attempts(judged.lockout, step.attempts))
    finish = _finish_email if step is EMAIL else _finish_mobile
    return finish(call, judged.registration)


def _judge(call: Call, step: OtpStep, typed: str, branches: TokenBranches) -> Judgement:
    """Return what a code is worth. Raises Refusal for whatever is refused without being counted."""
    presented = read_token(call, branches)
    registration = presented.registration
    sent = find_step_codes(call, registration, step)
    if presented.token.stage != step.stage or not sent:
        refuse_out_of_order(call, presented, branches)
    current = sent[0]
    code = read_code(typed, current.digits)
    if registration.stage != step.stage:
        _refuse_unless_used(call, presented, current, code, branches)
        return Judgement("void", registration, blocks.refuse_blocked(call, registration.cif), current, used=True)
    if not presented.is_current:
        refuse_unauthorized(call, branches, "replaced by a later one")
    void = [
        each
        for each in find_codes(call, registration.cif)
        if each.number != current.number and (step is MOBILE or each.channel == step.channel)
    ]
    verdict = judge(code or "", current, void, call.now)
    correct = verdict == "correct"
    lockout = blocks.refuse_blocked(call, registration.cif, step.branches.correct_but_blocked if correct else None)
    if code is None and not _policies(call).otp.count_malformed:
        _refuse_malformed(call, step, current)
    if verdict == "expired":
        _refuse_expired(call, registration, step, current)
    return Judgement(verdict, registration, lockout, current)


def _refuse_unless_used(
    call: Call, presented: PresentedToken, current: Challenge, code: str | None, branches: TokenBranches
) -> None:
    """Refuse a call whose step has passed, unless its code is the very one that has passed it: that one is counted."""
    completed = presented.registration.stage == "COMPLETED"
    if completed or code is None or not matches(current, code):
        refuse_out_of_order(call, presented, branches)


def _refuse_malformed(call: Call, step: OtpStep, current: Challenge) -> NoReturn:
    call.decide(step.branches.malformed, "otp.malformed", digits=current.digits)
    message = f"otp cannot be a code: a code has {current.digits} digits and nothing else."
    raise Refusal("VALIDATION_FAILED", 400, message, field="otp")


def _refuse_expired(call: Call, registration: Registration, step: OtpStep, current: Challenge) -> NoReturn:
    left = count_resends_left(call, registration, step)
    call.decide(step.branches.expired, "otp.expired", expired_at=current.expires_at, resends_left=left)
    message = "The code has expired. Ask for another." if left else "The code has expired. Begin again."
    raise Refusal("OTP_EXPIRED", 401, message, details={"resendLeft": left})


def _refuse_changed(call: Call, judged: Judgement, step: OtpStep) -> NoReturn:
    registration = judged.registration
    save_registration(call, registration)
    left = count_resends_left(call, registration, step)
    call.decide(step.branches.contact_changed, "otp.contact_changed", cif=registration.cif, resends_left=left)
    what = "email" if step is EMAIL else "mobile number"
    message = f"The bank has changed your {what} since the code was sent, which is void now. Ask for another."
    raise Refusal("OTP_EXPIRED", 401, message, details={"reason": "CONTACT_CHANGED", "resendLeft": left})


def _refuse_wrong(call: Call, judged: Judgement, step: OtpStep) -> NoReturn:
    maximum = _policies(call).otp.max_attempts
    person = Person.of(judged.registration)
    counted = blocks.count_wrong(call, judged.lockout, step.attempts, maximum, person)
    count = count_attempts(counted, step.attempts)
    if judged.verdict == "void":
        call.decide(step.branches.void, "otp.void", attempts=count, maximum=maximum)
    if counted.blocked:
        blocks.refuse(call, counted, step.branches.blocked, "otp.attempts_exhausted")
    if judged.verdict == "wrong":
        call.decide(step.branches.wrong, "otp.wrong", attempts=count, maximum=maximum)
    left = attempts_left(counted, step.attempts, maximum)
    raise Refusal("INVALID_OTP", 401, "The code is not the right one.", details={"attemptsLeft": left})


def _finish_email(call: Call, registration: Registration) -> VerifiedOtp:
    """Go on with the mobile: in one transaction the email is verified and the mobile's OTP made."""
    token = move_on(call, registration, MOBILE.stage)
    if not registration.mobile:
        call.decide("WR-2.8", "customer.no_mobile", cif=registration.cif)
        message = "The email is verified, but the bank has no mobile of yours. Update your contact details at a branch."
        raise Refusal("MOBILE_NOT_REGISTERED", 409, message)
    challenge = renew_code(call, registration, MOBILE, registration.mobile)
    lockout = blocks.find_lockout(call, registration.cif)
    sent = send_code(call, registration, challenge)
    call.decide("WR-2.1", "otp.correct", cif=registration.cif, next_otp_sent=sent)
    data = VerifiedOtp(
        token=token,
        nextStep=MOBILE.stage,
        maskedMobile=mask_mobile(registration.mobile),
        otpLength=challenge.digits,
        expInMinute=minutes(challenge.lifetime),
        attemptsLeft=attempts_left(lockout, MOBILE.attempts, _policies(call).otp.max_attempts),
        resendLeft=count_resends_left(call, registration, MOBILE),
    )
    if not sent:
        refuse_not_sent(MOBILE, data)
    return data


def _finish_mobile(call: Call, registration: Registration) -> VerifiedOtp:
    call.decide("WR-4.1", "otp.correct", cif=registration.cif)
    return VerifiedOtp(token=move_on(call, registration, "AUTHENTICATE_USER"), nextStep="AUTHENTICATE_USER")
