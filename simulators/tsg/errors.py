"""The shape of the TSG's errors, and the refusals that several of its calls share."""

from typing import Annotated, Any

import msgspec
from msgspec import Struct

from simulators.kit.errors import Refusal
from simulators.kit.models import assumed, published


class TsgErrorBody(Struct, omit_defaults=True):
    """Why a request is refused; ``field`` names the field at fault, where there is one."""

    error: Annotated[str, published]
    error_description: Annotated[str, published]
    field: Annotated[str | None, assumed] = None


def error_body(refusal: Refusal, now: str) -> dict[str, Any]:
    """Return a refusal's body, with its details for programs."""
    del now
    body: dict[str, Any] = msgspec.to_builtins(TsgErrorBody(refusal.code, refusal.message, refusal.field or None))
    return body | refusal.details


def subject_not_found() -> Refusal:
    """Return the refusal of a device that the TSG does not know (device registration, step 0, A1)."""
    return Refusal("SUBJECT_NOT_FOUND", 404, "Device not found on our records")


def subject_revoked() -> Refusal:
    """Return the refusal of a device that was revoked for good."""
    return Refusal("SUBJECT_REVOKED", 409, "The device was revoked. It needs a new emCert and a new sign-up.")
