"""The TSG's push, where it comes here (R2.1: "Auth Service?? or Middleware??"): checked and handed on."""

import msgspec

from simulators.auth_service.sign_up_push import SIGN_UP, SignUpPush, flaw
from simulators.kit import webhooks
from simulators.kit.api import Answer, Api
from simulators.kit.call import Call
from simulators.kit.decoding import read_json
from simulators.kit.errors import Refusal, flaw_of
from simulators.kit.http import Reply

api = Api()

PUSH_PATH = "/tsg/push"
PASSED_BACK = ("Content-Type", "Retry-After")


@api.operation(
    "POST", PUSH_PATH, secrets=["credential"],
    refusals=[
        (400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED_PUSH"), (422, "EMPTY_EXTERNAL_REFERENCE"),
        (422, "INCOMPLETE_PUSH"), (503, "UPSTREAM_UNAVAILABLE"),
    ],
)  # fmt: skip
def receive_push(call: Call) -> Answer:
    """Check the TSG's sign_up push and hand it on to the middleware, whose answer is the answer.

    The push is signed by the Standard Webhooks specification; it is handed on byte for byte, signature included.
    """
    raw = call.request.get_data(cache=True)
    id = _signed(call, raw)
    push = _read(call, raw)
    found = flaw(push.data)
    if found:
        call.decide(found.branch, "push.data", webhook_id=id, field=found.field)
        raise Refusal(found.error, 422, found.words, field=found.field)
    reply = _hand_on(call, raw)
    call.decide("DR-2.13" if reply.ok else None, "push.handed_on", webhook_id=id, middleware_status=reply.status)
    headers = {name: reply.headers[name.lower()] for name in PASSED_BACK if name.lower() in reply.headers}
    return Answer(reply.body or None, reply.status, headers)


def _signature(call: Call) -> dict[str, str]:
    return {name: call.request.headers.get(name, "") for name in (webhooks.ID, webhooks.TIMESTAMP, webhooks.SIGNATURE)}


def _signed(call: Call, raw: bytes) -> str:
    try:
        return webhooks.checked(call.settings.tsg_push_secret, call.request.headers, raw, call.now)
    except webhooks.BadWebhook as error:
        call.decide("DR-2.9", "push.signature", reason=str(error))
        raise Refusal("UNAUTHORIZED_PUSH", 401, f"The push is not accepted: {error}.") from error


def _read(call: Call, raw: bytes) -> SignUpPush:
    try:
        call.heard = read_json(raw)
        push = msgspec.convert(call.heard, SignUpPush)
    except msgspec.MsgspecError as error:
        found = flaw_of(error)
        words = f"{found.field or 'The body'} {found.words}."
        raise Refusal("VALIDATION_FAILED", 400, words, field=found.field) from error
    if push.type != SIGN_UP:
        raise Refusal("VALIDATION_FAILED", 400, f"type is {push.type!r}; only {SIGN_UP} is pushed here.", field="type")
    return push


def _hand_on(call: Call, raw: bytes) -> Reply:
    call.commit()
    reply = call.ask(
        "orchestrator", "POST", PUSH_PATH, raw=raw, headers={**_signature(call), "Content-Type": "application/json"}
    )
    call.relayed.extend(reply.branches)
    return reply
