"""The shape of the Auth Service's errors, in the manner of OAuth 2.0 (RFC 6749, section 5.2)."""

from typing import Annotated

from msgspec import Struct

from simulators.kit.errors import Refusal
from simulators.kit.models import assumed


class AuthServiceErrorBody(Struct, omit_defaults=True):
    """Why a request is refused; ``field`` names the field at fault, where there is one."""

    error: Annotated[str, assumed]
    error_description: Annotated[str, assumed]
    field: Annotated[str | None, assumed] = None


def error_body(refusal: Refusal, now: str) -> AuthServiceErrorBody:
    """Return a refusal's body."""
    del now
    return AuthServiceErrorBody(refusal.code, refusal.message, refusal.field or None)
