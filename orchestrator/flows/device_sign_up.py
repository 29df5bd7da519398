"""Step 1 of device registration: a sign-up code is asked of the TSG and sent to the user (R1, P1.1 to P1.3)."""

from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from orchestrator import registrations
from orchestrator.flows import device_attempts, device_poll
from orchestrator.flows.device_attempts import BegunAttempt
from orchestrator.flows.device_statuses import IN_PROGRESS, NOT_FOUND, OPEN
from orchestrator.flows.model import TRY_LATER, ActionRefused, Outcome
from orchestrator.gateways import auth_service, mailroom, tsg
from orchestrator.gateways.tsg import SignUpCode
from orchestrator.records import Registration
from orchestrator.state import Via
from simulators.kit.errors import Refusal
from simulators.kit.models import assumed, documented
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure

CONTACT_OF = {"email": "email", "sms": "mobile"}
BRANCH_OF = {"email": "DR-1.1", "sms": "DR-1.2", "qr": "DR-1.3"}
MESSAGES = {
    "email": "A sign-up code was sent by email.",
    "sms": "A sign-up code was sent by SMS.",
    "qr": "Scan the QR code with the bank's app.",
}
MINUTE = timedelta(minutes=1)


class SignUp(Struct):
    """How the user wants the sign-up code: by registered ``email`` or ``sms``, or as a ``qr`` code on the screen."""

    via: Annotated[Via, documented]
    contact: Annotated[str | None, assumed] = None


def sign_up(call: Call, registration: Registration, body: SignUp) -> Outcome:
    """Begin a sign-up, or begin it again: earlier codes are void then, and so is a sign-up under way.

    Raises ActionRefused: DR-1.4 (not the registered contact), DR-1.9 (too many devices), DR-1.5 (no code), DR-1.7 (not
    delivered). Raises Refusal (``sign-up-begun-again``, 409) when another request has begun a sign-up meanwhile.
    """
    _check_contact(call, registration, body)
    _check_number_of_devices(call, registration)
    begun = device_attempts.begin(call, registration.id, body.via)
    try:
        for earlier in begun.earlier:
            tsg.void(call, earlier)
        code = tsg.sign_up(call, begun.external_reference)
    except UpstreamFailure as failure:
        device_attempts.find_current(call, begun)
        call.decide("DR-1.5", "sign_up.code", service=failure.service, reason=failure.reason)
        message = f"No sign-up code can be had now (TSG {failure.reason}). Try again later."
        raise _refuse_unsent("DR-1.5", message) from failure
    _keep_code(call, begun, code)
    if begun.again:
        call.decide("DR-1.6", "sign_up.again", earlier_codes="void", attempt=begun.number)
    _deliver(call, begun, body, code)
    return _announce(call, begun, body.via, code)


def _check_contact(call: Call, registration: Registration, body: SignUp) -> None:
    kind = CONTACT_OF.get(body.via)
    if kind is None:
        return
    if not body.contact:
        raise Refusal("validation-failed", 400, f"contact is missing: give the registered {kind}.", field="contact")
    if not auth_service.is_registered_contact(call, registration.username, kind, body.contact):
        call.decide("DR-1.4", "sign_up.contact", via=body.via, registered=False)
        message = f"This {kind} is not the one that is registered with the bank; no code was sent."
        raise ActionRefused("contact-not-registered", 422, Outcome("DR-1.4", message))


def _check_number_of_devices(call: Call, registration: Registration) -> None:
    devices = auth_service.list_devices(call, registration.username)
    if devices.has_room_for(registration.device.em_cert_id):
        return
    call.decide("DR-1.9", "sign_up.devices", devices=len(devices.devices), most=devices.most)
    message = "You have as many devices as the bank allows. Remove one of them first."
    outcome = Outcome("DR-1.9", message, details={"devices": devices.listed})
    raise ActionRefused("device-limit-reached", 409, outcome)


def _keep_code(call: Call, begun: BegunAttempt, code: SignUpCode) -> None:
    """Keep the code before anybody can see it, so that a later sign-up can void it; void it if one has begun."""
    try:
        current, _ = device_attempts.find_current(call, begun)
    except Refusal:
        _void(call, code)
        raise
    registrations.change_state(call, current, codes={code.sign_up_code: code.expires_at})
    if code.must_be_polled:
        device_poll.schedule(call, current.id, begun.external_reference)


def _deliver(call: Call, begun: BegunAttempt, body: SignUp, code: SignUpCode) -> None:
    if body.via == "qr":
        return
    valid_for = _describe(code.expires_at - call.now)
    text = f"Your sign-up code is {code.sign_up_code}. Enter it in the bank's app within {valid_for}."
    channel: Literal["email", "sms"] = "email" if body.via == "email" else "sms"
    try:
        mailroom.send(
            call, f"sign-up-code/{begun.external_reference}", channel, str(body.contact),
            subject="Your sign-up code", body=text, code=code.sign_up_code, purpose="sign-up-code",
        )  # fmt: skip
    except UpstreamFailure as failure:
        voided = _void(call, code)
        current, _ = device_attempts.find_current(call, begun)
        if current.status not in OPEN:
            return  # it was delivered all the same: a push says that the code was used before it was void
        call.decide("DR-1.7", "sign_up.delivery", reason=failure.reason, voided=voided)
        message = f"The sign-up code could not be sent (mail and SMS gateway {failure.reason}). Try again later."
        raise _refuse_unsent("DR-1.7", message, voided=voided) from failure


def _void(call: Call, code: SignUpCode) -> bool:
    """Void a code that nobody is to use; a code that cannot be voided now expires by itself, and completes nothing."""
    try:
        tsg.void(call, code.sign_up_code)
    except UpstreamFailure:
        return False
    return True


def _refuse_unsent(branch: str, message: str, *, voided: bool = False) -> ActionRefused:
    changes: dict[str, Any] = {"sign_up": None, "codes": {}} if voided else {"sign_up": None}
    outcome = Outcome(branch, message, NOT_FOUND, changes=changes)
    return ActionRefused("upstream-unavailable", 503, outcome, retry_after=TRY_LATER)


def _announce(call: Call, begun: BegunAttempt, via: Via, code: SignUpCode) -> Outcome:
    """Tell the user of the code, and have the sign-up lapse with it."""
    current, attempt = device_attempts.find_current(call, begun)
    branch = BRANCH_OF[via]
    call.decide(branch, "sign_up.code", via=via, attempt=begun.number, expires_at=code.expires_at)
    details = msgspec.to_builtins({"via": via, "expires_at": code.expires_at})
    device_attempts.schedule_lapse(call, current.id, code.expires_at)
    announced = msgspec.structs.replace(attempt, qr_payload=code.qr_payload, expires_at=code.expires_at)
    return Outcome(branch, MESSAGES[via], IN_PROGRESS, details, {"sign_up": announced})


def _describe(duration: timedelta) -> str:
    """Return a duration for a message: in whole minutes, below two in seconds."""
    if duration < 2 * MINUTE:
        return f"{int(duration.total_seconds())} seconds"
    return f"{duration // MINUTE} minutes"
