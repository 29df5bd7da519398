"""The shape of the Auth Service's errors, in the manner of OAuth 2.0 (RFC 6749, section 5.2)."""

from typing import Annotated

from msgspec import Struct

from simulators.kit.errors import Refusal
from simulators.kit.models import assumed


class Refused(Struct, omit_defaults=True):
    """Why a request is refused; ``field`` is named where one field is at fault."""

    error: Annotated[str, assumed]
    error_description: Annotated[str, assumed]
    field: Annotated[str | None, assumed] = None


def shape(refusal: Refusal, now: str) -> Refused:
    """Return a refusal's body."""
    del now
    return Refused(refusal.code, refusal.message, refusal.field or None)
