"""Who calls: the logged-in user behind a bearer token, as the Auth Service says (RFC 6750, RFC 7662)."""

from orchestrator.flows.model import TRY_LATER
from orchestrator.gateways import auth_service
from orchestrator.records import Registration
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure

LONGEST_TOKEN = 4096
"""Characters of a bearer token that the Auth Service is asked about: it has none that is longer."""

NOBODY, SESSION_ENDED = "DR-0.4", "DR-0.8"


def find_user(call: Call, *, ended: str = NOBODY, outage: str | None = None) -> str:
    """Return the user who is logged in, asked of the Auth Service once a request.

    Raises Refusal: 401 without a token (DR-0.4) or with one that is not valid (``ended``), 503 when the Auth Service
    cannot say (``outage``).
    """
    if call.user is not None:
        return call.user
    token = call.bearer
    try:
        username = auth_service.user_of(call, token) if token and len(token) <= LONGEST_TOKEN else None
    except UpstreamFailure as failure:
        call.decide(outage, "user.session", service=failure.service, reason=failure.reason)
        message = f"Who is logged in cannot be told now (Auth Service {failure.reason}). Try again later."
        details = {"branch": outage} if outage else {}
        headers = {"Retry-After": str(TRY_LATER)}
        raise Refusal("upstream-unavailable", 503, message, headers=headers, details=details) from failure
    if username is None:
        branch = ended if token else NOBODY
        call.decide(branch, "user.session", logged_in=False, token=token is not None)
        message = "Log in at the Auth Service, and send its token as a bearer token."
        headers = {"WWW-Authenticate": "Bearer"}
        raise Refusal("not-logged-in", 401, message, headers=headers, details={"branch": branch})
    call.user = username
    return username


def check_entitled(call: Call, registration: Registration) -> None:
    """Refuse a caller who may not see or act on a registration: a device registration is its user's own.

    Raises Refusal: 401 (DR-0.4, or DR-0.8 when the user's session has ended, after which the registration goes on with
    a new login), 403 (DR-0.4).
    """
    if registration.flow != "device":
        return
    if find_user(call, ended=SESSION_ENDED) != registration.owner:
        call.decide(NOBODY, "user.owner", logged_in=True, own=False)
        message = "This registration belongs to another user."
        raise Refusal("not-your-registration", 403, message, details={"branch": NOBODY})
