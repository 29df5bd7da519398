"""The records that the mailroom keeps; ``tables`` has the tables they are kept in."""

from simulators.mailroom.models import Message


class StoredMessage(Message, kw_only=True):
    """A message as kept; ``dedupe`` is the ``Idempotency-Key`` that it came with."""

    number: int
    dedupe: str | None
