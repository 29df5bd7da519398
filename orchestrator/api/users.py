"""Who calls: the logged-in user behind a bearer token, as the Auth Service tells (RFC 6750, RFC 7662)."""

from orchestrator.flows.model import TRY_LATER
from orchestrator.gateways import auth_service
from orchestrator.registrations import Registration
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.http import UpstreamFailure


def logged_in(call: Call, branch: str | None = None, outage_branch: str | None = None) -> str:
    """Return the user who is logged in. Raises Refusal: 401 when nobody is, 503 when that cannot be told."""
    token = call.bearer
    call.commit()
    try:
        username = auth_service.user_of(call, token) if token else None
    except UpstreamFailure as failure:
        call.decide(outage_branch, "user.session", service=failure.service, reason=failure.reason)
        words = f"Who is logged in cannot be told now (Auth Service {failure.reason}). Try again later."
        details = {"branch": outage_branch} if outage_branch else {}
        raise Refusal(
            "upstream-unavailable", 503, words, headers={"Retry-After": str(TRY_LATER)}, details=details
        ) from failure
    if username is None:
        call.decide(branch, "user.session", logged_in=False)
        details = {"branch": branch} if branch else {}
        words = "Log in at the Auth Service first, and send its token as a bearer token."
        raise Refusal("not-logged-in", 401, words, headers={"WWW-Authenticate": "Bearer"}, details=details)
    return username


def entitled(call: Call, registration: Registration, branch: str | None = None) -> None:
    """Refuse whoever may not act on a registration: a device registration is its user's own."""
    if registration.flow != "device":
        return
    username = logged_in(call, branch)
    if username != registration.owner:
        call.decide(branch, "user.owner", logged_in=True, own=False)
        details = {"branch": branch} if branch else {}
        raise Refusal("not-your-registration", 403, "This registration belongs to another user.", details=details)
