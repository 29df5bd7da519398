"""What is remembered of a phone."""

from typing import Literal

from msgspec import Struct

Misbehaviour = Literal["wrong_key", "altered_body", "replay"]


class Order(Struct):
    """A sign-up that a phone is to send: the code, for a service, and how to send it wrongly, if at all."""

    code: str
    service_id: str
    misbehave: Misbehaviour | None = None


class Handset(Struct):
    """A phone. Its key is derived from the world's seed and ``number``; ``queued`` waits for it to be online."""

    id: str
    number: int
    os: str
    model: str
    owner: str
    emcert_id: str
    registered: bool = False
    offline: bool = False
    last_event: str = "emcert_issued"
    queued: list[Order] = []
