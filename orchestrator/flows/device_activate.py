"""Step 4 of device registration: the device is associated with the user on the Auth Service (R4, Q4.1 to P4.2)."""

from orchestrator import notifications, registrations
from orchestrator.flows.model import TRY_LATER, Outcome, Refused
from orchestrator.gateways import auth_service, tsg
from orchestrator.gateways.auth_service import Association
from orchestrator.registrations import Registration
from simulators.kit.call import Call
from simulators.kit.http import UpstreamFailure
from simulators.kit.models import Empty
from simulators.kit.work import Work


def activate(work: Call, registration: Registration, body: Empty) -> Outcome:
    """Associate the device, once.

    DR-4.1, or DR-4.2 when it is associated already. Raises Refused: DR-4.3 (no longer on the TSG), DR-4.4 (another
    user's), DR-4.5 (the Auth Service failed; can be tried again).
    """
    del body
    username, device = str(registration.owner), registration.state["em_cert_id"]
    try:
        if auth_service.has_device(work, username, device):
            current = registrations.find(work, registration.id)
            return _associated_already(work, current, activation_of(current))
        if not tsg.is_registered(work, device):
            work.decide("DR-4.3", "activate.tsg", auth_service=False, tsg=False)
            words = "This device is no longer registered; it was not activated. Sign up again."
            raise Refused("device-not-registered", 409, Outcome("DR-4.3", words, "Not_Found", state={"sign_up": {}}))
        current = registrations.find(work, registration.id)
        if current.status != registration.status:
            return Outcome(None, "Meanwhile the registration has moved on.")
        tried_before = activation_of(current)
        activation = tried_before or _numbered(work, current)
        work.commit()
        association = auth_service.add_device(work, username, device)
    except UpstreamFailure as failure:
        work.decide("DR-4.5", "activate.failed", service=failure.service, reason=failure.reason)
        words = f"The device could not be activated now ({failure.service} {failure.reason}). Try again later."
        raise Refused("upstream-unavailable", 503, Outcome("DR-4.5", words), retry_after=TRY_LATER) from failure
    if association is Association.OF_ANOTHER_USER:
        work.decide("DR-4.4", "activate.owner", emCertID=device, asked_by=username, belongs_to="another user", tsg=True)
        outcome = Outcome("DR-4.4", "This device belongs to another user.", state={"activation": None})
        raise Refused("device-of-another-user", 409, outcome)
    if association is Association.THERE_ALREADY:
        return _associated_already(work, current, tried_before)
    work.decide("DR-4.1", "activate.done", auth_service=False, tsg=True, username=username)
    return _active(work, current, activation, "DR-4.1", "The device is active.")


def activation_of(registration: Registration) -> int | None:
    """Return the number of the activation that was asked for and of which no answer has come yet, if any."""
    found: int | None = registration.state.get("activation")
    return found


def tell(work: Work, registration: Registration, activation: int) -> None:
    """Tell the user that the device was activated (P4.1); once for each activation, however often it is told."""
    notifications.device_activated(work, registration.id, str(registration.owner), activation)


def _associated_already(work: Call, registration: Registration, activation: int | None) -> Outcome:
    """An ``activation`` whose answer was lost is told now; an association that is not ours is not told again."""
    work.decide("DR-4.2", "activate.already", auth_service=True, tried_before=activation is not None)
    return _active(work, registration, activation, "DR-4.2", "The device is active already.")


def _active(work: Call, registration: Registration, activation: int | None, branch: str, words: str) -> Outcome:
    if activation is not None:
        tell(work, registration, activation)
    return Outcome(branch, words, "Device_Activate", state={"activation": None})


def _numbered(work: Call, registration: Registration) -> int:
    """Number an activation before it is asked for, as the answer may be lost. Requests that are at it at the same time
    share the number, and so the notification."""
    activation = work.tx.next(f"activation/{registration.id}")
    registrations.keep_state(work, registration, {"activation": activation})
    return activation
