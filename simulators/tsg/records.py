"""The TSG's records."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from simulators.kit.store.checking import HeaderText, compared_only, decode_json, decode_with
from simulators.tsg.emcerts import read_chain

SubjectState = Literal["certified", "signed_up", "registered", "revoked"]
CodeStatus = Literal["UNCLAIMED", "CLAIMED", "VOID"]
PushState = Literal["pending", "delivered", "failed"]

Credential = Annotated[str | None, decode_json(str | dict[str, Any])]
"""What an app sent, as JSON."""


class Subject(Struct):
    """A phone that has an emCert. ``chain`` is the emCert and the CA's certificate, in PEM."""

    subject_id: str
    number: int
    state: SubjectState
    os: str
    model: str
    chain: Annotated[list[str], decode_with(read_chain)]
    valid_until: Annotated[datetime, compared_only]


class SignUpCode(Struct):
    """A sign-up code; ``claimed_by`` is the subject that used it, ``credential`` the JSON that its app sent, if any."""

    number: int
    code: str
    service_id: str
    external_reference: str
    status: CodeStatus
    expires_at: datetime
    claimed_by: str | None = None
    credential: Credential = None


class WrongGuess(Struct):
    """A wrong sign-up code that a phone sent."""

    number: int
    subject_id: str
    service_id: str
    at: datetime


class UsedNonce(Struct):
    """A nonce that a phone has signed; it is remembered until its signature would be refused as too old."""

    subject_id: str
    nonce: str
    until: datetime


class Push(Struct):
    """A sign_up push to ``receiver``, with the app's ``credential`` as JSON, if it sent one.

    ``last_status`` is 0 where no answer came; a push that is ``held`` waits for its successor.
    """

    id: str
    number: int
    subject_id: str
    service_id: str
    external_reference: str
    made_at: datetime
    traceparent: HeaderText
    receiver: str
    tracestate: HeaderText = ""
    credential: Credential = None
    state: PushState = "pending"
    attempts: Annotated[int, Meta(ge=0)] = 0
    last_status: int | None = None
    held: bool = False
    reordered: bool = False


class ListedPush(Struct):
    """What a list of pushes tells of each, beside its tries."""

    id: str
    external_reference: str
    subject_id: str
    receiver: str
    state: PushState


class PushAttempt(Struct):
    """One try of a push: when it was sent, and the status of the receiver's answer, 0 where none came."""

    push: str
    number: int
    at: datetime
    status: int
