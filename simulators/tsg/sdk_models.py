"""The phones' requests to the TSG and its answers."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from simulators.kit.models import assumed, documented
from simulators.tsg.models import Device, ServiceId
from simulators.tsg.records import SubjectState


class NewEmCert(Struct):
    """A certificate signing request over the phone's P-256 key, in PEM."""

    csr: Annotated[str, Meta(max_length=16_384), assumed]
    device: Annotated[Device, assumed]


class SdkSignUp(Struct):
    """A sign-up code that was typed or scanned, with the phone's credential (device registration, step 2, Q2)."""

    serviceId: Annotated[ServiceId, assumed]
    signupCode: Annotated[str, Meta(min_length=1, max_length=200), documented]
    credential: Annotated[dict[str, Any], documented]


class SdkSignUpSent(Struct):
    """That the sign-up went to the institution."""

    sent: Annotated[bool, assumed]
    serviceId: Annotated[str, assumed]


class SdkStatus(Struct):
    """What the TSG knows of the phone that asks."""

    subjectId: Annotated[str, assumed]
    status: Annotated[SubjectState, assumed]
    registered: Annotated[bool, assumed]
