"""Step 0 of device registration: what do the Auth Service and the TSG know of this device? (R0, Q1, Q2)"""

from dataclasses import replace

from orchestrator import notifications, registrations
from orchestrator.flows import device_activate, device_register
from orchestrator.flows.device_statuses import ACTIVE, NOT_FOUND, REGISTERED, SIGNED_UP, UNDER_WAY
from orchestrator.flows.model import TRY_LATER, ActionRefused, Outcome
from orchestrator.gateways import auth_service, tsg
from orchestrator.records import Registration
from simulators.kit.models import Empty
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure

NOT_FOUND_MESSAGE = "Device not found on our records"


def determine(call: Call, username: str, em_cert_id: str) -> Outcome:
    """Ask both systems.

    DR-0.1 (neither knows the device), DR-0.2 (active already), DR-0.3 (on the TSG). Raises ActionRefused: DR-0.7
    (another user's), DR-0.5 and DR-0.6 (an outage, which is never read as Not_Found).
    """
    try:
        has_device = auth_service.has_device(call, username, em_cert_id)
        owner = username if has_device else auth_service.owner_of(call, em_cert_id)
    except UpstreamFailure as failure:
        raise _try_later(call, "DR-0.5", failure) from failure
    if owner is not None and owner.casefold() != username.casefold():
        call.decide("DR-0.7", "device.owner", username=username, emCertID=em_cert_id, belongs_to="another user")
        raise ActionRefused("device-of-another-user", 409, Outcome("DR-0.7", "This device belongs to another user."))
    if owner is not None:
        call.decide("DR-0.2", "device.status", username=username, auth_service=True)
        return Outcome("DR-0.2", "This device is already active; there is nothing to register.", ACTIVE)
    try:
        on_tsg = tsg.is_registered(call, em_cert_id)
    except UpstreamFailure as failure:
        raise _try_later(call, "DR-0.6", failure) from failure
    if on_tsg:
        call.decide("DR-0.3", "device.status", username=username, auth_service=False, tsg=True)
        message = "This device is registered already and can be activated."
        return Outcome("DR-0.3", message, REGISTERED, changes={"subject_id": em_cert_id})
    call.decide("DR-0.1", "device.status", username=username, auth_service=False, tsg=False)
    return Outcome("DR-0.1", NOT_FOUND_MESSAGE, NOT_FOUND)


def check(call: Call, registration: Registration, body: Empty) -> Outcome:
    """Ask step 0 again; what an earlier try has done, though its answer was lost, the user is notified of now.

    While a sign-up is under way, a device that is not found yet changes nothing; nor does an answer that another
    request has overtaken.
    """
    del body
    outcome = determine(call, registration.username, registration.device.em_cert_id)
    current = registrations.find(call, registration.id)
    if current.status != registration.status:
        return Outcome(outcome.branch, f"{outcome.message} Meanwhile the registration has moved on.")
    if outcome.status == NOT_FOUND and current.status in UNDER_WAY:
        return Outcome(outcome.branch, f"{NOT_FOUND_MESSAGE}; its sign-up is under way.")
    if outcome.status == NOT_FOUND and current.status != NOT_FOUND:
        again = call.tx.next(f"not-found/{current.id}")
        notifications.device_not_found(call, current.id, current.username, again)
        return replace(outcome, changes={"sign_up": None})  # a late push of it must not register the device again
    if outcome.status == REGISTERED and current.status == SIGNED_UP:
        device_register.notify_registered(call, current)
    if outcome.status == ACTIVE:
        if current.device.activation is not None:
            device_activate.notify_activated(call, current, current.device.activation)
        return replace(outcome, changes={"activation": None})
    return outcome


def _try_later(call: Call, branch: str, failure: UpstreamFailure) -> ActionRefused:
    call.decide(branch, "device.status", service=failure.service, reason=failure.reason)
    message = f"The device's status cannot be told now ({failure.service} {failure.reason}). Try again later."
    return ActionRefused("upstream-unavailable", 503, Outcome(branch, message), retry_after=TRY_LATER)
