"""The TSG's push, where the Auth Service is its receiver."""

from simulators.auth_service.middleware_client import PUSH_PATH
from simulators.auth_service.models import SignUpPush
from simulators.auth_service.steps.hand_on_push import hand_on
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import PUSH_SIGNATURE
from simulators.kit.web.tags import Tag

api = Api(Tag("sign-up push", "The TSG's push, where the Auth Service is its receiver."), (PUSH_SIGNATURE,))

RELAYED_HEADERS = ("Content-Type", "Retry-After")


@api.operation(
    "POST", PUSH_PATH, secrets=["credential"], raw=SignUpPush,
    refusals=[
        (400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED_PUSH"), (422, "EMPTY_EXTERNAL_REFERENCE"),
        (422, "INCOMPLETE_PUSH"), (404, "UNKNOWN_EXTERNAL_REFERENCE"),
        (409, "EXTERNAL_REFERENCE_OF_ANOTHER_SIGN_UP"), (503, "UPSTREAM_UNAVAILABLE"),
    ],
)  # fmt: skip
def post_push(call: Call) -> Answer:
    """Check the TSG's sign_up push and hand it on to the middleware; the middleware's answer is the answer.

    The push is signed by the Standard Webhooks specification; it is handed on byte for byte, signature included.
    """
    reply = hand_on(call, call.request.get_data(cache=True))
    headers = {name: reply.headers[name.lower()] for name in RELAYED_HEADERS if name.lower() in reply.headers}
    return Answer(reply.body or None, reply.status, headers)
