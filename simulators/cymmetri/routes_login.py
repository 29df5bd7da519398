"""The calls of ciamauthsrvc: login, and who is logged in."""

from simulators.cymmetri.answers import LoginAnswer
from simulators.cymmetri.envelope import answered
from simulators.cymmetri.models import Credentials, UserInfo
from simulators.cymmetri.steps.log_in import log_in, user_info
from simulators.kit.api import Api
from simulators.kit.call import Call

api = Api()


@api.operation(
    "POST", "/ciamauthsrvc/login", body=Credentials, answer=LoginAnswer,
    refusals=[(401, "INVALID_CREDENTIALS"), (423, "USER_BLOCKED")],
)  # fmt: skip
def post_login(call: Call, said: Credentials) -> LoginAnswer:
    """Log a user in."""
    data = log_in(call, said)
    beside = {"token": data.token, "refreshToken": data.refreshToken, "expiresIn": data.expiresIn}
    return answered(call, LoginAnswer, "You are logged in.", data, **beside)


@api.operation("GET", "/ciamauthsrvc/userinfo", answer=UserInfo, refusals=[(401, "UNAUTHORIZED")])
def get_user_info(call: Call) -> UserInfo:
    """Tell whom a login token belongs to."""
    return user_info(call)
