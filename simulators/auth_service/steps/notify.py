"""Notifications: the Auth Service alone knows a user's registered contacts in full."""

from simulators.auth_service import mailroom_client
from simulators.auth_service.models import Notification
from simulators.auth_service.records import User
from simulators.auth_service.users import Destination, choose_destination
from simulators.kit.errors import Refusal
from simulators.kit.work import Work


def notify(work: Work, user: User, notification: Notification, key: str | None) -> Destination:
    """Send a user a message and return where it went; the same ``key`` is delivered once.

    Raises Refusal (``NO_CONTACT``, 409), UpstreamFailure when it could not be handed over.
    """
    chosen = choose_destination(user, notification.channel)
    channel = chosen.channel if chosen else None
    work.decide(None, "notification.channel", username=user.username, wanted=notification.channel, chosen=channel)
    if chosen is None:
        wanted = notification.channel or "email or sms"
        raise Refusal("NO_CONTACT", 409, f"{user.username} has no registered contact for {wanted}.")
    mailroom_client.deliver(work, notification, chosen, key)
    return chosen
