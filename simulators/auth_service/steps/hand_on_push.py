"""The TSG's push, where it comes here (R2.1: "Auth Service?? or Middleware??"): checked and handed on."""

import msgspec

from simulators.auth_service import middleware_client
from simulators.auth_service.push_check import SIGN_UP, SignUpPush, find_flaw
from simulators.kit.errors import Refusal, flaw_of
from simulators.kit.web.call import Call
from simulators.kit.wire import webhooks
from simulators.kit.wire.client import Reply
from simulators.kit.wire.strict_json import read_json


def hand_on(call: Call, raw: bytes) -> Reply:
    """Check a push, hand it on, and return the middleware's answer (DR-2.13).

    Raises Refusal: ``UNAUTHORIZED_PUSH`` (401, DR-2.9), ``VALIDATION_FAILED`` (400), ``EMPTY_EXTERNAL_REFERENCE``
    (422, DR-2.6), ``INCOMPLETE_PUSH`` (422, DR-2.8).
    """
    id = _check_signature(call, raw)
    flaw = find_flaw(_read(call, raw).data)
    if flaw:
        call.decide(flaw.branch, "push.data", webhook_id=id, field=flaw.field)
        raise Refusal(flaw.error, 422, flaw.message, field=flaw.field)
    reply = middleware_client.hand_on(call, raw)
    call.decide("DR-2.13" if reply.ok else None, "push.handed_on", webhook_id=id, middleware_status=reply.status)
    return reply


def _check_signature(call: Call, raw: bytes) -> str:
    try:
        return webhooks.verify(call.settings.credentials["tsg_push_secret"], call.request.headers, raw, call.now)
    except webhooks.BadWebhook as error:
        call.decide("DR-2.9", "push.signature", reason=str(error))
        raise Refusal("UNAUTHORIZED_PUSH", 401, f"The push is not accepted: {error}.") from error


def _read(call: Call, raw: bytes) -> SignUpPush:
    try:
        call.body = read_json(raw)
        push = msgspec.convert(call.body, SignUpPush)
    except msgspec.MsgspecError as error:
        flaw = flaw_of(error)
        message = f"{flaw.field or 'The body'} {flaw.message}."
        raise Refusal("VALIDATION_FAILED", 400, message, field=flaw.field) from error
    if push.type != SIGN_UP:
        message = f"type is {push.type!r}; only {SIGN_UP} is pushed here."
        raise Refusal("VALIDATION_FAILED", 400, message, field="type")
    return push
