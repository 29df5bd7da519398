"""What testers see and set of the TSG under ``/_sandbox``: subjects and pushes."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulators.kit.limits import Phones
from simulators.kit.models import assumed, documented, published
from simulators.tsg.models import Credential, ServiceId, SubjectId
from simulators.tsg.records import PushState, SubjectState


class SubjectPlace(Struct):
    """A subject and the state that it is to have, or has."""

    subject_id: Annotated[SubjectId, published]
    state: Annotated[Literal["signed_up", "registered", "revoked"], assumed]


class SubjectPlaces(Struct):
    """States of subjects in a new world."""

    subjects: Annotated[Phones[SubjectPlace], assumed]


class KnownSubject(Struct):
    """A subject as the TSG knows it."""

    subject_id: Annotated[str, published]
    state: Annotated[SubjectState, assumed]


class KnownPush(Struct):
    """A push; ``last_status`` is the receiver's answer to the last try, 0 where none came."""

    id: Annotated[str, assumed]
    subject_id: Annotated[str, published]
    external_reference: Annotated[str, documented]
    state: Annotated[PushState, assumed]
    attempts: Annotated[int, assumed]
    last_status: Annotated[int | None, assumed]


class People(Struct):
    """Everyone that the TSG knows in a world, and its pushes."""

    subjects: Annotated[list[KnownSubject], assumed]
    pushes: Annotated[list[KnownPush], assumed]


class PushTryView(Struct):
    """One try of a push, in the world's time; ``status`` is the receiver's answer, 0 where none came."""

    at: Annotated[datetime, assumed]
    status: Annotated[int, assumed]


class PushView(Struct):
    """A push: whom it goes to (``middleware``, ``auth_service`` or a URL), and what became of each try."""

    id: Annotated[str, assumed]
    external_reference: Annotated[str, documented]
    subject_id: Annotated[str, published]
    receiver: Annotated[str, assumed]
    tries: Annotated[list[PushTryView], assumed]
    state: Annotated[PushState, assumed]


class Pushes(Struct):
    """A world's pushes, oldest first."""

    pushes: Annotated[list[PushView], assumed]


class PushNumbers(Struct):
    """How many pushes there are, by their state."""

    states: Annotated[dict[str, int], assumed]


class NewPush(Struct, forbid_unknown_fields=True):
    """A push made by hand, as if a phone had used the sign-up code of ``external_reference``."""

    subject_id: Annotated[SubjectId, published]
    external_reference: Annotated[str, Meta(max_length=500), documented]
    credential: Annotated[Credential | None, documented] = None
    service_id: Annotated[ServiceId, assumed] = "registration-sandbox"
