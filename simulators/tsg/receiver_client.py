"""The call to the receiver of a push."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec

from simulators.kit.faults import PushTry
from simulators.kit.web.answers import NOW
from simulators.kit.wire import webhooks
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work
from simulators.tsg import push_retry
from simulators.tsg.push_receivers import PUSH_PATH, PushReceiver

UNANSWERED = 0
SERVER_ERROR = 500


@dataclass(frozen=True)
class Receipt:
    """A receiver's answer to a push: its status (0 where none came), its body, its headers, the wait that it asks for.

    ``sent`` are the headers of the push itself.
    """

    status: int = UNANSWERED
    answer: dict[str, Any] | None = None
    retry_after: timedelta = timedelta()
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)

    @property
    def acknowledged(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_down(self) -> bool:
        return self.status == UNANSWERED or self.status >= SERVER_ERROR


def post(work: Work, receiver: PushReceiver, id: str, sending: PushTry) -> Receipt:
    """Send a push, signed, and return the receiver's answer; any 2xx acknowledges it, whatever its body."""
    payload = msgspec.json.encode(sending.message)
    headers = webhooks.sign(sending.secret, id, sending.signed_at, payload)
    headers |= {"Content-Type": "application/json", NOW: work.now_text}
    sent = {**work.trace.headers(), **headers}
    try:
        reply = work.ask(receiver.service, "POST", PUSH_PATH, raw=payload, headers=headers, url=receiver.url)
    except UpstreamFailure as failure:
        if failure.reply is None:
            return Receipt(sent=sent)
        reply = failure.reply
    work.relayed = reply.branches
    wait = push_retry.retry_after(reply.headers, work.now)
    return Receipt(reply.status, reply.body, wait, reply.headers, sent)
