"""The middleware's records."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from orchestrator.state import STATUSES, DeviceState, FlowName, State, WebState
from simulators.kit.store.checking import HeaderText, decode_json


class LastOutcome(Struct):
    """The result of the last action: the branch that was taken, and what the person is told."""

    branch: str | None
    message: str
    details: dict[str, Any] = {}


class Registration(Struct):
    """One registration. ``owner`` is the logged-in user of a device registration; ``state`` is the flow's own."""

    id: str
    flow: FlowName
    status: str
    owner: str | None
    last_outcome: LastOutcome
    state: State
    created_at: datetime
    updated_at: datetime

    def find_mistake(self) -> tuple[str, str] | None:
        """Return a column that contradicts the others, and how; None where all fits together."""
        if self.status not in STATUSES[self.flow]:
            return "status", f"is no status of the flow {self.flow}"
        if isinstance(self.state, WebState) != (self.flow == "web"):
            return "state", f"is of another flow than {self.flow}"
        if (self.owner is None) != (self.flow == "web"):
            return "owner", f"is {'missing' if self.owner is None else 'too much'} in the flow {self.flow}"
        return None

    def numbers(self) -> Iterator[tuple[str, int | None]]:
        """Return the numbers of counters that it was made, or has begun something, with."""
        yield "registration", None
        if isinstance(self.state, DeviceState):
            if self.state.sign_up is not None:
                yield f"sign-up/{self.id}", self.state.sign_up.number
            if self.state.activation is not None:
                yield f"activation/{self.id}", self.state.activation

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done with it any more, whatever its status: its token is spent."""
        return (
            isinstance(self.state, WebState) and self.state.token is not None and self.state.token == self.state.spent
        )

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


class AboutRegistration(Struct):
    """What due work of a registration is told."""

    registration: str


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
    status: Annotated[int, Meta(ge=200, le=599)] | None = None
    body: Annotated[str | None, decode_json(Any)] = None
    media_type: HeaderText | None = None
    headers: dict[HeaderText, HeaderText] = {}
    branches: list[str] = []
