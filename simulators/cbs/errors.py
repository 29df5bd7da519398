"""The shape of the core banking system's errors."""

from typing import Annotated

from msgspec import Struct

from simulators.kit.errors import Refusal
from simulators.kit.models import assumed


class CbsError(Struct, omit_defaults=True):
    """An error of the core banking system; ``field`` is named where the request is malformed."""

    code: Annotated[str, assumed]
    description: Annotated[str, assumed]
    field: Annotated[str | None, assumed] = None


def shape(refusal: Refusal, now: str) -> CbsError:
    """Return a refusal's body."""
    del now
    return CbsError(refusal.code, refusal.message, refusal.field or None)
