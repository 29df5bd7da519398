"""The actions of web registration: each asks Cymmetri and moves the registration by what it says."""

from typing import Any

import msgspec

from orchestrator.flows.model import TRY_LATER, Outcome, Refused
from orchestrator.gateways import cymmetri
from orchestrator.gateways.cymmetri import STATUS_OF, Said
from orchestrator.registrations import Registration
from simulators.kit.call import Call
from simulators.kit.http import UpstreamFailure

BRANCH_OF = {
    ("checkIdentity", "LOGIN"): "WR-1.1", ("checkIdentity", "REGISTRATION"): "WR-1.2",
    ("checkIdentity", "USER_NOT_FOUND"): "WR-1.3", ("checkIdentity", "USER_BLOCKED"): "WR-1.4",
    ("checkIdentity", "UPSTREAM_UNAVAILABLE"): "WR-1.5", ("checkIdentity", "VALIDATION_FAILED"): "WR-1.6",
    ("checkIdentity", "EMAIL_NOT_REGISTERED"): "WR-1.7", ("checkIdentity", "OTP_NOT_SENT"): "WR-1.8",
    ("checkIdentity", "CUSTOMER_NOT_ELIGIBLE"): "WR-1.9",
    ("VerifyEmailOtp", ""): "WR-2.1", ("VerifyEmailOtp", "INVALID_OTP"): "WR-2.2",
    ("VerifyEmailOtp", "USER_BLOCKED"): "WR-2.3", ("VerifyEmailOtp", "OTP_EXPIRED"): "WR-2.4",
    ("VerifyEmailOtp", "UNAUTHORIZED"): "WR-2.6", ("VerifyEmailOtp", "STEP_OUT_OF_ORDER"): "WR-2.6",
    ("VerifyEmailOtp", "MOBILE_NOT_REGISTERED"): "WR-2.8",
    ("resendOtpEmail", ""): "WR-3.1", ("resendOtpEmail", "RESEND_TOO_SOON"): "WR-3.2",
    ("resendOtpEmail", "RESEND_LIMIT_REACHED"): "WR-3.3",
    ("VerifyMobileOtp", ""): "WR-4.1", ("VerifyMobileOtp", "INVALID_OTP"): "WR-4.2",
    ("VerifyMobileOtp", "USER_BLOCKED"): "WR-4.3", ("VerifyMobileOtp", "OTP_EXPIRED"): "WR-4.4",
    ("VerifyMobileOtp", "STEP_OUT_OF_ORDER"): "WR-4.6",
    ("resendOtpMobile", ""): "WR-5.1", ("resendOtpMobile", "RESEND_TOO_SOON"): "WR-5.2",
    ("resendOtpMobile", "RESEND_LIMIT_REACHED"): "WR-5.3",
    ("mfa/list", ""): "WR-6.1",
    ("authenticateUser", "AUTHENTICATION_FAILED"): "WR-7.3", ("authenticateUser", "USER_BLOCKED"): "WR-7.4",
    ("authenticateUser", "FACTOR_NOT_AVAILABLE"): "WR-7.5", ("authenticateUser", "UPSTREAM_UNAVAILABLE"): "WR-7.7",
    ("saveuserid", ""): "WR-9.1", ("saveuserid", "USER_ID_ALREADY_EXISTS"): "WR-9.2",
    ("saveuserid", "INVALID_USER_ID"): "WR-9.3",
    ("validatePassword", ""): "WR-10.1", ("validatePassword", "PASSWORD_POLICY_VIOLATION"): "WR-10.2",
    ("setIbPassword", ""): "WR-11.1", ("setIbPassword", "PASSWORD_POLICY_VIOLATION"): "WR-11.2",
    ("setIbPassword", "PASSWORD_MISMATCH"): "WR-11.3", ("setIbPassword", "STEP_OUT_OF_ORDER"): "WR-11.4",
    ("setIbPassword", "USER_ID_ALREADY_EXISTS"): "WR-11.5",
}  # fmt: skip
"""The branch that an answer stands for where Cymmetri, being the real one, does not name it."""

SERVICE_UNAVAILABLE = 503
UNDOCUMENTED = 502
_PRIVATE = ("token", "nextStep", "flow")


def check_identity(work: Call, body: Any) -> tuple[str, Outcome]:
    """Perform step 1; return the status that the registration begins in, and the outcome.

    Raises Refused; an OTP that could not be sent (WR-1.8) begins the registration all the same, so that resending
    can work later.
    """
    said = cymmetri.call(work, "POST", "checkIdentity", body)
    work.relayed += said.branches
    if said.reason == "OTP_NOT_SENT" and said.token:
        return "Email_Otp_Sent", _outcome("checkIdentity", said, _token(said))
    if not said.ok:
        raise _refused("checkIdentity", said)
    flow = said.data.get("flow")
    if flow == "LOGIN":
        return "Login_Required", _outcome("checkIdentity", said, {}, key="LOGIN")
    if flow != "REGISTRATION":
        raise _undocumented(said, f"flow {flow}")
    return "Email_Otp_Sent", _outcome("checkIdentity", said, _next_token(said), key="REGISTRATION")


