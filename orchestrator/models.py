"""The channel API's requests and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from simulators.kit.models import assumed, documented, published

LONGEST_WAIT = 60.0
"""Seconds for which a call blocks at the most; a longer wish is cut to this."""


class NewRegistration(Struct):
    """What begins a registration: an identity for the web flow, a phone's emCertID for the device flow."""

    flow: Annotated[Literal["web", "device"], assumed]
    deviceId: Annotated[str | None, published] = None
    type: Annotated[str | None, published] = None
    id: Annotated[str | None, published] = None
    cardNumber: Annotated[str | None, published] = None
    emCertID: Annotated[str | None, documented] = None
    username: Annotated[str | None, documented] = None


class Outcome(Struct):
    """What the last action came to: the branch of the documents, and what the person is told."""

    branch: Annotated[str | None, assumed]
    message: Annotated[str, assumed]
    details: Annotated[dict[str, Any], assumed]


class RegistrationView(Struct):
    """A registration; ``status`` of the device flow is spelt as the document spells it."""

    id: Annotated[str, assumed]
    flow: Annotated[str, assumed]
    status: Annotated[str, documented]
    allowed_actions: Annotated[list[str], assumed]
    last_outcome: Annotated[Outcome, assumed]
    created_at: Annotated[datetime, assumed]
    updated_at: Annotated[datetime, assumed]


class Waiting(Struct):
    """Block until ``wait_for`` is the registration's status, for at most ``timeout`` seconds."""

    wait_for: Annotated[str, assumed] = ""
    timeout: Annotated[float, Meta(ge=0), assumed] = 10.0


class ActionBody(Struct):
    """An action's fields; ``GET /flows/{flow}`` tells which each action takes."""


class StatusChangeView(Struct):
    """One change of a registration's status, or one outcome that left it as it was."""

    at: Annotated[datetime, assumed]
    action: Annotated[str, assumed]
    before: Annotated[str, assumed]
    after: Annotated[str, assumed]
    branch: Annotated[str | None, assumed]
    message: Annotated[str, assumed]
    facts: Annotated[dict[str, Any], assumed]


class History(Struct):
    """A registration's history, oldest first."""

    history: Annotated[list[StatusChangeView], assumed]


class PushReceived(Struct):
    """That a push was taken in, and whether it had been before."""

    received: Annotated[bool, assumed]
    repeated: Annotated[bool, assumed]
