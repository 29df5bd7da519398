"""What Cymmetri's answer to a login means; the credentials are its own, the Auth Service keeps none."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct


class Outcome(Enum):
    """What Cymmetri says of a user's credentials."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    BLOCKED = "blocked"
    NO_ANSWER = "no usable answer"


class UserInfo(Struct, rename="camel"):
    """Who the logged-in user is."""

    user_id: str
    cif: str | None = None
    email: str | None = None
    mobile: str | None = None


_BY_STATUS = {401: Outcome.WRONG, 423: Outcome.BLOCKED}
_BY_REASON = {
    "AUTHENTICATION_FAILED": Outcome.WRONG,
    "INVALID_CREDENTIALS": Outcome.WRONG,
    "UNAUTHORIZED": Outcome.WRONG,
    "USER_NOT_FOUND": Outcome.WRONG,
    "VALIDATION_FAILED": Outcome.WRONG,
    "USER_BLOCKED": Outcome.BLOCKED,
}


def outcome(status: int, body: Mapping[str, Any]) -> Outcome:
    """Read an answer of Cymmetri: by its error code where it has one, since some installations send errors as 200."""
    if body.get("success") is False:
        reason = str(body.get("errorCode")).rpartition(".")[2]
        return _BY_REASON.get(reason) or _BY_STATUS.get(status, Outcome.NO_ANSWER)
    return Outcome.ACCEPTED if 200 <= status < 300 else _BY_STATUS.get(status, Outcome.NO_ANSWER)


def data(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer holds, in an envelope's ``data`` or beside it."""
    enveloped = body.get("data")
    return {**body, **enveloped} if isinstance(enveloped, dict) else dict(body)


def user_info(body: Mapping[str, Any]) -> UserInfo | None:
    """Return who the user is, or ``None`` when the answer does not say."""
    try:
        info = msgspec.convert(data(body), UserInfo)
    except msgspec.ValidationError:
        return None
    return info if info.user_id else None
