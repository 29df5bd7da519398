"""What the Auth Service asks of Cymmetri: whether credentials are right, and who their user is."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from simulators.auth_service.policies import AuthServicePolicies
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.wire.profiles import EnvelopeFields
from simulators.kit.wire.translator import Translator
from simulators.kit.work import Work

SERVICE = "cymmetri"
ENVELOPE = EnvelopeFields(code="errorCode", message="message")


class Outcome(Enum):
    """Cymmetri's verdict on a user's credentials."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    BLOCKED = "blocked"
    NO_ANSWER = "no usable answer"


class LoginRefused(Exception):
    """A login that Cymmetri did not accept, with the status of its answer."""

    def __init__(self, outcome: Outcome, status: int) -> None:
        super().__init__(f"{outcome.value} ({status})")
        self.outcome = outcome
        self.status = status


class UserInfo(Struct, rename="camel"):
    """Who the logged-in user is."""

    user_id: str
    cif: str | None = None
    email: str | None = None
    mobile: str | None = None


_BY_STATUS = {401: Outcome.WRONG, 423: Outcome.BLOCKED}
_BY_REASON = {
    "ACCESS_DENIED": Outcome.WRONG,
    "AUTHENTICATION_FAILED": Outcome.WRONG,
    "INVALID_CREDENTIALS": Outcome.WRONG,
    "UNAUTHORIZED": Outcome.WRONG,
    "USER_NOT_FOUND": Outcome.WRONG,
    "VALIDATION_FAILED": Outcome.WRONG,
    "USER_BLOCKED": Outcome.BLOCKED,
    "USER_LOCKED": Outcome.BLOCKED,
}


def log_in(work: Work, username: str, password: str) -> UserInfo:
    """Return whose credentials these are. Raises LoginRefused, or UpstreamFailure where the answer does not say."""
    body = {"userId": username, "password": password}
    token = _data(_check_accepted(_ask(work, "POST", "/ciamauthsrvc/login", body)).body).get("token")
    if not (isinstance(token, str) and token and token.isascii() and token.isprintable()):
        raise UpstreamFailure(SERVICE, "answered a login without a token")
    bearer = {"Authorization": f"Bearer {token}"}
    answer = _ask(work, "GET", "/ciamauthsrvc/userinfo", headers=bearer)
    if outcome(answer.status, answer.body) is Outcome.WRONG:
        raise UpstreamFailure(SERVICE, "accepted the credentials, but not the token that it gave for them")
    info = user_info(_check_accepted(answer).body)
    if info is None:
        raise UpstreamFailure(SERVICE, "did not say who the user is")
    return info


def outcome(status: int, body: Mapping[str, Any]) -> Outcome:
    """Read an answer of Cymmetri's: by its error code where it has one, since some installations send errors as 200."""
    if body.get("success") is False:
        reason = str(body.get("errorCode")).rpartition(".")[2]
        return _BY_REASON.get(reason) or _BY_STATUS.get(status, Outcome.NO_ANSWER)
    return Outcome.ACCEPTED if 200 <= status < 300 else _BY_STATUS.get(status, Outcome.NO_ANSWER)


def user_info(body: Mapping[str, Any]) -> UserInfo | None:
    """Return who the user is, or None when the answer does not say."""
    try:
        info = msgspec.convert(_data(body), UserInfo)
    except msgspec.ValidationError:
        return None
    return info if info.user_id else None


def _ask(
    work: Work, method: str, path: str, body: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> Reply:
    """Call Cymmetri as the installation's wire profile has it; return its answer in the contract's names.

    Raises UpstreamFailure.
    """
    wire = work.world.policies(AuthServicePolicies).cymmetri_wire
    if isinstance(wire, str):
        return work.ask(SERVICE, method, path, body, headers=headers)
    translator = Translator(wire, ENVELOPE)
    reply = work.ask(SERVICE, method, translator.write_path(path), translator.write_request(body), headers=headers)
    return Reply(reply.service, reply.status, translator.read_answer(reply.body, _BY_REASON), reply.headers)


def _check_accepted(reply: Reply) -> Reply:
    judged = outcome(reply.status, reply.body)
    if judged is not Outcome.ACCEPTED:
        raise LoginRefused(judged, reply.status)
    return reply


def _data(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of an answer, from an envelope's ``data`` or outside it."""
    enveloped = body.get("data")
    return {**body, **enveloped} if isinstance(enveloped, dict) else dict(body)
