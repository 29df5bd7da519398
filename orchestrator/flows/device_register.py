"""Step 3 of device registration: the user is registered on the TSG by subject_id (Q3, P3.1 to P3.3)."""

from orchestrator import notifications, registrations
from orchestrator.flows.device_sign_ups import attempt_of
from orchestrator.flows.model import TRY_LATER, Outcome, Refused
from orchestrator.gateways import tsg
from orchestrator.registrations import LastOutcome, Registration
from simulators.kit import due
from simulators.kit.http import UpstreamFailure
from simulators.kit.models import Empty
from simulators.kit.work import Work


def schedule(work: Work, registration: Registration) -> None:
    """Have the middleware register the device by itself, as soon as the sign-up is committed as complete."""
    due.schedule(work, "register", f"register/{registration.id}", work.now, {"registration": registration.id})


def by_itself(work: Work, item: due.Item) -> None:
    """Register without being asked; where that fails, the user's action tries again."""
    registration = registrations.find(work, item.payload["registration"])
    if registration.status != "Sign_Up_Complete":
        return
    work.commit()
    try:
        outcome = register(work, registration, Empty())
    except Refused as refused:
        outcome = refused.outcome
    current = registrations.find(work, registration.id)
    if current.status == "Sign_Up_Complete" and attempt_of(current) == attempt_of(registration):
        told = LastOutcome(outcome.branch, outcome.message, dict(outcome.details))
        registrations.move(work, current, "register", told, outcome.status, dict(outcome.state))


def register(work: Work, registration: Registration, body: Empty) -> Outcome:
    """Register the subject on the TSG; one that an earlier try has registered is found so, and registered once.

    Raises Refused: DR-3.3 (the TSG failed; can be tried again), DR-3.5 (revoked; a new sign-up is needed).
    """
    del body
    subject_id = str(registration.state["subject_id"])
    tried_before = _remember_try(work, registration.id)
    try:
        found = tried_before and tsg.is_registered(work, subject_id)
        if not found:
            tsg.register(work, subject_id)
    except tsg.Revoked as revoked:
        work.decide("DR-3.5", "register.revoked", subject_id=subject_id)
        words = "This device has been revoked and cannot be registered. Sign up again with the phone set up anew."
        outcome = Outcome("DR-3.5", words, "Not_Found", state={"sign_up": {}})
        raise Refused("device-revoked", 409, outcome) from revoked
    except UpstreamFailure as failure:
        work.decide("DR-3.3", "register.failed", subject_id=subject_id, reason=failure.reason)
        words = f"The device could not be registered now (TSG {failure.reason}). Try again later."
        raise Refused("upstream-unavailable", 503, Outcome("DR-3.3", words), retry_after=TRY_LATER) from failure
    branch = "DR-3.4" if found else "DR-3.1"
    work.decide(branch, "register.done", subject_id=subject_id, found_registered=found)
    tell(work, registration)
    return Outcome(branch, "The device is registered and can be activated.", "Register_Complete")


def tell(work: Work, registration: Registration) -> None:
    """Tell the user that the sign-up's device is registered (P3.2); once for each sign-up, however often it is told."""
    notifications.device_registered(work, registration.id, str(registration.owner), attempt_of(registration))


def _remember_try(work: Work, id: str) -> bool:
    """Remember that the TSG is asked, which its answer may not tell; return whether it was asked before."""
    current = registrations.find(work, id)
    tried_before = bool(current.state.get("register_tried"))
    registrations.keep_state(work, current, {"register_tried": True})
    work.commit()
    return tried_before
