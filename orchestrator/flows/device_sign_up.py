"""Step 1 of device registration: a sign-up code is asked of the TSG and sent to the user (R1, P1.1 to P1.3)."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from orchestrator import registrations
from orchestrator.flows.device_sign_ups import IN_PROGRESS, NOT_FOUND, OPEN, Begun, begin, lapses, standing
from orchestrator.flows.model import TRY_LATER, Outcome, Refused
from orchestrator.gateways import auth_service, mailroom, tsg
from orchestrator.gateways.tsg import SignUpCode
from orchestrator.registrations import Registration
from simulators.kit.call import Call
from simulators.kit.clock import stamp
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure
from simulators.kit.models import assumed, documented

CONTACT_OF = {"email": "email", "sms": "mobile"}
BRANCH_OF = {"email": "DR-1.1", "sms": "DR-1.2", "qr": "DR-1.3"}
TOLD = {
    "email": "A sign-up code was sent by email.",
    "sms": "A sign-up code was sent by SMS.",
    "qr": "Scan the QR code with the bank's app.",
}


class SignUp(Struct):
    """How the user wants the sign-up code: by registered ``email`` or ``sms``, or as a ``qr`` code on the screen."""

    via: Annotated[Literal["email", "sms", "qr"], documented]
    contact: Annotated[str | None, assumed] = None


def sign_up(work: Call, registration: Registration, body: SignUp) -> Outcome:
    """Begin a sign-up, or begin it again: the codes before it are void then, and so is one that is under way.

    Raises Refused: DR-1.4 (not the registered contact), DR-1.5 (no code), DR-1.7 (not delivered). Raises Refusal
    (``sign-up-begun-again``, 409) when another request has begun a sign-up meanwhile.
    """
    _check_contact(work, registration, body)
    begun = begin(work, registration.id, body.via)
    try:
        for earlier in begun.earlier:
            tsg.void(work, earlier)
        code = tsg.sign_up(work, begun.reference)
    except UpstreamFailure as failure:
        standing(work, begun)
        work.decide("DR-1.5", "sign_up.code", service=failure.service, reason=failure.reason)
        words = f"No sign-up code can be had now (TSG {failure.reason}). Try again later."
        raise _nothing_sent("DR-1.5", words) from failure
    _keep_code(work, begun, code)
    if begun.again:
        work.decide("DR-1.6", "sign_up.again", earlier_codes="void", attempt=begun.attempt)
    _deliver(work, begun, body, code)
    return _told(work, begun, body.via, code)


def _check_contact(work: Call, registration: Registration, body: SignUp) -> None:
    kind = CONTACT_OF.get(body.via)
    if kind is None:
        return
    if not body.contact:
        raise Refusal("validation-failed", 400, f"contact is missing: give the registered {kind}.", field="contact")
    if not auth_service.is_registered_contact(work, str(registration.owner), kind, body.contact):
        work.decide("DR-1.4", "sign_up.contact", via=body.via, registered=False)
        words = f"This {kind} is not the one that is registered with the bank; no code was sent."
        raise Refused("contact-not-registered", 422, Outcome("DR-1.4", words))


def _keep_code(work: Call, begun: Begun, code: SignUpCode) -> None:
    """Remember the code before anybody can see it, so that a later sign-up can void it; void it if one has begun."""
    try:
        current = standing(work, begun)
    except Refusal:
        _void(work, code)
        raise
    registrations.keep_state(work, current, {"codes": {code.code: stamp(code.expires_at)}})
    work.commit()


def _deliver(work: Call, begun: Begun, body: SignUp, code: SignUpCode) -> None:
    if body.via == "qr":
        return
    minutes = int((code.expires_at - work.now).total_seconds() // 60)
    words = f"Your sign-up code is {code.code}. Enter it in the bank's app within {minutes} minutes."
    channel: Literal["email", "sms"] = "email" if body.via == "email" else "sms"
    try:
        mailroom.send(
            work, f"sign-up-code/{begun.reference}", channel, str(body.contact), subject="Your sign-up code",
            body=words, code=code.code, purpose="sign-up-code",
        )  # fmt: skip
    except UpstreamFailure as failure:
        voided = _void(work, code)
        if standing(work, begun).status not in OPEN:
            return  # it was delivered all the same, as a push has told: the code was used before it was void
        work.decide("DR-1.7", "sign_up.delivery", reason=failure.reason, voided=voided)
        words = f"The sign-up code could not be sent (mail and SMS gateway {failure.reason}). Try again later."
        raise _nothing_sent("DR-1.7", words, voided) from failure


def _void(work: Call, code: SignUpCode) -> bool:
    """Void a code that nobody is to use; one that cannot be voided now lapses by itself, and completes nothing."""
    work.commit()
    try:
        tsg.void(work, code.code)
    except UpstreamFailure:
        return False
    return True


def _nothing_sent(branch: str, words: str, voided: bool = False) -> Refused:
    state: dict[str, Any] = {"sign_up": {}, "codes": {}} if voided else {"sign_up": {}}
    outcome = Outcome(branch, words, NOT_FOUND, state=state)
    return Refused("upstream-unavailable", 503, outcome, retry_after=TRY_LATER)


def _told(work: Call, begun: Begun, via: str, code: SignUpCode) -> Outcome:
    """Have the sign-up lapse with its code. A push that was ahead of this answer has moved the status already."""
    current = standing(work, begun)
    branch = BRANCH_OF[via]
    work.decide(branch, "sign_up.code", via=via, attempt=begun.attempt, expires_at=stamp(code.expires_at))
    details = msgspec.to_builtins({"via": via, "expires_at": code.expires_at})
    if current.status not in OPEN:
        return Outcome(branch, TOLD[via], details=details)
    lapses(work, current.id, code.expires_at)
    sign_up: dict[str, Any] = {
        **current.state["sign_up"],
        "qr_payload": code.qr_payload,
        "expires_at": stamp(code.expires_at),
    }
    return Outcome(branch, TOLD[via], IN_PROGRESS, details, {"sign_up": sign_up})
