"""Attempts at a sign-up (step 1 of device registration): one at a time can be completed, and it lapses."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator import registrations, tables
from orchestrator.flows.device_statuses import IN_PROGRESS, NOT_FOUND, OPEN
from orchestrator.policies import OrchestratorPolicies
from orchestrator.records import AboutRegistration, LastOutcome, Registration, SignUpRow
from orchestrator.state import SignUpAttempt, Via
from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.kit.scheduling import due
from simulators.kit.scheduling.tables import Item
from simulators.kit.work import Work


@dataclass(frozen=True)
class BegunAttempt:
    """An attempt that has its external_reference, but no code yet. ``earlier`` are the codes that it makes void."""

    registration: str
    external_reference: str
    number: int
    again: bool
    earlier: list[str]


def begin(work: Work, id: str, via: Via) -> BegunAttempt:
    """Begin an attempt with a new external_reference, before the TSG hears of it, so that no push can precede it.

    From now on no other reference completes a sign-up of this registration. The attempt lapses when a code asked for
    now would, in case this process dies before it has one. Raises Refusal (``sign-up-completed``, 409) when a push
    came in between.
    """
    current = registrations.find(work, id)
    if current.status not in OPEN:
        message = "Meanwhile the sign-up was completed; look at the registration and go on from there."
        raise Refusal("sign-up-completed", 409, message, details={"status_now": current.status})
    number = work.tx.next(f"sign-up/{id}")
    external_reference = seeds.derive_hex(work.world.seed, "external-reference", id, number)
    work.tx.insert(tables.sign_ups, SignUpRow(external_reference, id, current.device.em_cert_id))
    live = [code for code, expires_at in current.device.codes.items() if expires_at > work.now]
    expires_at = work.now + work.world.policies(OrchestratorPolicies).sign_up.lifetime
    attempt = SignUpAttempt(external_reference, number, via, expires_at)
    registrations.change_state(work, current, sign_up=attempt)
    schedule_lapse(work, id, expires_at)
    return BegunAttempt(id, external_reference, number, current.status == IN_PROGRESS, live)


def find_current(work: Work, begun: BegunAttempt) -> tuple[Registration, SignUpAttempt]:
    """Return the registration with this attempt, while it is the latest.

    Raises Refusal (``sign-up-begun-again``, 409) when another request has begun a sign-up, or this one has ended.
    """
    current = registrations.find(work, begun.registration)
    attempt = current.device.sign_up
    if attempt is None or attempt.external_reference != begun.external_reference:
        work.decide(None, "sign_up.superseded", attempt=begun.number, latest=number_of(current))
        message = "Meanwhile this sign-up was ended or begun again; look at the registration and go on from there."
        raise Refusal("sign-up-begun-again", 409, message)
    return current, attempt


def can_complete(registration: Registration, external_reference: str) -> bool:
    """Tell whether the registration's sign-up is the one with this reference, and still to be completed."""
    attempt = registration.device.sign_up
    return registration.status in OPEN and attempt is not None and attempt.external_reference == external_reference


def number_of(registration: Registration) -> int:
    """Return the number of the registration's latest attempt, 0 where there is none."""
    return registration.device.sign_up.number if registration.device.sign_up else 0


def schedule_lapse(work: Work, id: str, expires_at: datetime) -> None:
    """Have a registration's sign-up lapse at ``expires_at``, and not when it was to lapse before."""
    due.schedule(work, "lapse", f"lapse/{id}", expires_at, {"registration": id})


def cancel_lapse(work: Work, id: str) -> None:
    """Let a registration's sign-up lapse no more: it was completed."""
    due.cancel(work, f"lapse/{id}")


@due.reads(AboutRegistration)
def lapse(work: Work, item: Item) -> None:
    """Let a sign-up that was not completed lapse with its code (DR-2.12).

    Its reference is kept: a push that was held up may yet tell that the code was used in time (DR-2.11).
    """
    registration = registrations.find(work, item.payload["registration"])
    attempt = registration.device.sign_up
    if registration.status != IN_PROGRESS or attempt is None or attempt.expires_at > work.now:
        return
    work.decide("DR-2.12", "sign_up.lapse", expired_at=attempt.expires_at)
    message = "The sign-up was not completed in time and has lapsed; it can be started again."
    registrations.move(work, registration, "lapse", LastOutcome("DR-2.12", message), NOT_FOUND, {"codes": {}})
