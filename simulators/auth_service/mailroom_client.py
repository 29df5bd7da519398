"""What the Auth Service asks of the mail and SMS gateway."""

from simulators.auth_service.models import Notification
from simulators.auth_service.users import Destination
from simulators.kit.web.call import IDEMPOTENCY_KEY
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def deliver(work: Work, notification: Notification, destination: Destination, key: str | None) -> None:
    """Hand a message over; the same ``key`` is delivered once. Raises UpstreamFailure when it was not taken."""
    message = {
        "channel": destination.channel,
        "to": destination.to,
        "subject": notification.subject,
        "body": notification.body,
        "code": notification.code,
        "purpose": notification.purpose,
        "sender": work.service.name,
    }
    headers = {IDEMPOTENCY_KEY: key} if key else None
    reply = work.ask("mailroom", "POST", "/messages", message, headers=headers)
    if not reply.ok:
        raise UpstreamFailure("mailroom", f"answered {reply.status}")
