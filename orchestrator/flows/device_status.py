"""Step 0 of device registration: what do the Auth Service and the TSG know of this device? (R0, Q1, Q2)"""

from dataclasses import replace

from orchestrator import notifications, registrations
from orchestrator.flows import device_activate, device_register
from orchestrator.flows.model import TRY_LATER, Outcome, Refused
from orchestrator.gateways import auth_service, tsg
from orchestrator.registrations import Registration
from simulators.kit.call import Call
from simulators.kit.http import UpstreamFailure
from simulators.kit.models import Empty

NOT_FOUND_MESSAGE = "Device not found on our records"
UNDER_WAY = ("Sign_Up_In_Progress", "Sign_Up_Complete")


def determine(work: Call, username: str, em_cert_id: str) -> Outcome:
    """Ask both systems. Raises Refused (DR-0.5, DR-0.6): an outage is never read as Not_Found."""
    try:
        on_auth_service = auth_service.has_device(work, username, em_cert_id)
    except UpstreamFailure as failure:
        raise _later(work, "DR-0.5", failure) from failure
    if on_auth_service:
        work.decide("DR-0.2", "device.status", username=username, auth_service=True)
        return Outcome("DR-0.2", "This device is already active; there is nothing to register.", "Device_Activate")
    try:
        on_tsg = tsg.is_registered(work, em_cert_id)
    except UpstreamFailure as failure:
        raise _later(work, "DR-0.6", failure) from failure
    if on_tsg:
        work.decide("DR-0.3", "device.status", username=username, auth_service=False, tsg=True)
        words = "This device is registered already and can be activated."
        return Outcome("DR-0.3", words, "Register_Complete", state={"subject_id": em_cert_id})
    work.decide("DR-0.1", "device.status", username=username, auth_service=False, tsg=False)
    return Outcome("DR-0.1", NOT_FOUND_MESSAGE, "Not_Found")


def check(work: Call, registration: Registration, body: Empty) -> Outcome:
    """Ask step 0 again; what an earlier try has brought about, though its answer was lost, is told to the user now.

    While a sign-up is under way, a device that is not found yet changes nothing; nor does an answer that another
    request has overtaken.
    """
    del body
    outcome = determine(work, str(registration.owner), registration.state["em_cert_id"])
    current = registrations.find(work, registration.id)
    if current.status != registration.status:
        return Outcome(outcome.branch, f"{outcome.message} Meanwhile the registration has moved on.")
    if outcome.status == "Not_Found":
        if current.status in UNDER_WAY:
            return Outcome(outcome.branch, f"{NOT_FOUND_MESSAGE}; its sign-up is under way.")
        if current.status != "Not_Found":
            again = work.tx.next(f"not-found/{current.id}")
            notifications.device_not_found(work, current.id, str(current.owner), again)
    if outcome.status == "Register_Complete" and current.status == "Sign_Up_Complete":
        device_register.tell(work, current)
    if outcome.status == "Device_Activate":
        activation = device_activate.activation_of(current)
        if activation is not None:
            device_activate.tell(work, current, activation)
        return replace(outcome, state={"activation": None})
    return outcome


def _later(work: Call, branch: str, failure: UpstreamFailure) -> Refused:
    work.decide(branch, "device.status", service=failure.service, reason=failure.reason)
    words = f"The device's status cannot be told now ({failure.service} {failure.reason}). Try again later."
    return Refused("upstream-unavailable", 503, Outcome(branch, words), retry_after=TRY_LATER)
