"""Logging in, and telling whose a token is."""

import math

from simulators.auth_service import access
from simulators.auth_service.models import Credentials, Introspection, Token, TokenToCheck
from simulators.auth_service.steps.callers import find_caller, find_session
from simulators.auth_service.steps.log_in import log_in
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import API_KEY, API_KEY_AS_TOKEN
from simulators.kit.web.tags import Tag

api = Api(Tag("sessions", "Logging in, and whose a token is."))


@api.operation(
    "POST", "/auth/login", body=Credentials, answer=Token,
    refusals=[(401, "INVALID_CREDENTIALS"), (423, "USER_BLOCKED"), (503, "UPSTREAM_UNAVAILABLE")],
)  # fmt: skip
def post_login(call: Call, credentials: Credentials) -> Token:
    """Log a user in with the credentials that Cymmetri holds."""
    return log_in(call, credentials.username, credentials.password)


@api.operation(
    "POST", "/auth/introspect", body=TokenToCheck, answer=Introspection,
    refusals=[(401, "UNAUTHORIZED"), (403, "FORBIDDEN")], security=(API_KEY, API_KEY_AS_TOKEN),
)  # fmt: skip
def post_introspect(call: Call, given: TokenToCheck) -> Introspection:
    """Tell the middleware whose a token is (RFC 7662); of a token that is not valid, only that it is not."""
    access.permit_institution(find_caller(call))
    session = find_session(call, given.token)
    if session is None:
        return Introspection(active=False)
    return Introspection(active=True, username=session.username, exp=math.floor(session.expires_at.timestamp()))
