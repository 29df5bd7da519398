"""Step 2 of device registration: the TSG pushes that a sign-up was completed (R2.1)."""

from typing import Any

import msgspec

from orchestrator import tables
from orchestrator.flows import device_completion
from orchestrator.flows.device_completion import CompletedSignUp
from orchestrator.records import PushRow
from orchestrator.state import SignUpAttempt
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.kit.wire import webhooks
from simulators.kit.wire.strict_json import read_json


def receive(call: Call, raw: bytes) -> bool:
    """Take a push in, once; return whether it was taken in before (DR-2.10).

    Raises Refusal when it must not move anything: DR-2.9 when it is unsigned, wrongly signed or too old (401), else as
    ``device_completion.check``.
    """
    id = _check_signature(call, raw)
    seen = call.tx.get(tables.pushes, PushRow, id=id)
    if seen is not None:
        call.decide("DR-2.10", "push.once", push=id, first_received=seen.received_at)
        return True
    told = _read(call, raw)
    registration = device_completion.check(call, told)
    if registration is None:
        return True
    branch = _branch_of(registration.device.sign_up)
    device_completion.complete(call, registration, told.subject_id, "push", branch)
    call.tx.insert(tables.pushes, PushRow(id, registration.id, call.now))
    return False


def _branch_of(attempt: SignUpAttempt | None) -> str:
    return "DR-2.2" if attempt is not None and attempt.via == "qr" else "DR-2.1"


def _check_signature(call: Call, raw: bytes) -> str:
    try:
        return webhooks.verify(call.settings.credentials["tsg_push_secret"], call.request.headers, raw, call.now)
    except webhooks.BadWebhook as bad:
        call.decide("DR-2.9", "push.signature", problem=str(bad))
        raise Refusal("push-not-trusted", 401, f"The push is rejected: {bad}.") from bad


def _read(call: Call, raw: bytes) -> CompletedSignUp:
    try:
        call.body = body = msgspec.convert(read_json(raw), dict[str, Any])
    except msgspec.MsgspecError as error:
        raise Refusal("validation-failed", 400, "The push's body is no JSON object.") from error
    if body.get("type") != "sign_up":
        raise Refusal("validation-failed", 400, "type must be sign_up.", field="type")
    data = body.get("data")
    if not isinstance(data, dict):
        raise Refusal("validation-failed", 400, "data must be an object.", field="data")
    return CompletedSignUp(data.get("external_reference"), data.get("subject_id"), data.get("credential"))
