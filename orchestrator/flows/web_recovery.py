"""What became of a call to Cymmetri whose answer never came.

Cymmetri's calls have no key by which a repeat could be known, and the repeat of a call that was carried out is refused,
a right code even counted as a guess. So Cymmetri is asked first, by the one call that changes nothing and counts
nothing at any stage: existingUserId tells by whether it takes the token, or else by the stage in its refusal, where
Cymmetri has the registration.
"""

from enum import Enum, auto

from orchestrator.flows.model import TRY_LATER, ActionRefused, Outcome
from orchestrator.flows.web_branches import MESSAGE_OF, list_expected
from orchestrator.gateways import cymmetri
from orchestrator.records import Registration
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure

LOOK = "existingUserId"
REPLACED, OUT_OF_ORDER = "UNAUTHORIZED", "STEP_OUT_OF_ORDER"
EXPECTED = {REPLACED, OUT_OF_ORDER, *list_expected(LOOK)}
COMPLETED = "COMPLETED"
NOT_HANDLED = 503
"""The status of an answer by which a server has not handled the request (RFC 9110, section 15.6.4), mostly: Cymmetri
says so, too, of a verified email whose next code could not be sent."""

USER_MADE = "WR-11.1"

STAGE_OF = {
    "Email_Otp_Sent": "VERIFY_EMAIL_OTP", "Mobile_Otp_Sent": "VERIFY_MOBILE_OTP",
    "Mobile_Verified": "AUTHENTICATE_USER", "Authenticated": "USER_ID",
    "User_Id_Saved": "VALIDATE_PASSWORD", "Password_Validated": "SET_PASSWORD",
}  # fmt: skip
"""The stage that Cymmetri's token of each status is for."""

BEGIN_AGAIN = "Cymmetri had carried it out, but its answer was lost. Begin again."
REGISTERED_BEFORE = "You are registered, with the password that was given first. Log in."


class Stand(Enum):
    """Where Cymmetri has a registration, as seen from the token that the middleware holds."""

    HERE = auto()
    GONE_ON = auto()
    COMPLETED = auto()
    UNKNOWN = auto()


class UserExists(ActionRefused):
    """The user exists: the password was set by a call whose answer was lost."""

    def __init__(self, token: str | None, message: str) -> None:
        super().__init__("action-not-allowed", 409, Outcome(None, message, changes={"spent": token}))


def find_stand(work: Call, registration: Registration) -> Stand:
    """Ask Cymmetri where it has a registration. What it decides is not relayed: the customer did not ask."""
    try:
        reply = cymmetri.call(work, "GET", LOOK, None, registration.web.token, expected=EXPECTED)
    except UpstreamFailure:
        return Stand.UNKNOWN
    if reply.reason == REPLACED:
        return Stand.GONE_ON
    if reply.reason != OUT_OF_ORDER:
        return Stand.HERE if reply.ok or reply.known else Stand.UNKNOWN
    stage = reply.meta.get("nextStep")
    if not isinstance(stage, str):
        return Stand.UNKNOWN
    if stage == COMPLETED:
        return Stand.COMPLETED
    return Stand.HERE if stage == STAGE_OF[registration.status] else Stand.GONE_ON


def explain_failure(work: Call, registration: Registration, failure: UpstreamFailure) -> Exception:
    """Return what to raise for a call that failed.

    That is UserExists, or ActionRefused (503): the customer has to begin again, or can repeat the call. As it may still
    be under way, the next call asks Cymmetri first.
    """
    not_handled = failure.reply is not None and failure.reply.status == NOT_HANDLED
    stand = Stand.UNKNOWN if not_handled else find_stand(work, registration)
    token, reason = registration.web.token, f"{failure.service} {failure.reason}."
    if stand is Stand.COMPLETED:
        return UserExists(token, MESSAGE_OF[USER_MADE])
    outcome = (
        Outcome(None, f"{reason} {BEGIN_AGAIN}", changes={"spent": token})
        if stand is Stand.GONE_ON
        else Outcome(None, f"{reason} Try again later.", changes={"unconfirmed": token})
    )
    return ActionRefused("upstream-unavailable", 503, outcome, retry_after=TRY_LATER)


def check_unconfirmed(work: Call, registration: Registration) -> None:
    """Ask Cymmetri what became of the last call, where that is not known yet.

    Raises UserExists, ActionRefused (409) where the customer has to begin again, and UpstreamFailure where Cymmetri
    still does not tell.
    """
    token = registration.web.token
    if token is None or registration.web.unconfirmed != token:
        return
    stand = find_stand(work, registration)
    if stand is Stand.COMPLETED:
        raise UserExists(token, REGISTERED_BEFORE)
    if stand is Stand.GONE_ON:
        raise ActionRefused("action-not-allowed", 409, Outcome(None, BEGIN_AGAIN, changes={"spent": token}))
    if stand is Stand.UNKNOWN:
        raise UpstreamFailure("cymmetri", "does not tell what became of the last call")
