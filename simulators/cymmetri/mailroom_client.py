"""Cymmetri's calls to the mail and SMS gateway."""

from typing import Any

from simulators.cymmetri.messages import SENDER
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def deliver(work: Work, key: str, message: dict[str, Any]) -> None:
    """Hand a message to the gateway; the same ``key`` is delivered once. Raises UpstreamFailure if it is not taken."""
    headers = {"Idempotency-Key": f"{SENDER}-{key}"}
    reply = work.ask("mailroom", "POST", "/messages", message, headers=headers)
    if not reply.ok:
        raise UpstreamFailure("mailroom", f"answered {reply.status}")
