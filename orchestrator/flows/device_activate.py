"""Step 4 of device registration: the device is associated with the user on the Auth Service (R4, Q4.1 to P4.2)."""

from orchestrator import notifications, registrations
from orchestrator.flows.model import Outcome, Refused
from orchestrator.gateways import auth_service, tsg
from orchestrator.registrations import Registration
from simulators.kit.call import Call
from simulators.kit.http import UpstreamFailure
from simulators.kit.models import Empty

TRY_LATER = 5


def activate(work: Call, registration: Registration, body: Empty) -> Outcome:
    """Associate the device, once.

    DR-4.1, or DR-4.2 when it is associated already. Raises Refused: DR-4.3 (no longer on the TSG), DR-4.4 (another
    user's), DR-4.5 (the Auth Service failed; can be tried again).
    """
    del body
    username, device = str(registration.owner), registration.state["em_cert_id"]
    tried_before = bool(registration.state.get("activate_tried"))
    try:
        if auth_service.has_device(work, username, device):
            return _associated_already(work, registration, tried_before)
    except UpstreamFailure as failure:
        raise _failed(work, failure) from failure
    if not tsg.is_registered(work, device):
        work.decide("DR-4.3", "activate.tsg", auth_service=False, tsg=False)
        words = "This device is no longer registered; it was not activated. Sign up again."
        raise Refused("device-not-registered", 409, Outcome("DR-4.3", words, "Not_Found", state={"sign_up": {}}))
    registrations.keep_state(work, registrations.find(work, registration.id), {"activate_tried": True})
    work.commit()
    try:
        ours = auth_service.add_device(work, username, device)
    except UpstreamFailure as failure:
        raise _failed(work, failure) from failure
    if not ours:
        work.decide("DR-4.4", "activate.owner", emCertID=device, asked_by=username, belongs_to="another user", tsg=True)
        raise Refused("device-of-another-user", 409, Outcome("DR-4.4", "This device belongs to another user."))
    work.decide("DR-4.1", "activate.done", auth_service=False, tsg=True, username=username)
    _notify(work, registration)
    return Outcome("DR-4.1", "The device is active.", "Device_Activate")


def _associated_already(work: Call, registration: Registration, tried_before: bool) -> Outcome:
    """An association whose answer was lost is told now; one that is not ours to tell is not told again."""
    work.decide("DR-4.2", "activate.already", auth_service=True, tried_before=tried_before)
    if tried_before:
        _notify(work, registration)
    return Outcome("DR-4.2", "The device is active already.", "Device_Activate")


def _notify(work: Call, registration: Registration) -> None:
    attempt = int(registration.state.get("sign_up", {}).get("attempt", 0))
    notifications.device_activated(work, registration.id, str(registration.owner), attempt)


def _failed(work: Call, failure: UpstreamFailure) -> Refused:
    work.decide("DR-4.5", "activate.failed", service=failure.service, reason=failure.reason)
    words = f"The device could not be activated now (Auth Service {failure.reason}). Try again later."
    return Refused("upstream-unavailable", 503, Outcome("DR-4.5", words), retry_after=TRY_LATER)
