"""Logging in: Cymmetri checks the credentials, and a session begins."""

from simulators.auth_service import cymmetri_client, sessions, tables
from simulators.auth_service.cymmetri_client import LoginRefused, Outcome
from simulators.auth_service.models import Token
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.users import new_user
from simulators.kit.errors import Refusal
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def log_in(work: Work, username: str, password: str) -> Token:
    """Begin a session for a user whose credentials Cymmetri accepts; under ``sessions: one`` it ends the others.

    Raises Refusal (``INVALID_CREDENTIALS`` 401, ``USER_BLOCKED`` 423), UpstreamFailure where Cymmetri does not say.
    """
    try:
        info = cymmetri_client.log_in(work, username, password)
    except LoginRefused as refused:
        outcome = refused.outcome.value
        work.decide(None, "login.credentials", username=username, outcome=outcome, cymmetri_status=refused.status)
        raise _refusal_of(refused) from refused
    user = new_user(info.user_id, info.email, info.mobile, info.cif)
    work.tx.upsert(tables.users, user)
    policies = work.world.policies(AuthServicePolicies)
    over = tables.forget_sessions if policies.sessions == "one" else tables.forget_expired_sessions
    work.tx.run(over, user_key=user.key, now=work.now_text)
    token = sessions.draw_token()
    work.tx.insert(tables.sessions, sessions.begin(token, user, work.now, policies.token_lifetime))
    work.decide(None, "login.credentials", username=user.username, outcome=Outcome.ACCEPTED.value)
    return Token(token, int(policies.token_lifetime.total_seconds()))


def _refusal_of(refused: LoginRefused) -> Exception:
    if refused.outcome is Outcome.WRONG:
        return Refusal("INVALID_CREDENTIALS", 401, "The username or the password is wrong.")
    if refused.outcome is Outcome.BLOCKED:
        return Refusal("USER_BLOCKED", 423, "The user is blocked. Try again when the block has ended.")
    return UpstreamFailure("cymmetri", f"answered {refused.status}")
