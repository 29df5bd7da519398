"""The shape of the core banking system's errors."""

from simulators.kit.errors import Refusal


def shape(refusal: Refusal, now: str) -> dict[str, str]:
    """Return ``{"code","description"}``, with ``field`` where the request is malformed."""
    del now
    body = {"code": refusal.code, "description": refusal.message}
    return body | {"field": refusal.field} if refusal.field else body
