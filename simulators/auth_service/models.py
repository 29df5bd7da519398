"""The Auth Service's requests and answers. The documents name a user's username, contacts and emCertID, no more."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from simulators.auth_service.users import Channel
from simulators.kit.limits import OfEachPerson
from simulators.kit.models import assumed, documented, published

Text = Annotated[str, Meta(min_length=1, max_length=320)]
Prose = Annotated[str, Meta(min_length=1, max_length=20_000)]
WIRE_NAMES = {"em_cert_id": "emCertID", "added_at": "addedAt"}


class Credentials(Struct):
    """A user's own credentials, which are Cymmetri's."""

    username: Annotated[Text, documented]
    password: Annotated[Text, documented]


class Token(Struct, rename="camel"):
    """A bearer token and the seconds it is good for."""

    token: Annotated[str, assumed]
    expires_in: Annotated[int, assumed]


class TokenToCheck(Struct):
    """A token to introspect."""

    token: Annotated[str, Meta(max_length=4096), assumed]


class Introspection(Struct, omit_defaults=True):
    """Whether a token is active, and if it is, whose and until when (RFC 7662, section 2.2)."""

    active: Annotated[bool, assumed]
    username: Annotated[str | None, documented] = None
    exp: Annotated[int | None, assumed] = None


class Profile(Struct, rename="camel"):
    """A user, with contacts that only their owner recognises."""

    username: Annotated[str, documented]
    masked_email: Annotated[str | None, assumed]
    masked_mobile: Annotated[str | None, assumed]


class Contact(Struct):
    """A contact to check: exactly one of the two."""

    email: Annotated[Text | None, documented] = None
    mobile: Annotated[Text | None, documented] = None


class ContactVerdict(Struct):
    """Whether the contact is the user's registered one."""

    registered: Annotated[bool, assumed]


class RegisteredDevice(Struct, rename=WIRE_NAMES):
    """A device that is registered for a user."""

    em_cert_id: Annotated[str, documented]
    username: Annotated[str, documented]
    added_at: Annotated[datetime, assumed]


class RegisteredDevices(Struct, rename="camel"):
    """A user's devices, in the order in which they were added, and how many the user may have."""

    devices: Annotated[list[RegisteredDevice], assumed]
    max_devices: Annotated[int, assumed]


class DeviceOwner(Struct):
    """The user of a device."""

    username: Annotated[str, documented]


class Notification(Struct):
    """A message for a user. ``code`` repeats a code that is in the body, for testers."""

    purpose: Annotated[str, Meta(min_length=1, max_length=100), assumed]
    subject: Annotated[str, Meta(max_length=500), assumed]
    body: Annotated[Prose, assumed]
    channel: Annotated[Channel | None, assumed] = None
    code: Annotated[Annotated[str, Meta(max_length=200)] | None, assumed] = None


class Sent(Struct):
    """Where a notification went; ``to`` is masked."""

    channel: Annotated[Channel, assumed]
    to: Annotated[str, assumed]


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


class NewUser(Struct, forbid_unknown_fields=True):
    """A user to put in place."""

    username: Annotated[Text, documented]
    email: Annotated[Text | None, documented] = None
    mobile: Annotated[Text | None, documented] = None
    cif: Annotated[Text | None, assumed] = None


class NewUsers(Struct, forbid_unknown_fields=True):
    """The Auth Service's part of a world's people."""

    users: Annotated[OfEachPerson[NewUser], assumed] = []


class DeviceOfUser(Struct, rename=WIRE_NAMES):
    """Which device is whose."""

    username: Annotated[str, documented]
    em_cert_id: Annotated[str, documented]


class KnownUser(Struct):
    """A user as the Auth Service knows them."""

    username: Annotated[str, documented]
    email: Annotated[str | None, documented]
    mobile: Annotated[str | None, documented]
    cif: Annotated[str | None, assumed]


class UsersAndDevices(Struct):
    """Everyone that the Auth Service knows in a world, and their devices."""

    users: Annotated[list[KnownUser], assumed]
    devices: Annotated[list[DeviceOfUser], assumed]
