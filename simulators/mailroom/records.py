"""The records that the mailroom keeps; ``tables`` has the tables they are kept in."""

from msgspec import Struct

from simulators.mailroom.models import Message


class StoredMessage(Message, kw_only=True):
    """A message as kept; ``dedupe`` is the ``Idempotency-Key`` that it came with."""

    number: int
    dedupe: str | None


class Addressee(Struct):
    """Whose an address is; one may be several people's. ``address`` is spelt as that of messages is."""

    address: str
    name: str
