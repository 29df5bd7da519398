"""Step 4 of device registration: the device is associated with the user on the Auth Service (R4, Q4.1 to P4.2)."""

from orchestrator import notifications, registrations
from orchestrator.flows.device_statuses import ACTIVE, NOT_FOUND
from orchestrator.flows.model import TRY_LATER, ActionRefused, Outcome
from orchestrator.gateways import auth_service, tsg
from orchestrator.gateways.auth_service import Association
from orchestrator.records import Registration
from simulators.kit.models import Empty
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def activate(call: Call, registration: Registration, body: Empty) -> Outcome:
    """Associate the device, once.

    DR-4.1, or DR-4.2 when it is associated already. Raises ActionRefused: DR-4.3 (no longer on the TSG), DR-4.4
    (another user's), DR-4.6 (one device too many), DR-4.5 (a system failed; can be tried again).
    """
    del body
    try:
        return _activate(call, registration)
    except UpstreamFailure as failure:
        call.decide("DR-4.5", "activate.failed", service=failure.service, reason=failure.reason)
        message = f"The device could not be activated now ({failure.service} {failure.reason}). Try again later."
        outcome = Outcome("DR-4.5", message)
        raise ActionRefused("upstream-unavailable", 503, outcome, retry_after=TRY_LATER) from failure


def notify_activated(work: Work, registration: Registration, activation: int) -> None:
    """Tell the user that the device was activated (P4.1); once for each activation."""
    notifications.device_activated(work, registration.id, registration.username, activation)


def _activate(call: Call, registration: Registration) -> Outcome:
    username, device = registration.username, registration.device.em_cert_id
    if auth_service.has_device(call, username, device):
        current = registrations.find(call, registration.id)
        return _already_active(call, current, current.device.activation)
    if not tsg.is_registered(call, device):
        call.decide("DR-4.3", "activate.tsg", auth_service=False, tsg=False)
        message = "This device is no longer registered; it was not activated. Sign up again."
        outcome = Outcome("DR-4.3", message, NOT_FOUND, changes={"sign_up": None})
        raise ActionRefused("device-not-registered", 409, outcome)
    current = registrations.find(call, registration.id)
    if current.status != registration.status:
        return Outcome(None, "Meanwhile the registration has moved on.")
    tried_before = current.device.activation
    activation = tried_before or _begin_activation(call, current)
    association = auth_service.add_device(call, username, device)
    if association is Association.OF_ANOTHER_USER:
        call.decide("DR-4.4", "activate.owner", emCertID=device, asked_by=username, belongs_to="another user", tsg=True)
        outcome = Outcome("DR-4.4", "This device belongs to another user.", changes={"activation": None})
        raise ActionRefused("device-of-another-user", 409, outcome)
    if association is Association.LIMIT_REACHED:
        raise _limit_reached(call, username)
    if association is Association.THERE_ALREADY:
        return _already_active(call, current, tried_before)
    call.decide("DR-4.1", "activate.done", auth_service=False, tsg=True, username=username)
    return _active(call, current, activation, "DR-4.1", "The device is active.")


def _begin_activation(call: Call, registration: Registration) -> int:
    """Number an activation before it is asked for, as the answer may be lost.

    Requests that ask at the same time share the number, and so the notification.
    """
    activation = call.tx.next(f"activation/{registration.id}")
    registrations.change_state(call, registration, activation=activation)
    return activation


def _limit_reached(call: Call, username: str) -> ActionRefused:
    devices = auth_service.list_devices(call, username)
    call.decide("DR-4.6", "activate.devices", devices=len(devices.devices), most=devices.most)
    message = "Meanwhile you have as many devices as the bank allows. Remove one of them, then activate this one."
    outcome = Outcome("DR-4.6", message, details={"devices": devices.listed}, changes={"activation": None})
    return ActionRefused("device-limit-reached", 409, outcome)


def _already_active(call: Call, registration: Registration, activation: int | None) -> Outcome:
    """Notify the user of an ``activation`` whose answer was lost; somebody else's association is not notified of."""
    call.decide("DR-4.2", "activate.already", auth_service=True, tried_before=activation is not None)
    return _active(call, registration, activation, "DR-4.2", "The device is active already.")


def _active(call: Call, registration: Registration, activation: int | None, branch: str, message: str) -> Outcome:
    if activation is not None:
        notify_activated(call, registration, activation)
    return Outcome(branch, message, ACTIVE, changes={"activation": None})
