"""Logging in, and telling whose a token is."""

from typing import TYPE_CHECKING

from simulators.auth_service import access, cymmetri, tokens
from simulators.auth_service.cymmetri import Outcome
from simulators.auth_service.models import Credentials, Introspection, Token, TokenToCheck
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.routes.callers import caller_of, token_key
from simulators.auth_service.users import User, user
from simulators.kit.api import Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from simulators.auth_service import tables
else:
    tables = lazy("simulators.auth_service.tables")

api = Api()


@api.operation(
    "POST", "/auth/login", body=Credentials, answer=Token,
    refusals=[(401, "INVALID_CREDENTIALS"), (423, "USER_BLOCKED"), (503, "UPSTREAM_UNAVAILABLE")],
)  # fmt: skip
def log_in(call: Call, credentials: Credentials) -> Token:
    """Log a user in with the credentials that Cymmetri keeps."""
    known = _asked_of_cymmetri(call, credentials)
    call.tx.upsert(tables.users, known)
    lifetime = call.world.policies(AuthServicePolicies).token_lifetime
    issued = tokens.issue(token_key(call), known.username, call.now, lifetime)
    call.decide(None, "login.credentials", username=known.username, outcome=Outcome.ACCEPTED.value)
    return Token(issued.token, issued.expires_in)


@api.operation(
    "POST", "/auth/introspect", body=TokenToCheck, answer=Introspection, refusals=[(401, "UNAUTHORIZED")]
)  # fmt: skip
def introspect(call: Call, given: TokenToCheck) -> Introspection:
    """Tell the middleware whose a token is (RFC 7662); of one that is not valid, only that it is not."""
    access.permit_institution(caller_of(call))
    claims = tokens.read(token_key(call), given.token, call.now)
    return Introspection(active=True, username=claims.sub, exp=claims.exp) if claims else Introspection(active=False)


def _asked_of_cymmetri(call: Call, credentials: Credentials) -> User:
    """Return the user whose credentials these are. Raises Refusal, or UpstreamFailure where Cymmetri does not say."""
    body = {"userId": credentials.username, "password": credentials.password}
    call.commit()
    login = call.ask("cymmetri", "POST", "/ciamauthsrvc/login", body)
    _accept(call, credentials.username, login)
    token = cymmetri.data(login.body).get("token")
    if not (isinstance(token, str) and token and token.isascii() and token.isprintable()):
        raise UpstreamFailure("cymmetri", "answered a login without a token")
    bearer = {"Authorization": f"Bearer {token}"}
    answer = call.ask("cymmetri", "GET", "/ciamauthsrvc/userinfo", headers=bearer)
    _accept(call, credentials.username, answer)
    info = cymmetri.user_info(answer.body)
    if info is None:
        raise UpstreamFailure("cymmetri", "did not say who the user is")
    return user(info.user_id, info.email, info.mobile, info.cif)


def _accept(call: Call, username: str, reply: Reply) -> None:
    outcome = cymmetri.outcome(reply.status, reply.body)
    if outcome is Outcome.ACCEPTED:
        return
    call.decide(None, "login.credentials", username=username, outcome=outcome.value, cymmetri_status=reply.status)
    if outcome is Outcome.WRONG:
        raise Refusal("INVALID_CREDENTIALS", 401, "The username or the password is wrong.")
    if outcome is Outcome.BLOCKED:
        raise Refusal("USER_BLOCKED", 423, "The user is blocked. Try again when the block has ended.")
    raise UpstreamFailure("cymmetri", f"answered {reply.status}")
