"""Step 2 of device registration: the TSG pushes that a sign-up was completed (R2.1, R2.2, P2.1)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from orchestrator import registrations
from orchestrator.flows import device_register
from orchestrator.flows.device_sign_ups import IN_PROGRESS, NOT_FOUND, OPEN, SignUpRow, lapses_no_more, reference_of
from orchestrator.registrations import LastOutcome, Registration
from simulators.kit import webhooks
from simulators.kit.call import Call
from simulators.kit.decoding import read_json
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")


class PushRow(Struct):
    id: str
    registration: str
    received_at: datetime


def receive(call: Call, raw: bytes) -> dict[str, Any]:
    """Take a push in, once. Raises Refusal when it must not move anything.

    DR-2.9: it is not signed, wrongly signed or too old (401). DR-2.6: its external_reference is empty (422). DR-2.8:
    subject_id or credential is missing (422). DR-2.7: the reference is unknown, or of another sign-up (404, 409).
    """
    try:
        id = webhooks.checked(call.settings.tsg_push_secret, call.request.headers, raw, call.now)
    except webhooks.BadWebhook as bad:
        call.decide("DR-2.9", "push.signature", problem=str(bad))
        raise Refusal("push-not-trusted", 401, f"The push is rejected: {bad}.") from bad
    seen = call.tx.get(tables.pushes, PushRow, id=id)
    if seen is not None:
        call.decide("DR-2.10", "push.once", push=id, first_received=seen.received_at)
        return {"received": True, "repeated": True}
    data = _data(raw)
    reference, subject_id = _checked(call, data)
    registration = _registration_of(call, reference, subject_id)
    _sign_up_complete(call, registration, subject_id)
    call.tx.insert(tables.pushes, PushRow(id, registration.id, call.now))
    return {"received": True, "repeated": False}


def _data(raw: bytes) -> dict[str, Any]:
    try:
        body = msgspec.convert(read_json(raw), dict[str, Any])
    except msgspec.MsgspecError as error:
        raise Refusal("validation-failed", 400, "The push's body is no JSON object.") from error
    if body.get("type") != "sign_up":
        raise Refusal("validation-failed", 400, "type must be sign_up.", field="type")
    data = body.get("data")
    if not isinstance(data, dict):
        raise Refusal("validation-failed", 400, "data must be an object.", field="data")
    return data


def _checked(call: Call, data: dict[str, Any]) -> tuple[str, str]:
    """Return external_reference and subject_id; the Auth Service, as the other receiver, checks the same."""
    reference, subject_id, credential = (data.get(name) for name in ("external_reference", "subject_id", "credential"))
    if not _is_text(reference):
        call.decide("DR-2.6", "push.external_reference", external_reference=reference)
        raise Refusal(
            "empty-external-reference", 422, "The push carries no external_reference.", field="data.external_reference"
        )
    missing = [] if _is_text(subject_id) else ["subject_id"]
    if not (isinstance(credential, dict) and credential):
        missing.append("credential")
    if missing:
        call.decide("DR-2.8", "push.complete", missing=missing)
        words = f"The push lacks {' and '.join(missing)}."
        raise Refusal("incomplete-push", 422, words, field=f"data.{missing[0]}")
    return str(reference), str(subject_id)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _registration_of(call: Call, reference: str, subject_id: str) -> Registration:
    """Return the registration whose sign-up under way has this reference."""
    row = call.tx.get(tables.sign_ups, SignUpRow, reference=reference)
    if row is None:
        call.decide("DR-2.7", "push.external_reference", known=False)
        raise Refusal("unknown-external-reference", 404, "The push's external_reference is not one of ours.")
    registration = registrations.find(call, row.registration)
    current = reference_of(registration)
    device = registration.state["em_cert_id"]
    if current != reference or device != subject_id or registration.status not in OPEN:
        call.decide(
            "DR-2.7", "push.external_reference", known=True, current=current == reference,
            same_device=device == subject_id, status=registration.status,
        )  # fmt: skip
        raise Refusal(
            "external-reference-of-another-sign-up", 409, "The push's external_reference belongs to another sign-up."
        )
    return registration


def _sign_up_complete(call: Call, registration: Registration, subject_id: str) -> None:
    """Keep the subject_id and have step 3 done.

    A push that is ahead of the answer to sign-up, or that was held up until the sign-up had lapsed, skips no status.
    """
    if registration.status == NOT_FOUND:
        begun = LastOutcome(None, "The sign-up was under way: its code has been used.")
        registrations.move(call, registration, "sign-up", begun, IN_PROGRESS)
    branch = "DR-2.2" if registration.state["sign_up"]["via"] == "qr" else "DR-2.1"
    call.decide(branch, "push.sign_up_complete", external_reference="valid", subject_id=subject_id)
    done = LastOutcome(branch, "The sign-up is complete; the device is being registered.")
    state = {"subject_id": subject_id, "codes": {}, "register_tried": False}
    registrations.move(call, registration, "push", done, "Sign_Up_Complete", state)
    lapses_no_more(call, registration.id)
    device_register.schedule(call, registration)
