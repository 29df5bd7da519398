"""Step 3 of device registration: the user is registered on the TSG by subject_id (Q3, P3.1 to P3.3)."""

from orchestrator import notifications, registrations
from orchestrator.flows.device_attempts import number_of
from orchestrator.flows.device_statuses import NOT_FOUND, REGISTERED, SIGNED_UP
from orchestrator.flows.model import TRY_LATER, ActionRefused, Outcome
from orchestrator.gateways import tsg
from orchestrator.records import AboutRegistration, LastOutcome, Registration
from simulators.kit.models import Empty
from simulators.kit.scheduling import due
from simulators.kit.scheduling.tables import Item
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work


def schedule(work: Work, registration: Registration) -> None:
    """Have the middleware register the device by itself, as soon as the sign-up is committed as complete."""
    due.schedule(work, "register", f"register/{registration.id}", work.now, {"registration": registration.id})


@due.reads(AboutRegistration)
def register_when_due(work: Work, item: Item) -> None:
    """Register a device whose sign-up is complete; where that fails, the user's action tries again."""
    registration = registrations.find(work, item.payload["registration"])
    if registration.status != SIGNED_UP:
        return
    try:
        outcome = register(work, registration, Empty())
    except ActionRefused as refused:
        outcome = refused.outcome
    current = registrations.find(work, registration.id)
    if current.status == SIGNED_UP and number_of(current) == number_of(registration):
        last = LastOutcome(outcome.branch, outcome.message, dict(outcome.details))
        registrations.move(work, current, "register", last, outcome.status, outcome.changes)


def register(work: Work, registration: Registration, body: Empty) -> Outcome:
    """Register the subject on the TSG; if an earlier try has registered it, it is found so, and registered once.

    Raises ActionRefused: DR-3.3 (the TSG failed; can be tried again), DR-3.5 (revoked; a new sign-up is needed).
    """
    del body
    subject_id = str(registration.device.subject_id)
    tried_before = _remember_try(work, registration.id)
    try:
        found = tried_before and tsg.is_registered(work, subject_id)
        if not found:
            tsg.register(work, subject_id)
    except tsg.Revoked as revoked:
        work.decide("DR-3.5", "register.revoked", subject_id=subject_id)
        message = "This device has been revoked and cannot be registered. Set the phone up again and sign up again."
        outcome = Outcome("DR-3.5", message, NOT_FOUND, changes={"sign_up": None})
        raise ActionRefused("device-revoked", 409, outcome) from revoked
    except UpstreamFailure as failure:
        work.decide("DR-3.3", "register.failed", subject_id=subject_id, reason=failure.reason)
        message = f"The device could not be registered now (TSG {failure.reason}). Try again later."
        outcome = Outcome("DR-3.3", message)
        raise ActionRefused("upstream-unavailable", 503, outcome, retry_after=TRY_LATER) from failure
    branch = "DR-3.4" if found else "DR-3.1"
    work.decide(branch, "register.done", subject_id=subject_id, found_registered=found)
    notify_registered(work, registration)
    return Outcome(branch, "The device is registered and can be activated.", REGISTERED)


def notify_registered(work: Work, registration: Registration) -> None:
    """Tell the user that the device of the latest sign-up is registered (P3.2); once for each sign-up."""
    notifications.device_registered(work, registration.id, registration.username, number_of(registration))


def _remember_try(work: Work, id: str) -> bool:
    """Remember that the TSG is asked, since its answer may be lost; return whether it was asked before."""
    current = registrations.find(work, id)
    tried_before = current.device.register_tried
    registrations.change_state(work, current, register_tried=True)
    return tried_before
