"""Where the TSG pushes to."""

from orchestrator.flows import device_push
from orchestrator.models import ChannelProblem, PushReceived, SignUpPush
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import PUSH_SIGNATURE
from simulators.kit.web.tags import Tag

api = Api(Tag("sign-up push", "Where the TSG tells that a sign-up was completed."), (PUSH_SIGNATURE,))


@api.operation(
    "POST", "/tsg/push", answer=PushReceived, raw=SignUpPush, secrets=["credential"],
    refusals=[(400, "validation-failed"), (401, "push-not-trusted"), (404, "unknown-external-reference"),
              (409, "external-reference-of-another-sign-up"), (422, "empty-external-reference"),
              (422, "incomplete-push")],
    error=ChannelProblem,
)  # fmt: skip
def post_push(call: Call) -> PushReceived:
    """Take in the TSG's push that a sign-up was completed (Standard Webhooks)."""
    repeated = device_push.receive(call, call.request.get_data())
    return PushReceived(received=True, repeated=repeated)
