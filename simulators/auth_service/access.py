"""Who may act for a user: the user with the token of a live session, or the middleware with its API key."""

from dataclasses import dataclass

from simulators.auth_service.users import user_key
from simulators.kit.errors import Refusal


@dataclass(frozen=True)
class Caller:
    """Who calls: the middleware (``institution``), a logged-in user (``username``), or nobody known."""

    institution: bool
    username: str | None = None


def permit(caller: Caller, username: str) -> None:
    """Check that a caller may act for a user. Raises Refusal (``UNAUTHORIZED`` 401, ``FORBIDDEN`` 403)."""
    if caller.institution:
        return
    if caller.username is None:
        raise unauthorized("Log in and send the token as a bearer token; this one is missing, forged or has expired.")
    if user_key(caller.username) != user_key(username):
        raise Refusal("FORBIDDEN", 403, "A user can act for themselves only.")


def permit_institution(caller: Caller) -> None:
    """Check that the caller is the middleware. Raises Refusal (``UNAUTHORIZED`` 401, ``FORBIDDEN`` 403)."""
    if caller.institution:
        return
    if caller.username is None:
        raise unauthorized("Send the middleware's API key (SANDBOX_AUTH_SERVICE_API_KEY) in X-API-Key.")
    raise Refusal("FORBIDDEN", 403, "This call is the middleware's: it wants the API key, not a user's token.")


def unauthorized(message: str) -> Refusal:
    """Return the refusal of a caller whom nobody knows (RFC 6750, section 3)."""
    return Refusal("UNAUTHORIZED", 401, message, headers={"WWW-Authenticate": "Bearer"})
