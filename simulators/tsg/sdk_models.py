"""The phones' requests to the TSG and its answers."""

from typing import Annotated

from msgspec import Meta, Struct

from simulators.kit.models import assumed, documented, published
from simulators.tsg.models import Credential, Device, ServiceId
from simulators.tsg.records import SubjectState


class NewEmCert(Struct):
    """A certificate signing request over the phone's P-256 key, in PEM."""

    csr: Annotated[str, Meta(max_length=16_384), assumed]
    device: Annotated[Device, assumed]


class SdkSignUp(Struct):
    """A sign-up code that was typed or scanned, with a credential of the app's (device registration, step 2, Q2)."""

    serviceId: Annotated[ServiceId, published]
    signupCode: Annotated[str, Meta(min_length=1, max_length=200), documented]
    credential: Annotated[Credential | None, documented] = None


class SdkSignUpSent(Struct):
    """That the sign-up was taken in."""

    sent: Annotated[bool, published]
    serviceId: Annotated[str, published]


class SdkStatus(Struct):
    """What the TSG knows of the phone that asks."""

    subjectId: Annotated[str, assumed]
    status: Annotated[SubjectState, assumed]
    registered: Annotated[bool, assumed]
