"""The institution's requests to the TSG, its answers, and the push. Names are the document's; JSON is in snake_case."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulators.kit.models import assumed, documented
from simulators.tsg.policies import Charset
from simulators.tsg.records import CodeStatus, PushState, SubjectState

ServiceId = Annotated[str, Meta(min_length=1, max_length=200)]
SubjectId = Annotated[str, Meta(min_length=1, max_length=200)]


class Device(Struct):
    """The phone that an emCert was made for."""

    os: Annotated[str, Meta(min_length=1, max_length=100), assumed]
    model: Annotated[str, Meta(min_length=1, max_length=100), assumed]


class SubjectQuery(Struct):
    """A subject of a service; ``subject_id`` is the emCertID (device registration, step 0, NOTE)."""

    service_id: Annotated[ServiceId, assumed]
    subject_id: Annotated[SubjectId, documented]


class SubjectChange(SubjectQuery):
    """A subject to unregister or to revoke, and why."""

    reason: Annotated[str, Meta(max_length=500), assumed] = ""


class SubjectInfo(Struct):
    """A registered subject (device registration, step 0, Q2)."""

    subject_id: Annotated[str, documented]
    emCertID: Annotated[str, documented]
    registered: Annotated[Literal[True], documented]
    status: Annotated[SubjectState, assumed]
    device: Annotated[Device, assumed]


class Registered(Struct):
    """A registered subject and its emCertID (device registration, step 3, P3.2)."""

    subject_id: Annotated[str, documented]
    emCertID: Annotated[str, documented]
    registered: Annotated[Literal[True], documented] = True


class Unregistered(Struct):
    """A subject that is no longer registered."""

    subject_id: Annotated[str, documented]
    registered: Annotated[Literal[False], assumed] = False


class Revoked(Struct):
    """A subject that is revoked for good."""

    subject_id: Annotated[str, documented]
    status: Annotated[Literal["revoked"], assumed] = "revoked"


class EmCert(Struct):
    """An emCert: ``emCertID`` is the SHA-256 of its DER in hex; the chain is the emCert, then the TSG's CA, in PEM."""

    emCertID: Annotated[str, documented]
    certificateChain: Annotated[list[str], assumed]


class Complexity(Struct):
    """What the code shall look like. ALPHANUMERIC leaves out characters that look alike."""

    length: Annotated[int | None, documented] = None
    charset: Annotated[Charset | None, documented] = None


class NewSignUp(Struct):
    """A sign-up code asked for, valid for ``expires_in`` seconds; the push brings ``external_reference`` back."""

    service_id: Annotated[ServiceId, assumed]
    external_reference: Annotated[str, Meta(max_length=500), documented] = ""
    complexity: Annotated[Complexity | None, documented] = None
    expires_in: Annotated[Annotated[int, Meta(ge=1, le=31_536_000)] | None, assumed] = None


class SignUp(Struct):
    """A sign-up code; ``qr_payload`` is what a QR image of it says."""

    sign_up_code: Annotated[str, documented]
    qr_payload: Annotated[str, assumed]
    external_reference: Annotated[str, documented]
    status: Annotated[CodeStatus, assumed]
    expires_at: Annotated[datetime, assumed]


class SubjectPlace(Struct):
    """A subject and the state it is to have, or has."""

    subject_id: Annotated[SubjectId, assumed]
    state: Annotated[Literal["signed_up", "registered", "revoked"], assumed]


class SubjectPlaces(Struct):
    """States of subjects, put in place by whoever sets up a world."""

    subjects: Annotated[list[SubjectPlace], assumed]


class KnownSubject(Struct):
    """A subject as the TSG knows it."""

    subject_id: Annotated[str, assumed]
    state: Annotated[SubjectState, assumed]


class KnownPush(Struct):
    """A push; ``last_status`` is the receiver's answer to the last try, 0 where none came."""

    id: Annotated[str, assumed]
    subject_id: Annotated[str, assumed]
    external_reference: Annotated[str, assumed]
    state: Annotated[PushState, assumed]
    attempts: Annotated[int, assumed]
    last_status: Annotated[int | None, assumed]


class People(Struct):
    """Everyone that the TSG knows in a world, and its pushes."""

    subjects: Annotated[list[KnownSubject], assumed]
    pushes: Annotated[list[KnownPush], assumed]
