"""The mailroom's requests and answers."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulators.kit.limits import Contact, OfEachPerson
from simulators.kit.models import assumed

Channel = Literal["email", "sms"]
LONGEST_CODE = 200
LONGEST_WAIT = 30.0
"""The most seconds for which a call blocks; a longer wait is cut to this."""


class NewMessage(Struct):
    """A message to deliver. ``code`` repeats the OTP or sign-up code that is in the body, for testers."""

    channel: Annotated[Channel, assumed]
    to: Annotated[str, Meta(min_length=3, max_length=320), assumed]
    body: Annotated[str, Meta(max_length=20_000), assumed]
    purpose: Annotated[str, Meta(min_length=1, max_length=100), assumed]
    sender: Annotated[str, Meta(min_length=1, max_length=100), assumed]
    subject: Annotated[str, Meta(max_length=500), assumed] = ""
    code: Annotated[Annotated[str, Meta(max_length=LONGEST_CODE)] | None, assumed] = None


class PersonWithContacts(Struct):
    """Somebody to whom messages may come."""

    name: Annotated[str, Meta(min_length=1, max_length=200), assumed]
    email: Annotated[Contact | None, assumed] = None
    mobile: Annotated[Contact | None, assumed] = None


class People(Struct):
    """People of a world, by whose names the inbox tells messages."""

    people: Annotated[OfEachPerson[PersonWithContacts], assumed] = []


class Message(Struct):
    """A delivered message; ``sent_at`` in the world's time."""

    id: Annotated[str, assumed]
    channel: Annotated[Channel, assumed]
    to: Annotated[str, assumed]
    subject: Annotated[str, assumed]
    body: Annotated[str, assumed]
    code: Annotated[str | None, assumed]
    purpose: Annotated[str, assumed]
    sender: Annotated[str, assumed]
    sent_at: Annotated[datetime, assumed]


class Messages(Struct):
    """Messages, newest first."""

    messages: Annotated[list[Message], assumed]


class MessageQuery(Struct):
    """What to list. ``since`` is the id of a message or an instant; ``wait`` blocks until one comes, in seconds."""

    to: Annotated[str, assumed] = ""
    channel: Annotated[Literal["", "email", "sms"], assumed] = ""
    purpose: Annotated[str, assumed] = ""
    since: Annotated[str, assumed] = ""
    wait: Annotated[float, Meta(ge=0), assumed] = 0.0
    limit: Annotated[int, Meta(ge=1, le=1000), assumed] = 100
