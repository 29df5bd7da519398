"""The channel API's requests and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from orchestrator.flows import FLOWS
from simulators.kit.models import Problem, assumed, documented, published

LONGEST_WAIT = 60.0
"""Seconds for which a call blocks; a longer ``timeout`` is shortened to this."""


ACTIONS = list(dict.fromkeys(action.name for flow in FLOWS.values() for action in flow.actions))
STATUSES = list(dict.fromkeys(status for flow in FLOWS.values() for status in flow.statuses))

_action = Meta(extra_json_schema={"enum": ACTIONS})
_status = Meta(extra_json_schema={"enum": STATUSES})
_status_or_none = Meta(extra_json_schema={"enum": ["", *STATUSES]})


class NewRegistration(Struct):
    """What begins a registration: an identity for the web flow, a phone's emCertID for the device flow."""

    flow: Annotated[Literal["web", "device"], assumed]
    deviceId: Annotated[str | None, published] = None
    type: Annotated[str | None, published] = None
    id: Annotated[str | None, published] = None
    cardNumber: Annotated[str | None, published] = None
    emCertID: Annotated[str | None, documented] = None
    username: Annotated[str | None, documented] = None


class NewWebRegistration(Struct, tag_field="flow", tag="web"):
    """The identity that begins a web registration: ``cardNumber`` where the type is CARD, else ``id``."""

    deviceId: Annotated[str, published]
    type: Annotated[Literal["CIF", "MOBILE", "EMAIL", "CARD"], published]
    id: Annotated[str | UnsetType, published] = UNSET
    cardNumber: Annotated[str | UnsetType, published] = UNSET


class NewDeviceRegistration(Struct, tag_field="flow", tag="device"):
    """The phone's emCertID that begins a device registration of the logged-in user, whose ``username`` may be said."""

    emCertID: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", min_length=64, max_length=64), documented]
    username: Annotated[str | UnsetType, documented] = UNSET


class Outcome(Struct):
    """The result of the last action: the branch of the documents, and what the person is told."""

    branch: Annotated[str | None, assumed]
    message: Annotated[str, assumed]
    details: Annotated[dict[str, Any], assumed]


class RegistrationView(Struct):
    """A registration; ``status`` of the device flow is spelt as the document spells it."""

    id: Annotated[str, assumed]
    flow: Annotated[str, Meta(extra_json_schema={"enum": list(FLOWS)}), assumed]
    status: Annotated[str, _status, documented]
    allowed_actions: Annotated[list[Annotated[str, _action]], assumed]
    last_outcome: Annotated[Outcome, assumed]
    created_at: Annotated[datetime, assumed]
    updated_at: Annotated[datetime, assumed]


class Waiting(Struct):
    """Block until ``wait_for`` is the registration's status, for at most ``timeout`` seconds."""

    wait_for: Annotated[str, _status_or_none, assumed] = ""
    timeout: Annotated[float, Meta(ge=0), assumed] = 10.0


class ActionBody(Struct):
    """An action's fields; ``GET /flows/{flow}`` says which each action takes."""


class ChannelProblem(Problem):
    """A problem of the channel API: the branch that was taken, and what can be done now, where that is known."""

    branch: Annotated[str | UnsetType, assumed] = UNSET
    details: Annotated[dict[str, Any] | UnsetType, assumed] = UNSET
    upstream_code: Annotated[str | UnsetType, assumed] = UNSET
    allowed_actions: Annotated[list[Annotated[str, _action]] | UnsetType, assumed] = UNSET
    status_now: Annotated[str | UnsetType, _status, assumed] = UNSET


class StatusChangeView(Struct):
    """One change of a registration's status, or one outcome that left it as it was."""

    at: Annotated[datetime, assumed]
    action: Annotated[str, assumed]
    before: Annotated[str, _status_or_none, assumed]
    after: Annotated[str, _status, assumed]
    branch: Annotated[str | None, assumed]
    message: Annotated[str, assumed]
    facts: Annotated[dict[str, Any], assumed]


class RegistrationWithHistory(Struct):
    """A registration as a tester sees it: whose it is, of which phone, and what happened to it, oldest first."""

    registration: Annotated[RegistrationView, assumed]
    owner: Annotated[str | None, assumed]
    history: Annotated[list[StatusChangeView], assumed]
    emCertID: Annotated[str | None, assumed] = None


class Registrations(Struct):
    """A world's registrations, newest first."""

    registrations: Annotated[list[RegistrationWithHistory], assumed]


class History(Struct):
    """A registration's history, oldest first."""

    history: Annotated[list[StatusChangeView], assumed]


class PushedSignUp(Struct):
    """The sign-up that was completed. What is missing or empty is refused by a branch of its own."""

    service_id: Annotated[str | None, published] = None
    subject_id: Annotated[str | None, documented] = None
    external_reference: Annotated[str | None, documented] = None
    credential: Annotated[str | dict[str, Any] | None, documented] = None


class SignUpPush(Struct):
    """What the TSG pushes, signed as the bytes that are sent."""

    type: Annotated[Literal["sign_up"], assumed]
    data: Annotated[PushedSignUp, assumed]
    timestamp: Annotated[datetime | None, assumed] = None


class PushReceived(Struct):
    """That a push was taken in, and whether it was taken in before."""

    received: Annotated[bool, assumed]
    repeated: Annotated[bool, assumed]
