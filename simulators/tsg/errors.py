"""How the TSG tells that it refuses."""

from typing import Any

from simulators.kit.errors import Refusal


def tsg_shape(refusal: Refusal, now: str) -> dict[str, Any]:
    """Return ``{"error", "error_description"}``, with the ``field`` that is wrong where there is one."""
    del now
    body: dict[str, Any] = {"error": refusal.code, "error_description": refusal.message}
    if refusal.field:
        body["field"] = refusal.field
    return body | refusal.details


def subject_not_found() -> Refusal:
    """Return the refusal of a device that the TSG does not know (device registration, step 0, A1)."""
    return Refusal("SUBJECT_NOT_FOUND", 404, "Device not found on our records")


def subject_revoked() -> Refusal:
    return Refusal("SUBJECT_REVOKED", 409, "The device was revoked. It needs a new emCert and a new sign-up.")
