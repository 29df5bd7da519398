"""How the TSG tells that it refuses."""

from typing import Annotated, Any

import msgspec
from msgspec import Struct

from simulators.kit.errors import Refusal
from simulators.kit.models import assumed


class Refused(Struct, omit_defaults=True):
    """Why a request is refused; ``field`` is named where one field is at fault."""

    error: Annotated[str, assumed]
    error_description: Annotated[str, assumed]
    field: Annotated[str | None, assumed] = None


def tsg_shape(refusal: Refusal, now: str) -> dict[str, Any]:
    """Return a refusal's body, with what a program may use beside it."""
    del now
    body: dict[str, Any] = msgspec.to_builtins(Refused(refusal.code, refusal.message, refusal.field or None))
    return body | refusal.details


def subject_not_found() -> Refusal:
    """Return the refusal of a device that the TSG does not know (device registration, step 0, A1)."""
    return Refusal("SUBJECT_NOT_FOUND", 404, "Device not found on our records")


def subject_revoked() -> Refusal:
    return Refusal("SUBJECT_REVOKED", 409, "The device was revoked. It needs a new emCert and a new sign-up.")
