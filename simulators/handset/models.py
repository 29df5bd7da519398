"""The requests to the phones and their answers."""

from typing import Annotated, Self

from msgspec import Meta, Struct

from simulators.handset.records import Handset, Misbehaviour
from simulators.kit.models import assumed, documented

Code = Annotated[str, Meta(min_length=1, max_length=200)]
Named = Annotated[str, Meta(min_length=1, max_length=100)]


class NewHandset(Struct):
    """A phone that somebody has bought, with the institution's app installed."""

    os: Annotated[Named, assumed]
    model: Annotated[Named, assumed]
    owner: Annotated[str, Meta(max_length=200), assumed] = ""


class HandsetState(Struct):
    """A phone. ``registered`` is what the TSG said last, ``last_event`` what happened last on the phone."""

    id: Annotated[str, assumed]
    os: Annotated[str, assumed]
    model: Annotated[str, assumed]
    owner: Annotated[str, assumed]
    emCertID: Annotated[str, documented]
    registered: Annotated[bool, assumed]
    offline: Annotated[bool, assumed]
    last_event: Annotated[str, assumed]

    @classmethod
    def of(cls, handset: Handset) -> Self:
        return cls(
            id=handset.id,
            os=handset.os,
            model=handset.model,
            owner=handset.owner,
            emCertID=handset.emcert_id,
            registered=handset.registered,
            offline=handset.offline,
            last_event=handset.last_event,
        )


class HandsetStates(Struct):
    """Phones, in the order in which they were made."""

    handsets: Annotated[list[HandsetState], assumed]


class SignUpInput(Struct):
    """What the user gives to the app: the ``code`` typed, or what the QR image says (step 2, Q2).

    ``misbehave`` makes the phone send it wrongly: signed by another phone's key, altered after it was signed, or
    twice. A multipart upload has the QR image, PNG or JPEG, in its field ``qr``.
    """

    code: Annotated[Code | None, documented] = None
    qr_payload: Annotated[Annotated[str, Meta(min_length=1, max_length=2000)] | None, assumed] = None
    misbehave: Annotated[Misbehaviour | None, assumed] = None


class SignUpReport(Struct):
    """What the app SDK reports. ``queued``: the phone is offline and sends it when it is online again."""

    sent: Annotated[bool, assumed]
    serviceId: Annotated[str, assumed]
    queued: Annotated[bool, assumed] = False


class Connection(Struct):
    """Whether the phone is without network."""

    offline: Annotated[bool, assumed]
