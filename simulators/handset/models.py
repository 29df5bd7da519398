"""The requests to the phones and their answers."""

from typing import Annotated, Self

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.handset.records import Credential, Handset, Misbehaviour
from simulators.kit.models import assumed, documented, published

Code = Annotated[str, Meta(min_length=1, max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]


class NewHandset(Struct):
    """A phone to buy, with the institution's app installed."""

    os: Annotated[Name, assumed]
    model: Annotated[Name, assumed]
    owner: Annotated[str, Meta(max_length=200), assumed] = ""


class HandsetState(Struct):
    """A phone. ``registered`` is the TSG's last answer, ``last_event`` the last event on the phone."""

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
    """What the user gives to the app: the ``code`` typed, or the text of the QR image (step 2, Q2).

    ``credential`` is sent as it is, in place of the app's own; with ``null`` the app sends none. ``misbehave`` makes
    the phone send the sign-up wrongly: signed with another phone's key, altered after it was signed, twice, unsigned,
    with an emCert of another issuer, or by a clock that is slow or fast. A multipart upload has the QR image, PNG or
    JPEG, in its field ``qr``.
    """

    code: Annotated[Code | None, documented] = None
    qr_payload: Annotated[Annotated[str, Meta(min_length=1, max_length=2000)] | None, assumed] = None
    credential: Annotated[Credential | UnsetType | None, documented] = UNSET
    misbehave: Annotated[Misbehaviour | None, assumed] = None


class SignUpReport(Struct):
    """The app SDK's report. ``queued``: the phone is offline and will send it when it is online again."""

    sent: Annotated[bool, published]
    serviceId: Annotated[str, published]
    queued: Annotated[bool, assumed] = False


class Connection(Struct):
    """Whether the phone is without network."""

    offline: Annotated[bool, assumed]
