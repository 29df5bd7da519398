"""Telling customers that they are registered, or blocked: due work, so that an outage of the gateway only delays it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulators.cymmetri import mailroom_client, messages
from simulators.cymmetri.messages import Medium, Notice, NoticeMessage
from simulators.cymmetri.records import Account, Registration
from simulators.kit.clock import stamp
from simulators.kit.scheduling.due import RetryLater, reads, schedule
from simulators.kit.scheduling.tables import Item
from simulators.kit.seeds import derive_hex
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work

NOTICE = "notice"
"""The kind of due work that tells a customer something."""

FIRST_GAP, LONGEST_GAP = timedelta(seconds=5), timedelta(minutes=10)
MOST_TRIES = 50


@dataclass(frozen=True)
class Person:
    """A customer to be told something, with the contacts that Cymmetri knows."""

    name: str
    contacts: tuple[tuple[Medium, str | None], ...]

    @classmethod
    def of(cls, known: Account | Registration) -> "Person":
        """Return the customer of an account or of a registration."""
        return cls(known.legal_name, (("email", known.email), ("sms", known.mobile)))


def schedule_registered(work: Work, person: Person) -> list[Medium]:
    """Have a customer told at every contact of having registered; return by which media."""
    return _schedule(work, "registered", person, messages.registered_text(person.name))


def schedule_blocked(work: Work, person: Person, until: datetime | None) -> list[Medium]:
    """Have a customer told at every contact of a block that has begun; return by which media."""
    return _schedule(work, "user-blocked", person, messages.blocked_text(person.name, until))


@reads(NoticeMessage)
def deliver(work: Work, item: Item) -> None:
    """Deliver a notice that is due; retry with growing gaps while the gateway does not take it."""
    message = item.payload
    facts = {"purpose": message["purpose"], "channel": message["channel"], "attempt": item.attempts + 1}
    try:
        mailroom_client.deliver(work, item.id.removeprefix(f"{NOTICE}/"), message)
    except UpstreamFailure as failure:
        work.decide(None, "notice.not_delivered", **facts, reason=failure.reason)
        if facts["attempt"] < MOST_TRIES:
            raise RetryLater(min(FIRST_GAP * 2 ** min(item.attempts, 16), LONGEST_GAP)) from failure
    else:
        work.decide(None, "notice.delivered", **facts)


DUE: dict[str, Callable[[Work, Item], None]] = {NOTICE: deliver}


def _schedule(work: Work, notice: Notice, person: Person, text: str) -> list[Medium]:
    told: list[Medium] = []
    for medium, to in person.contacts:
        if to:
            number = work.tx.next(NOTICE)
            id = derive_hex(work.world.seed, NOTICE, stamp(work.world.created_at), number)
            schedule(work, NOTICE, f"{NOTICE}/{id}", work.now, messages.notice_message(notice, medium, to, text))
            told.append(medium)
    return told
