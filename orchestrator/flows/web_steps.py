"""The actions of web registration: each asks Cymmetri and moves the registration by what it answers."""

from typing import Any

import msgspec

from orchestrator.flows import web_recovery
from orchestrator.flows.model import TRY_LATER, ActionRefused, Outcome
from orchestrator.flows.web_branches import BRANCH_OF, MESSAGE_OF, list_expected
from orchestrator.gateways import cymmetri
from orchestrator.gateways.cymmetri import STATUS_OF, CymmetriReply
from orchestrator.records import Registration
from simulators.kit.errors import code_of
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure

SERVICE_UNAVAILABLE = 503
UNDOCUMENTED = 502
_PRIVATE = ("token", "nextStep", "flow")


def check_identity(work: Call, body: Any) -> tuple[str, Outcome]:
    """Perform step 1; return the status that the registration begins in, and the outcome.

    Raises ActionRefused; an OTP that could not be sent (WR-1.8) begins the registration all the same, so that
    resending can work later.
    """
    reply = cymmetri.call(work, "POST", "checkIdentity", body, expected=list_expected("checkIdentity"))
    work.relayed += reply.branches
    if reply.reason == "OTP_NOT_SENT" and reply.token:
        return "Email_Otp_Sent", _outcome("checkIdentity", reply, _token(reply))
    if not reply.ok:
        raise _make_refusal("checkIdentity", reply)
    flow = reply.data.get("flow")
    if flow == "LOGIN":
        return "Login_Required", _outcome("checkIdentity", reply, {}, key="LOGIN")
    if flow != "REGISTRATION":
        raise _make_undocumented_refusal(reply, f"flow {flow}")
    return "Email_Otp_Sent", _outcome("checkIdentity", reply, _next_token(reply), key="REGISTRATION")


def verify_email_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 2."""
    return _step(work, registration, "VerifyEmailOtp", body, "Mobile_Otp_Sent")


def resend_email_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 3."""
    return _resend(work, registration, "resendOtpEmail", body)


def verify_mobile_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 4."""
    return _step(work, registration, "VerifyMobileOtp", body, "Mobile_Verified")


def resend_mobile_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 5."""
    return _resend(work, registration, "resendOtpMobile", body)


def list_factors(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 6."""
    del body
    reply = _ask(work, registration, "GET", "mfa/list", None)
    reply.require("factors", list)
    branch = None if reply.data.get("factors") else "WR-6.2"
    return _outcome("mfa/list", reply, {}, branch=branch)


def authenticate(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 7."""
    given = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not None}
    reply = _ask(work, registration, "POST", "authenticateUser", given, leads_on=True)
    branch = "WR-7.2" if body.mfaType == "CREDIT_CARD" else "WR-7.1"
    return _outcome("authenticateUser", reply, _next_token(reply), status="Authenticated", branch=branch)


