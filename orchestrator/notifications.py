"""The user's notifications in device registration (P0.1, P3.2, P4.1).

A notification is scheduled in the transaction that makes it necessary, and delivered once, by the Auth Service, which
alone knows the user's registered contacts.
"""

from datetime import timedelta

from msgspec import Struct

from orchestrator.gateways import auth_service
from simulators.kit.scheduling import due
from simulators.kit.scheduling.tables import Item
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work

FIRST_GAP = timedelta(seconds=5)
LONGEST_GAP = timedelta(minutes=10)
MOST_TRIES = 50


def device_not_found(work: Work, registration: str, username: str, again: int = 0) -> None:
    """Notify of 'A0' and 'A1' (P0.1); ``again`` counts the times that the device was no longer found."""
    text = "Device not found on our records. You can add it now with a sign-up code."
    _schedule(work, registration, username, "device-not-found", "Your device is not known yet", text, again)


def device_registered(work: Work, registration: str, username: str, attempt: int) -> None:
    """Notify that the device of the registration's ``attempt``-th sign-up is registered (P3.2)."""
    text = "Your device is registered. Activate it to use it with your account."
    _schedule(work, registration, username, "device-registered", "Your device is registered", text, attempt)


def device_activated(work: Work, registration: str, username: str, activation: int) -> None:
    """Notify that the device is associated with the account (P4.1)."""
    text = "Your device is active. If this was not you, call the bank."
    _schedule(work, registration, username, "device-activated", "Your device is active", text, activation)


class _Notification(Struct):
    username: str
    purpose: str
    subject: str
    body: str


@due.reads(_Notification)
def deliver(work: Work, item: Item) -> None:
    """Deliver a notification that is due; retry with growing gaps while the Auth Service cannot take it."""
    message = item.payload
    try:
        auth_service.notify(
            work, message["username"], item.id, message["purpose"], message["subject"], message["body"]
        )  # fmt: skip
    except UpstreamFailure as failure:
        if item.attempts + 1 < MOST_TRIES:
            raise due.RetryLater(min(FIRST_GAP * 2**item.attempts, LONGEST_GAP)) from failure
        work.decide(None, "notification.given_up", purpose=message["purpose"], tries=MOST_TRIES, reason=failure.reason)


def _schedule(work: Work, registration: str, username: str, purpose: str, subject: str, body: str, which: int) -> None:
    """Schedule a notification; the same ``which`` is delivered once, however often it is scheduled."""
    id = f"notify/{purpose}/{registration}/{which}"
    payload = {"username": username, "purpose": purpose, "subject": subject, "body": body}
    due.schedule(work, "notify", id, work.now, payload)
