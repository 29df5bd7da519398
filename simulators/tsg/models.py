"""The institution's requests to the TSG and its answers. Names are the document's; JSON is in snake_case."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from simulators.kit.models import assumed, documented, published
from simulators.tsg.policies import Charset, Completion
from simulators.tsg.records import CodeStatus, SubjectState
from simulators.tsg.sign_up_codes import PolledStatus

ServiceId = Annotated[str, Meta(min_length=1, max_length=200)]
SubjectId = Annotated[str, Meta(min_length=1, max_length=200)]
Credential = str | dict[str, Any]


class Device(Struct):
    """The phone that an emCert was made for."""

    os: Annotated[str, Meta(min_length=1, max_length=100), assumed]
    model: Annotated[str, Meta(min_length=1, max_length=100), assumed]


class SubjectQuery(Struct):
    """A subject of a service; ``subject_id`` is the emCertID (device registration, step 0, NOTE)."""

    service_id: Annotated[ServiceId, assumed]
    subject_id: Annotated[SubjectId, published]


class SubjectChange(SubjectQuery):
    """A subject to unregister or to revoke, and why."""

    reason: Annotated[str, Meta(max_length=500), assumed] = ""


class SubjectInfo(Struct):
    """A registered subject (device registration, step 0, Q2)."""

    subject_id: Annotated[str, published]
    emCertID: Annotated[str, published]
    registered: Annotated[Literal[True], documented]
    status: Annotated[SubjectState, assumed]
    device: Annotated[Device, assumed]


class Registered(Struct):
    """A registered subject and its emCertID (device registration, step 3, P3.2)."""

    subject_id: Annotated[str, published]
    emCertID: Annotated[str, published]
    registered: Annotated[Literal[True], documented] = True


class Unregistered(Struct):
    """A subject that is no longer registered."""

    subject_id: Annotated[str, published]
    registered: Annotated[Literal[False], assumed] = False


class Revoked(Struct):
    """A subject that is revoked for good."""

    subject_id: Annotated[str, published]
    status: Annotated[Literal["revoked"], assumed] = "revoked"


class EmCert(Struct):
    """An emCert: ``emCertID`` is the SHA-256 of its DER in hex.

    The chain is the emCert, then the TSG's CA: in PEM, and as base64 of DER.
    """

    emCertID: Annotated[str, published]
    certificateChain: Annotated[list[str], assumed]
    certificateChainDer: Annotated[list[str], published]


class Complexity(Struct):
    """The form of the code. ALPHANUMERIC leaves out characters that look alike."""

    length: Annotated[int | None, documented] = None
    charset: Annotated[Charset | None, documented] = None


class NewSignUp(Struct):
    """A request for a sign-up code, valid for ``expires_in`` seconds; the push will carry ``external_reference``."""

    service_id: Annotated[ServiceId, assumed]
    external_reference: Annotated[str, Meta(max_length=500), documented] = ""
    complexity: Annotated[Complexity | None, documented] = None
    expires_in: Annotated[Annotated[int, Meta(ge=1, le=31_536_000)] | None, assumed] = None


class SignUp(Struct):
    """A sign-up code; ``qr_payload`` is the text of its QR image, ``completion`` how its use will be made known."""

    sign_up_code: Annotated[str, documented]
    qr_payload: Annotated[str, assumed]
    external_reference: Annotated[str, documented]
    status: Annotated[CodeStatus, assumed]
    expires_at: Annotated[datetime, assumed]
    completion: Annotated[Completion, assumed]


class SignUpQuery(Struct):
    """The sign-up that the institution has linked to ``external_reference``."""

    service_id: Annotated[ServiceId, assumed]
    external_reference: Annotated[str, Meta(min_length=1, max_length=500), documented]


class PolledSignUp(Struct):
    """How a sign-up stands; once it is CLAIMED, with the subject that used its code and the credential of its app."""

    status: Annotated[PolledStatus, assumed]
    subject_id: Annotated[str | None, published] = None
    credential: Annotated[Credential | None, documented] = None
