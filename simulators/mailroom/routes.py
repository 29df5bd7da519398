"""The mailroom's calls."""

from typing import TYPE_CHECKING

import msgspec

from simulators.kit import clock, seeds
from simulators.kit.api import Answer, Api
from simulators.kit.call import Call
from simulators.kit.contacts import mobile_number
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.mailroom.delivery import schedule_email
from simulators.mailroom.models import LONGEST_WAIT, Message, MessageQuery, Messages, NewMessage

if TYPE_CHECKING:
    from simulators.mailroom import tables
else:
    tables = lazy("simulators.mailroom.tables")

api = Api()

LOOK_AGAIN = 0.005
"""Seconds between two looks for a message that another process may have taken in."""


class StoredMessage(Message, kw_only=True):
    number: int
    dedupe: str | None


@api.operation(
    "POST", "/messages", body=NewMessage, answer=Message, status=201, secrets=["code", "body"],
    refusals=[(400, "validation-failed")],
)  # fmt: skip
def post_message(call: Call, new: NewMessage) -> Answer:
    """Deliver a message to a simulated person.

    With an ``Idempotency-Key`` header the same message is delivered once; the repeat is answered with 200.
    """
    key = call.request.headers.get("Idempotency-Key")
    if key:
        earlier = call.tx.first(tables.by_dedupe, Message, dedupe=key)
        if earlier is not None:
            return Answer(earlier, 200)
    number = call.tx.next("message")
    message = StoredMessage(
        id=seeds.derive_hex(call.world.seed, "message", number, length=16),
        channel=new.channel,
        to=normalised(new.to),
        subject=new.subject,
        body=new.body,
        code=new.code,
        purpose=new.purpose,
        sender=new.sender,
        sent_at=call.now,
        number=number,
        dedupe=key,
    )
    call.tx.insert(tables.messages, message)
    schedule_email(call, message)
    return Answer(msgspec.convert(message, Message, from_attributes=True), 201)


@api.operation("GET", "/messages", query=MessageQuery, answer=Messages, secrets=["code", "body"])
def get_messages(call: Call, query: MessageQuery) -> Messages:
    """List messages, newest first; with ``wait``, block until there is one."""
    give_up = clock.monotonic() + min(query.wait, LONGEST_WAIT)
    while True:
        found = _found(call, query)
        if found or clock.monotonic() >= give_up:
            return Messages(found)
        clock.pause(LOOK_AGAIN)


def normalised(address: str) -> str:
    """Return an address as messages are kept and found under: emails in lower case, numbers in E.164 where they can."""
    compact = "".join(address.split())
    return compact.lower() if "@" in compact else mobile_number(compact) or compact


def _since(call: Call, since: str) -> tuple[int, str]:
    """Return the number of the message, or the instant, that later messages are asked for."""
    seen = call.service.store.look(tables.by_id, StoredMessage, world=call.world.id, id=since)
    if seen:
        return seen[0].number, ""
    try:
        return 0, clock.stamp_of(since)
    except ValueError as error:
        words = "since must be the id of a message or an instant, as in 2026-01-01T09:00:00Z."
        raise Refusal("VALIDATION_FAILED", 400, words, field="since") from error


def _found(call: Call, query: MessageQuery) -> list[Message]:
    after, later = _since(call, query.since) if query.since else (0, "")
    values = {"after": after, "later": later, "limit": query.limit}
    values |= {"channel": query.channel or "%", "purpose": query.purpose or "%", "world": call.world.id}
    store = call.service.store
    if query.to:
        return store.look(tables.to_one, Message, to=normalised(query.to), **values)
    return store.look(tables.to_anyone, Message, **values)
