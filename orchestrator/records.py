"""The middleware's records."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from orchestrator.state import DeviceState, State, WebState


class LastOutcome(Struct):
    """The result of the last action: the branch that was taken, and what the person is told."""

    branch: str | None
    message: str
    details: dict[str, Any] = {}


class Registration(Struct):
    """One registration. ``owner`` is the logged-in user of a device registration; ``state`` is the flow's own."""

    id: str
    flow: str
    status: str
    owner: str | None
    last_outcome: LastOutcome
    state: State
    created_at: datetime
    updated_at: datetime

    @property
    def web(self) -> WebState:
        """The state of a web registration."""
        assert isinstance(self.state, WebState)
        return self.state

    @property
    def device(self) -> DeviceState:
        """The state of a device registration."""
        assert isinstance(self.state, DeviceState)
        return self.state

    @property
    def username(self) -> str:
        """The user whose device registration this is."""
        assert self.owner is not None
        return self.owner


class StatusChange(Struct):
    """One entry of a registration's history; ``before`` is empty for its beginning."""

    registration: str
    number: int
    at: datetime
    action: str
    before: str
    after: str
    branch: str | None
    message: str
    facts: dict[str, Any]


class SignUpRow(Struct):
    """Which registration, and which device, an external_reference stands for."""

    external_reference: str
    registration: str
    em_cert_id: str


class PushRow(Struct):
    """A push that was taken in; its repetition moves nothing."""

    id: str
    registration: str
    received_at: datetime


class AnswerRow(Struct):
    """The answer to an ``Idempotency-Key``; without a ``status`` the first request is still being worked on.

    The lease ends by the machine's time, the answer expires in the world's.
    """

    key: str
    request: str
    leased_until: datetime
    expires_at: datetime
    status: int | None = None
    body: str | None = None
    media_type: str | None = None
    headers: dict[str, str] = {}
    branches: list[str] = []
