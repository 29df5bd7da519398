"""The phones' records."""

from typing import Any, Literal

from msgspec import Struct

Credential = str | dict[str, Any]
Misbehaviour = Literal[
    "wrong_key", "altered_body", "replay", "unsigned", "foreign_emcert", "slow_clock", "fast_clock"
]  # fmt: skip


class SignUpOrder(Struct):
    """A sign-up that a phone is to send: the code, for a service, with the app's credential, if it has one.

    ``misbehave`` is how the phone sends it wrongly, if at all.
    """

    code: str
    service_id: str
    credential: Credential | None = None
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
    queued: list[SignUpOrder] = []
