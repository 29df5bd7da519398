"""Where the TSG pushes to."""

from orchestrator.flows import device_push
from orchestrator.models import PushReceived
from simulators.kit.api import Api
from simulators.kit.call import Call

api = Api()


@api.operation(
    "POST", "/tsg/push", answer=PushReceived,
    refusals=[(401, "push-not-trusted"), (404, "unknown-external-reference"),
              (409, "external-reference-of-another-sign-up"), (422, "empty-external-reference"),
              (422, "incomplete-push")],
)  # fmt: skip
def post_push(call: Call) -> PushReceived:
    """Take in the TSG's push that a sign-up was completed (Standard Webhooks)."""
    return PushReceived(**device_push.receive(call, call.request.get_data()))
