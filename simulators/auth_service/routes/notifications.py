"""Telling a user something by a registered contact."""

from simulators.auth_service import access
from simulators.auth_service.models import Notification, Sent
from simulators.auth_service.steps import notify
from simulators.auth_service.steps.callers import find_caller, find_user
from simulators.kit.masking import mask_email, mask_mobile
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import API_KEY, API_KEY_AS_TOKEN
from simulators.kit.web.tags import Tag

api = Api(Tag("notifications", "Messages of the bank to a user."), (API_KEY, API_KEY_AS_TOKEN))


@api.operation(
    "POST", "/users/<username>/notifications", body=Notification, answer=Sent, status=202, secrets=["body", "code"],
    refusals=[
        (400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND"),
        (409, "NO_CONTACT"), (503, "UPSTREAM_UNAVAILABLE"),
    ],
)  # fmt: skip
def post_notification(call: Call, notification: Notification, username: str) -> Sent:
    """Send a user a message, by email or, where there is none, by SMS.

    With an ``Idempotency-Key`` header the same notification is delivered once.
    """
    access.permit_institution(find_caller(call))
    user = find_user(call, username)
    sent = notify.notify(call, user, notification, call.idempotency_key)
    return Sent(sent.channel, mask_email(sent.to) if sent.channel == "email" else mask_mobile(sent.to))
