"""The mail and SMS gateway, as the middleware uses it to send a sign-up code (P1.2)."""

from typing import Any, Literal

from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def send(work: Work, key: str, channel: Literal["email", "sms"], to: str, **message: Any) -> None:
    """Hand a message over; the same ``key`` is delivered once. Raises UpstreamFailure when it was not taken."""
    body = {"channel": channel, "to": to, "sender": work.service.name, **message}
    reply = work.ask("mailroom", "POST", "/messages", body, headers={"Idempotency-Key": key})
    if not reply.ok:
        raise UpstreamFailure("mailroom", f"answered {reply.status}")