def verify_email_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    return _step(work, registration, "VerifyEmailOtp", body, "Mobile_Otp_Sent")


def resend_email_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    return _resent(work, registration, "resendOtpEmail", body)


def verify_mobile_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    return _step(work, registration, "VerifyMobileOtp", body, "Mobile_Verified")


def resend_mobile_otp(work: Call, registration: Registration, body: Any) -> Outcome:
    return _resent(work, registration, "resendOtpMobile", body)


def list_factors(work: Call, registration: Registration, body: Any) -> Outcome:
    del body
    said = _ask(work, registration, "GET", "mfa/list", None)
    said.needs("factors", list)
    branch = None if said.data.get("factors") else "WR-6.2"
    return _outcome("mfa/list", said, {}, branch=branch)


def authenticate(work: Call, registration: Registration, body: Any) -> Outcome:
    given = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not None}
    said = _ask(work, registration, "POST", "authenticateUser", given)
    branch = "WR-7.2" if body.mfaType == "CREDIT_CARD" else "WR-7.1"
    return _outcome("authenticateUser", said, _next_token(said), status="Authenticated", branch=branch)


def existing_user_id(work: Call, registration: Registration, body: Any) -> Outcome:
    del body
    said = _ask(work, registration, "GET", "existingUserId", None)
    said.needs("userId", str, type(None))
    return _outcome("existingUserId", said, {}, branch="WR-8.1" if said.data.get("userId") else "WR-8.2")


def save_user_id(work: Call, registration: Registration, body: Any) -> Outcome:
    return _step(work, registration, "saveuserid", body, "User_Id_Saved")


def validate_password(work: Call, registration: Registration, body: Any) -> Outcome:
    return _step(work, registration, "validatePassword", body, "Password_Validated")


def set_password(work: Call, registration: Registration, body: Any) -> Outcome:
    return _outcome("setIbPassword", _ask(work, registration, "POST", "setIbPassword", body), {}, status="Registered")


def _step(work: Call, registration: Registration, operation: str, body: Any, status: str) -> Outcome:
    said = _ask(work, registration, "POST", operation, body)
    return _outcome(operation, said, _next_token(said), status=status)


def _resent(work: Call, registration: Registration, operation: str, body: Any) -> Outcome:
    said = _ask(work, registration, "POST", operation, body)
    return _outcome(operation, said, _token(said))


def _ask(work: Call, registration: Registration, method: str, operation: str, body: Any) -> Said:
    said = cymmetri.call(work, method, operation, body, registration.state.get("token"))
    work.relayed += said.branches
    if not said.ok:
        raise _refused(operation, said)
    return said


def _token(said: Said) -> dict[str, Any]:
    return {"token": said.token} if said.token else {}


def _next_token(said: Said) -> dict[str, Any]:
    """Return the state with the token without which there is no next step. Raises UpstreamFailure."""
    if not said.token:
        raise UpstreamFailure("cymmetri", "answered a success without a usable token")
    return {"token": said.token}


def _outcome(
    operation: str,
    said: Said,
    state: dict[str, Any],
    *,
    status: str | None = None,
    branch: str | None = None,
    key: str | None = None,
) -> Outcome:
    told = said.branches[0] if said.branches else branch or BRANCH_OF.get((operation, key or said.reason))
    details = {name: value for name, value in {**said.meta, **said.data}.items() if name not in _PRIVATE}
    return Outcome(told, said.message, status, details, state)


def _refused(operation: str, said: Said) -> Refused:
    """Return a refusal of Cymmetri's as the problem that the channel is told."""
    if not said.known:
        return _undocumented(said, said.code)
    status = "Blocked" if said.reason == "USER_BLOCKED" else None
    if (operation, said.reason) == ("setIbPassword", "USER_ID_ALREADY_EXISTS"):
        status = "Authenticated"
    if said.reason == "OTP_NOT_SENT" and operation == "VerifyEmailOtp" and said.token:
        status = "Mobile_Otp_Sent"
    outcome = _outcome(operation, said, _token(said), status=status)
    http_status = STATUS_OF[said.reason]
    retry = said.retry_after or (TRY_LATER if http_status == SERVICE_UNAVAILABLE else None)
    code = said.reason.lower().replace("_", "-")
    return Refused(code, http_status, outcome, upstream_code=said.code, retry_after=retry)


def _undocumented(said: Said, code: str) -> Refused:
    outcome = Outcome(None, f"Cymmetri gave an answer that no document knows: {code} {said.message}".strip())
    return Refused("undocumented-answer", UNDOCUMENTED, outcome, upstream_code=code)
