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
class Flaw:
    """Why a push is not handed on: the branch, the error and the field that is wanting."""

    branch: str
    error: str
    field: str
    words: str


def flaw(data: Mapping[str, Any]) -> Flaw | None:
    """Return what is wanting in a push's data: R2.2's check of external_reference comes first."""
    if not _text(data.get("external_reference")):
        words = "external_reference is empty: nobody can tell whose sign-up this is."
        return Flaw("DR-2.6", "EMPTY_EXTERNAL_REFERENCE", "data.external_reference", words)
    if not _text(data.get("subject_id")):
        words = "subject_id is missing: there is no device to register."
        return Flaw("DR-2.8", "INCOMPLETE_PUSH", "data.subject_id", words)
    if not (isinstance(data.get("credential"), dict) and data["credential"]):
        words = "credential is missing: the app sent none for this device."
        return Flaw("DR-2.8", "INCOMPLETE_PUSH", "data.credential", words)
    return None


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
