"""The calls of ciamauthsrvc: login, and the user of a login token."""

from simulators.cymmetri.envelopes import LoginAnswer, wrap
from simulators.cymmetri.models import Credentials, UserInfo
from simulators.cymmetri.steps.log_in import log_in, user_info
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import LOGIN_TOKEN
from simulators.kit.web.tags import Tag

api = Api(Tag("login", "The calls of ciamauthsrvc."))


@api.operation(
    "POST", "/ciamauthsrvc/login", body=Credentials, answer=LoginAnswer,
    refusals=[(401, "INVALID_CREDENTIALS"), (423, "USER_BLOCKED")],
)  # fmt: skip
def post_login(call: Call, given: Credentials) -> LoginAnswer:
    """Log a user in."""
    data = log_in(call, given)
    beside = {"token": data.token, "refreshToken": data.refreshToken, "expiresIn": data.expiresIn}
    return wrap(call, LoginAnswer, "You are logged in.", data, **beside)


@api.operation(
    "GET", "/ciamauthsrvc/userinfo", answer=UserInfo, refusals=[(401, "UNAUTHORIZED")], security=(LOGIN_TOKEN,)
)
def get_user_info(call: Call) -> UserInfo:
    """Return the user of a login token."""
    return user_info(call)
