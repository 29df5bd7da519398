"""Delivering a message to a simulated person."""

from dataclasses import dataclass

from simulators.kit import seeds
from simulators.kit.log import log
from simulators.kit.work import Work
from simulators.mailroom import tables
from simulators.mailroom.addresses import normalise
from simulators.mailroom.models import NewMessage
from simulators.mailroom.records import StoredMessage
from simulators.mailroom.steps.relay_email import schedule_email

PRUNED_AT_ONCE = 64
"""By so many messages a world outgrows its limit before the oldest are deleted."""


@dataclass(frozen=True)
class Delivery:
    """A message, and whether it is a repetition of one that was delivered before."""

    message: StoredMessage
    repeated: bool


def deliver_message(work: Work, new: NewMessage, key: str | None) -> Delivery:
    """Deliver a message; one that comes again with the same ``Idempotency-Key`` is delivered once."""
    earlier = work.tx.first(tables.by_dedupe, StoredMessage, dedupe=key) if key else None
    if earlier is not None:
        return Delivery(earlier, repeated=True)
    number = work.tx.next("message")
    message = StoredMessage(
        id=seeds.derive_hex(work.world.seed, "message", number, length=16),
        channel=new.channel,
        to=normalise(new.to),
        subject=new.subject,
        body=new.body,
        code=new.code,
        purpose=new.purpose,
        sender=new.sender,
        sent_at=work.now,
        number=number,
        dedupe=key,
    )
    work.tx.insert(tables.messages, message)
    _prune(work, number)
    schedule_email(work, message)
    return Delivery(message, repeated=False)


def _prune(work: Work, newest: int) -> None:
    """Delete the oldest messages of a world that has more than its limit."""
    limit = work.settings.message_limit
    if newest % PRUNED_AT_ONCE or newest <= limit:
        return
    work.tx.run(tables.prune, last=newest - limit)
    if newest <= limit + PRUNED_AT_ONCE:
        log.warning(
            "mailroom: the world %s has %s messages: from now on the oldest are deleted (SANDBOX_MESSAGE_LIMIT).",
            work.world.id, limit,
        )  # fmt: skip
