"""Telling a user something by a registered contact, which the Auth Service alone knows in full."""

from simulators.auth_service import access
from simulators.auth_service.models import Notification, Sent
from simulators.auth_service.routes.callers import caller_of, known_user
from simulators.auth_service.users import Destination, destination
from simulators.kit.api import Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure
from simulators.kit.masking import masked_email, masked_mobile

api = Api()

IDEMPOTENCY_KEY = "Idempotency-Key"


@api.operation(
    "POST", "/users/<username>/notifications", body=Notification, answer=Sent, status=202, secrets=["body", "code"],
    refusals=[
        (400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND"),
        (409, "NO_CONTACT"), (503, "UPSTREAM_UNAVAILABLE"),
    ],
)  # fmt: skip
def notify(call: Call, notification: Notification, username: str) -> Sent:
    """Send a user a message, by email or, where there is none, by SMS.

    With an ``Idempotency-Key`` header the same notification is delivered once.
    """
    access.permit_institution(caller_of(call))
    user = known_user(call, username)
    chosen = destination(user, notification.channel)
    channel = chosen.channel if chosen else None
    call.decide(None, "notification.channel", username=user.username, wanted=notification.channel, chosen=channel)
    if chosen is None:
        wanted = notification.channel or "email or sms"
        raise Refusal("NO_CONTACT", 409, f"{user.username} has no registered contact for {wanted}.")
    call.commit()
    _deliver(call, notification, chosen)
    return Sent(chosen.channel, masked_email(chosen.to) if chosen.channel == "email" else masked_mobile(chosen.to))


def _deliver(call: Call, notification: Notification, chosen: Destination) -> None:
    message = {
        "channel": chosen.channel,
        "to": chosen.to,
        "subject": notification.subject,
        "body": notification.body,
        "code": notification.code,
        "purpose": notification.purpose,
        "sender": call.service.name,
    }
    key = call.request.headers.get(IDEMPOTENCY_KEY)
    reply = call.ask("mailroom", "POST", "/messages", message, headers={IDEMPOTENCY_KEY: key} if key else None)
    if not reply.ok:
        raise UpstreamFailure("mailroom", f"answered {reply.status}")
