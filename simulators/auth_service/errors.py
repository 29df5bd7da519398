"""The shape of the Auth Service's errors, in the manner of OAuth 2.0 (RFC 6749, section 5.2)."""

from simulators.kit.errors import Refusal


def shape(refusal: Refusal, now: str) -> dict[str, str]:
    """Return ``{"error","error_description"}``, with ``field`` where one field is at fault."""
    del now
    body = {"error": refusal.code, "error_description": refusal.message}
    return body | {"field": refusal.field} if refusal.field else body
