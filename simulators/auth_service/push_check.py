"""What must be in the TSG's sign_up push before it is handed on (device registration, step 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

SIGN_UP = "sign_up"


class SignUpPush(Struct):
    """The TSG's push, as far as it is looked at here."""

    type: str
    data: dict[str, Any] = {}


@dataclass(frozen=True)
class PushFlaw:
    """Why a push is not handed on: the branch, the error and the field that is wanting."""

    branch: str
    error: str
    field: str
    message: str


def find_flaw(data: Mapping[str, Any]) -> PushFlaw | None:
    """Return what is wanting in a push's data: R2.2's check of external_reference comes first.

    Whether there must be a credential is the middleware's policy.
    """
    if not _is_text(data.get("external_reference")):
        message = "external_reference is empty: nobody can tell whose sign-up this is."
        return PushFlaw("DR-2.6", "EMPTY_EXTERNAL_REFERENCE", "data.external_reference", message)
    if not _is_text(data.get("subject_id")):
        message = "subject_id is missing: there is no device to register."
        return PushFlaw("DR-2.8", "INCOMPLETE_PUSH", "data.subject_id", message)
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