def existing_user_id(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 8."""
    del body
    reply = _ask(work, registration, "GET", "existingUserId", None)
    reply.require("userId", str, type(None))
    return _outcome("existingUserId", reply, {}, branch="WR-8.1" if reply.data.get("userId") else "WR-8.2")


def save_user_id(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 9."""
    return _step(work, registration, "saveuserid", body, "User_Id_Saved")


def validate_password(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 10."""
    return _step(work, registration, "validatePassword", body, "Password_Validated")


def set_password(work: Call, registration: Registration, body: Any) -> Outcome:
    """Perform step 11. A password that was set although the answer was lost is set."""
    try:
        reply = _ask(work, registration, "POST", "setIbPassword", body)
    except web_recovery.UserExists as found:
        work.relayed.append(web_recovery.USER_MADE)
        return Outcome(web_recovery.USER_MADE, found.outcome.message, "Registered")
    return _outcome("setIbPassword", reply, {}, status="Registered")


def _step(work: Call, registration: Registration, operation: str, body: Any, status: str) -> Outcome:
    reply = _ask(work, registration, "POST", operation, body, leads_on=True)
    return _outcome(operation, reply, _next_token(reply), status=status)


def _resend(work: Call, registration: Registration, operation: str, body: Any) -> Outcome:
    reply = _ask(work, registration, "POST", operation, body)
    return _outcome(operation, reply, _token(reply))


def _ask(
    work: Call, registration: Registration, method: str, operation: str, body: Any, *, leads_on: bool = False
) -> CymmetriReply:
    """Make a step's call, whose success ``leads_on`` with another token.

    Raises ActionRefused and UpstreamFailure; the answer of a call that may have changed something may be lost.
    """
    web_recovery.check_unconfirmed(work, registration)
    token = registration.web.token
    try:
        reply = cymmetri.call(work, method, operation, body, token, expected=list_expected(operation))
        if reply.ok and leads_on:
            _next_token(reply)
    except UpstreamFailure as failure:
        if method == "GET":
            raise
        raise web_recovery.explain_failure(work, registration, failure) from failure
    work.relayed += reply.branches
    if not reply.ok:
        raise _make_refusal(operation, reply, token)
    return reply


def _token(reply: CymmetriReply) -> dict[str, Any]:
    return {"token": reply.token} if reply.token else {}


def _next_token(reply: CymmetriReply) -> dict[str, Any]:
    """Return the state with the token without which there is no next step. Raises UpstreamFailure."""
    if not reply.token:
        raise UpstreamFailure("cymmetri", "answered a success without a usable token")
    return {"token": reply.token}


def _outcome(
    operation: str,
    reply: CymmetriReply,
    state: dict[str, Any],
    *,
    status: str | None = None,
    branch: str | None = None,
    key: str | None = None,
) -> Outcome:
    taken = reply.branches[0] if reply.branches else branch or BRANCH_OF.get((operation, key or _reason(reply)))
    details = {name: value for name, value in {**reply.meta, **reply.data}.items() if name not in _PRIVATE}
    if reply.wire_code != reply.code:
        details["wireCode"] = reply.wire_code
    fallback = f"This was refused: {reply.reason}." if not reply.ok else MESSAGE_OF.get(taken or "", "")
    return Outcome(taken, reply.message or fallback, status, details, state)


def _reason(reply: CymmetriReply) -> str:
    """Return why a call was refused; an OTP may have expired because the contact that it was sent to was changed."""
    return "CONTACT_CHANGED" if reply.meta.get("reason") == "CONTACT_CHANGED" else reply.reason


def _make_refusal(operation: str, reply: CymmetriReply, token: str | None = None) -> ActionRefused:
    """Return a refusal of Cymmetri's, of a call that was made with a token, as the problem that the channel is told.

    Where there is no mobile to go on with, the email stays verified: its token is spent, and none follows.
    """
    if not reply.known:
        return _make_undocumented_refusal(reply, reply.wire_code)
    dead_end = (operation, reply.reason) == ("VerifyEmailOtp", "MOBILE_NOT_REGISTERED")
    changes = {"spent": token} if dead_end else _token(reply)
    outcome = _outcome(operation, reply, changes, status=_status_after(operation, reply))
    http_status = STATUS_OF[reply.reason]
    retry = reply.retry_after or (TRY_LATER if http_status == SERVICE_UNAVAILABLE else None)
    return ActionRefused(code_of(reply.reason), http_status, outcome, upstream_code=reply.code, retry_after=retry)


def _status_after(operation: str, reply: CymmetriReply) -> str | None:
    """Return the status that a refusal leads to; ``None`` where the registration stays as it is.

    A blocked customer is blocked at every step. A mobile OTP that could not be sent follows a verified email: the
    registration has gone on to the mobile, where another can be asked for.
    """
    if reply.reason == "USER_BLOCKED":
        return "Blocked"
    if (operation, reply.reason) == ("setIbPassword", "USER_ID_ALREADY_EXISTS"):
        return "Authenticated"
    if (operation, reply.reason) == ("VerifyEmailOtp", "OTP_NOT_SENT") and reply.token:
        return "Mobile_Otp_Sent"
    return None


def _make_undocumented_refusal(reply: CymmetriReply, code: str) -> ActionRefused:
    outcome = Outcome(None, f"Cymmetri gave an answer that no document knows: {code} {reply.message}".strip())
    return ActionRefused("undocumented-answer", UNDOCUMENTED, outcome, upstream_code=code)
