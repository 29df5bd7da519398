"""Tells who asks, and finds the user that a call is about."""

from typing import TYPE_CHECKING

from simulators.auth_service import access, tokens
from simulators.auth_service.access import Caller
from simulators.auth_service.users import User, user_key
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.auth_service import tables
else:
    tables = lazy("simulators.auth_service.tables")


def token_key(work: Work) -> str:
    """Return the key that the world's tokens are signed with."""
    return tokens.key_for(work.settings.signing_key, work.world.id, work.world.created_at)


def caller_of(call: Call) -> Caller:
    """Return who asks, by API key or bearer token."""
    if call.has_key(call.settings.auth_service_api_key):
        return Caller(institution=True)
    claims = tokens.read(token_key(call), call.bearer, call.now) if call.bearer else None
    return Caller(institution=False, username=claims.sub if claims else None)


def user_for(call: Call, username: str) -> User:
    """Return the user that a call is about, once its caller may act for them.

    Raises Refusal (``UNAUTHORIZED`` 401, ``FORBIDDEN`` 403, ``USER_NOT_FOUND`` 404).
    """
    access.permit(caller_of(call), username)
    return known_user(call, username)


def known_user(call: Call, username: str) -> User:
    """Return a user. Raises Refusal (``USER_NOT_FOUND``, 404)."""
    found = call.tx.get(tables.users, User, key=user_key(username))
    if found is None:
        raise Refusal("USER_NOT_FOUND", 404, f"There is no user {username!r}; one comes to be known by logging in.")
    return found
