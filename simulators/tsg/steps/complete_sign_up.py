"""The end of a sign-up: a phone sends its code, and the institution comes to know (device registration, step 2)."""

import math
from dataclasses import dataclass
from typing import NoReturn

import msgspec

from simulators.kit import clock
from simulators.kit.errors import Refusal
from simulators.kit.work import Work
from simulators.tsg import guessing, subjects, tables
from simulators.tsg.models import Credential
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.records import SignUpCode, Subject, WrongGuess
from simulators.tsg.sdk_models import SdkSignUp
from simulators.tsg.sign_up_codes import Verdict, verdict
from simulators.tsg.steps import enqueue_push

LARGEST_CREDENTIAL = 65_536
"""Bytes of a credential's JSON; a push with it must fit into what a receiver takes."""


@dataclass(frozen=True)
class Rejection:
    """What a phone is told about a code that it cannot use."""

    branch: str
    error: str
    status: int
    message: str
    is_guess: bool = False


_INVALID = Rejection(
    "DR-2.3", "SIGN_UP_CODE_INVALID", 404, "This sign-up code is not valid. Check it and try again.", is_guess=True
)
_EXPIRED = Rejection("DR-2.4", "SIGN_UP_CODE_EXPIRED", 410, "This sign-up code has expired. Ask for a new one.")
_USED = Rejection("DR-2.5", "SIGN_UP_CODE_USED", 409, "This sign-up code was used already. Ask for a new one.")
_REJECTIONS: dict[Verdict, Rejection] = {
    "unknown": _INVALID,
    "voided": _INVALID,
    "other_service": _INVALID,
    "expired": _EXPIRED,
    "used": _USED,
}


def complete(work: Work, subject: Subject, new: SdkSignUp) -> None:
    """Use a code for a subject and enqueue the push where TSG pushes; of several uses of one code, one gets through.

    Raises Refusal: SUBJECT_REVOKED, TOO_MANY_ATTEMPTS (DR-2.3), SIGN_UP_CODE_INVALID (DR-2.3), SIGN_UP_CODE_EXPIRED
    (DR-2.4), SIGN_UP_CODE_USED (DR-2.5), VALIDATION_FAILED for a credential that is too large.
    """
    credential = encode_credential(new.credential)
    state = subjects.state_when_signed_up(subject)
    _throttle(work, subject, new.serviceId)
    code = work.tx.first(tables.latest_code, SignUpCode, code=new.signupCode)
    judged = verdict(code, new.serviceId, work.now)
    if code is None or judged != "valid":
        _reject(work, subject, new.serviceId, judged, code)
    code.status = "CLAIMED"
    code.claimed_by = subject.subject_id
    code.credential = credential
    work.tx.update(tables.sign_up_codes, code)
    subject.state = state
    work.tx.update(tables.subjects, subject)
    work.decide(None, "sign_up_code.claimed", external_reference=code.external_reference)
    if work.world.policies(TsgPolicies).completion != "poll":
        enqueue_push.enqueue(
            work, subject.subject_id, code.service_id, code.external_reference, credential=code.credential
        )


def encode_credential(credential: Credential | None) -> str | None:
    """Return the app's credential as JSON; TSG hands it on as it came. Raises Refusal (``VALIDATION_FAILED``, 400)."""
    if credential is None:
        return None
    encoded = msgspec.json.encode(credential)
    if len(encoded) > LARGEST_CREDENTIAL:
        message = f"credential must not be larger than {LARGEST_CREDENTIAL} bytes."
        raise Refusal("VALIDATION_FAILED", 400, message, field="credential")
    return encoded.decode()


def _throttle(work: Work, subject: Subject, service_id: str) -> None:
    """Refuse a code while the phone, or all phones of the service together, have sent too many wrong ones."""
    policy = work.world.policies(TsgPolicies).guesses
    since = clock.stamp(work.now - policy.window)
    of_phone = work.tx.all(
        tables.guesses_of_phone, WrongGuess, subject_id=subject.subject_id, since=since, most=policy.per_phone
    )
    of_service = work.tx.all(
        tables.guesses_of_service, WrongGuess, service_id=service_id, since=since, most=policy.per_service
    )
    waits = {
        "phone": guessing.time_to_wait(of_phone, policy.per_phone, policy.window, work.now),
        "service": guessing.time_to_wait(of_service, policy.per_service, policy.window, work.now),
    }
    longest = max((wait for wait in waits.values() if wait is not None), default=None)
    if longest is None:
        return
    seconds = math.ceil(longest.total_seconds())
    throttled = [who for who, wait in waits.items() if wait is not None]
    work.decide("DR-2.3", "sign_up_code.guesses", throttled=throttled, retry_after=seconds)
    message = f"Too many wrong sign-up codes were sent. Try again in {seconds} seconds."
    raise Refusal("TOO_MANY_ATTEMPTS", 429, message, headers={"Retry-After": str(seconds)})


def _reject(work: Work, subject: Subject, service_id: str, judged: Verdict, code: SignUpCode | None) -> NoReturn:
    rejection = _REJECTIONS[judged]
    if rejection.is_guess:
        guess = WrongGuess(work.tx.next("wrong_guess"), subject.subject_id, service_id, work.now)
        work.tx.insert(tables.wrong_guesses, guess)
    facts = {"expired_at": code.expires_at, "by_this_phone": code.claimed_by == subject.subject_id} if code else {}
    work.decide(rejection.branch, "sign_up_code.verdict", verdict=judged, **facts)
    raise Refusal(rejection.error, rejection.status, rejection.message)
