"""Finding messages, and waiting for one to come."""

from simulators.kit import clock
from simulators.kit.errors import Refusal
from simulators.kit.store.transactions import Store
from simulators.kit.waiting import POLL_INTERVAL, look_until
from simulators.mailroom import tables
from simulators.mailroom.addresses import normalise
from simulators.mailroom.models import LONGEST_WAIT, Message, MessageQuery
from simulators.mailroom.records import StoredMessage


def wait_for_messages(
    store: Store, world: str, query: MessageQuery, interval: float = POLL_INTERVAL
) -> list[Message]:  # fmt: skip
    """Return the messages that a query finds, newest first; wait until there is one, no longer than the query says."""
    return look_until(lambda: find_messages(store, world, query), min(query.wait, LONGEST_WAIT), interval)


def find_messages(store: Store, world: str, query: MessageQuery) -> list[Message]:
    """Return the messages that a query finds now, newest first. Raises Refusal (``since`` is none, 400)."""
    after, later = _read_since(store, world, query.since) if query.since else (0, "")
    values = {"after": after, "later": later, "limit": query.limit}
    values |= {"channel": query.channel, "purpose": query.purpose, "world": world}
    if query.to:
        return store.look(tables.to_one, Message, to=normalise(query.to), **values)
    return store.look(tables.to_anyone, Message, **values)


def _read_since(store: Store, world: str, since: str) -> tuple[int, str]:
    """Return the number of the message, or the instant, that later messages are asked for."""
    seen = store.look(tables.by_id, StoredMessage, world=world, id=since)
    if seen:
        return seen[0].number, ""
    try:
        return 0, clock.stamp_of(since)
    except ValueError as error:
        message = "since must be the id of a message or an instant, as in 2026-01-01T09:00:00Z."
        raise Refusal("VALIDATION_FAILED", 400, message, field="since") from error
