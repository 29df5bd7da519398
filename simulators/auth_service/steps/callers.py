"""Who calls, by API key or bearer token, and the user that a call is about."""

from simulators.auth_service import access, sessions, tables
from simulators.auth_service.access import Caller
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.records import Session, User
from simulators.auth_service.users import user_key
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.kit.work import Work


def find_session(work: Work, token: str) -> Session | None:
    """Return the session of a token, and count this as its use; None when it has ended or never was."""
    session = work.tx.get(tables.sessions, Session, id=sessions.id_of(token))
    idle = work.world.policies(AuthServicePolicies).idle
    if session is None or not sessions.is_live(session, work.now, idle):
        return None
    if idle is not None and session.last_used_at != work.now:
        session.last_used_at = work.now
        work.tx.update(tables.sessions, session)
    return session


def find_caller(call: Call) -> Caller:
    """Return who calls: the middleware by its API key, a user by the token of a session, or nobody known."""
    if call.has_key(call.settings.credentials["auth_service_api_key"]):
        return Caller(institution=True)
    session = find_session(call, call.bearer) if call.bearer else None
    return Caller(institution=False, username=session.username if session else None)


def find_user_for(call: Call, username: str) -> User:
    """Return the user that a call is about, if the caller may act for that user.

    Raises Refusal (``UNAUTHORIZED`` 401, ``FORBIDDEN`` 403, ``USER_NOT_FOUND`` 404).
    """
    access.permit(find_caller(call), username)
    return find_user(call, username)


def find_user(work: Work, username: str) -> User:
    """Return a user. Raises Refusal (``USER_NOT_FOUND``, 404)."""
    found = work.tx.get(tables.users, User, key=user_key(username))
    if found is None:
        message = f"There is no user {username!r}; a user becomes known by logging in."
        raise Refusal("USER_NOT_FOUND", 404, message)
    return found
