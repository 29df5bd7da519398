"""Step 1 of device registration: a sign-up code is asked of the TSG and sent to the user (R1, P1.1 to P1.3)."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Struct

from orchestrator import registrations
from orchestrator.flows.model import Outcome, Refused
from orchestrator.gateways import auth_service, mailroom, tsg
from orchestrator.gateways.tsg import SignUpCode
from orchestrator.registrations import LastOutcome, Registration
from simulators.kit import due, seeds
from simulators.kit.call import Call
from simulators.kit.clock import parse, stamp
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure
from simulators.kit.lazy import lazy
from simulators.kit.models import assumed, documented
from simulators.kit.work import Work

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")

TRY_LATER = 5
CONTACT_OF = {"email": "email", "sms": "mobile"}
BRANCH_OF = {"email": "DR-1.1", "sms": "DR-1.2", "qr": "DR-1.3"}


class SignUp(Struct):
    """How the user wants the sign-up code: by registered ``email`` or ``sms``, or as a ``qr`` code on the screen."""

    via: Annotated[Literal["email", "sms", "qr"], documented]
    contact: Annotated[str | None, assumed] = None


class SignUpRow(Struct):
    reference: str
    registration: str


def sign_up(work: Call, registration: Registration, body: SignUp) -> Outcome:
    """Begin a sign-up, or begin it again: the code before it is void then."""
    _check_contact(work, registration, body)
    reference, attempt = _new_reference(work, registration, body.via)
    earlier = registration.state.get("sign_up", {}).get("code")
    again = registration.status == "Sign_Up_In_Progress"
    try:
        if earlier and again:
            tsg.void(work, earlier)
        code = tsg.sign_up(work, reference)
    except UpstreamFailure as failure:
        work.decide("DR-1.5", "sign_up.code", service=failure.service, reason=failure.reason)
        words = f"No sign-up code can be had now (TSG {failure.reason}). Try again later."
        raise _nothing_sent("DR-1.5", words) from failure
    if again:
        work.decide("DR-1.6", "sign_up.again", earlier_code="void", attempt=attempt)
    _deliver(work, body, reference, code)
    branch = BRANCH_OF[body.via]
    work.decide(branch, "sign_up.code", via=body.via, attempt=attempt, expires_at=stamp(code.expires_at))
    return _begun(work, registration, body, reference, attempt, code)


def reference_of(registration: Registration) -> str:
    """Return the reference of the sign-up that is under way, or an empty text."""
    return str(registration.state.get("sign_up", {}).get("reference", ""))


def lapse(work: Work, item: due.Item) -> None:
    """Let a sign-up that was not completed lapse with its code (DR-2.12)."""
    registration = registrations.find(work, item.payload["registration"])
    expires_at = registration.state.get("sign_up", {}).get("expires_at")
    if registration.status != "Sign_Up_In_Progress" or not expires_at or parse(expires_at) > work.now:
        return
    work.decide("DR-2.12", "sign_up.lapse", expired_at=expires_at)
    words = "The sign-up was not completed in time and has lapsed; it can be started again."
    registrations.move(work, registration, "lapse", LastOutcome("DR-2.12", words), "Not_Found", {"sign_up": {}})


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


def _new_reference(work: Call, registration: Registration, via: str) -> tuple[str, int]:
    """Keep a new external_reference before anything is sent, so that no push can be ahead of it."""
    attempt = work.tx.next(f"sign-up/{registration.id}")
    reference = seeds.derive_hex(work.world.seed, "external-reference", registration.id, attempt)
    work.tx.insert(tables.sign_ups, SignUpRow(reference, registration.id))
    current = registrations.find(work, registration.id)
    before = current.state.get("sign_up", {})
    sign_up = {**before, "reference": reference, "attempt": attempt, "via": via}
    registrations.keep_state(work, current, {"sign_up": sign_up})
    work.commit()
    return reference, attempt


def _deliver(work: Call, body: SignUp, reference: str, code: SignUpCode) -> None:
    if body.via == "qr":
        return
    minutes = int((code.expires_at - work.now).total_seconds() // 60)
    words = f"Your sign-up code is {code.code}. Enter it in the bank's app within {minutes} minutes."
    channel: Literal["email", "sms"] = "email" if body.via == "email" else "sms"
    try:
        mailroom.send(
            work, f"sign-up-code/{reference}", channel, str(body.contact), subject="Your sign-up code", body=words,
            code=code.code, purpose="sign-up-code",
        )  # fmt: skip
    except UpstreamFailure as failure:
        voided = True
        try:
            tsg.void(work, code.code)
        except UpstreamFailure:
            voided = False  # it was shown to nobody, and lapses by itself
        work.decide("DR-1.7", "sign_up.delivery", reason=failure.reason, voided=voided)
        words = f"The sign-up code could not be sent (mail and SMS gateway {failure.reason}). Try again later."
        raise _nothing_sent("DR-1.7", words) from failure


def _nothing_sent(branch: str, words: str) -> Refused:
    outcome = Outcome(branch, words, "Not_Found", state={"sign_up": {}})
    return Refused("upstream-unavailable", 503, outcome, retry_after=TRY_LATER)


def _begun(
    work: Call, registration: Registration, body: SignUp, reference: str, attempt: int, code: SignUpCode
) -> Outcome:
    """Have the sign-up lapse with its code. A push that was ahead of this answer has moved the status already."""
    if reference_of(registrations.find(work, registration.id)) == reference:
        due.schedule(work, "lapse", f"lapse/{registration.id}", code.expires_at, {"registration": registration.id})
    sign_up: dict[str, Any] = {
        "reference": reference,
        "attempt": attempt,
        "via": body.via,
        "code": code.code,
        "qr_payload": code.qr_payload,
        "expires_at": stamp(code.expires_at),
    }
    told = {
        "email": "A sign-up code was sent by email.",
        "sms": "A sign-up code was sent by SMS.",
        "qr": "Scan the QR code with the bank's app.",
    }
    details = {"via": body.via, "expires_at": code.expires_at}
    return Outcome(
        BRANCH_OF[body.via], told[body.via], "Sign_Up_In_Progress", msgspec.to_builtins(details), {"sign_up": sign_up}
    )
