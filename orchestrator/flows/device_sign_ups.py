"""The sign-ups of a registration (step 1 of device registration): one at most can be completed, and it lapses."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from orchestrator import registrations
from orchestrator.policies import OrchestratorPolicies
from orchestrator.registrations import LastOutcome, Registration
from simulators.kit import due, seeds
from simulators.kit.clock import parse, stamp
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")

NOT_FOUND, IN_PROGRESS = OPEN = ("Not_Found", "Sign_Up_In_Progress")
"""The statuses in which a sign-up can still be completed: a push may be ahead of the answer that tells of its code."""


class SignUpRow(Struct):
    reference: str
    registration: str


@dataclass(frozen=True)
class Begun:
    """A sign-up that has its external_reference, but no code yet. ``earlier`` are the codes that it makes void."""

    registration: str
    reference: str
    attempt: int
    again: bool
    earlier: list[str]


def begin(work: Work, id: str, via: str) -> Begun:
    """Keep a new external_reference before anything is sent, so that no push can be ahead of it.

    From now on no other reference completes a sign-up of this registration. It lapses when a code asked for now would,
    should this process die before it has one. Raises Refusal (``sign-up-completed``, 409) when a push came in between.
    """
    current = registrations.find(work, id)
    if current.status not in OPEN:
        words = "Meanwhile the sign-up was completed; look at the registration and go on from there."
        raise Refusal("sign-up-completed", 409, words, details={"status_now": current.status})
    attempt = work.tx.next(f"sign-up/{id}")
    reference = seeds.derive_hex(work.world.seed, "external-reference", id, attempt)
    work.tx.insert(tables.sign_ups, SignUpRow(reference, id))
    live = [code for code, until in current.state.get("codes", {}).items() if parse(until) > work.now]
    expires_at = work.now + work.world.policies(OrchestratorPolicies).sign_up.lifetime
    sign_up = {"reference": reference, "attempt": attempt, "via": via, "expires_at": stamp(expires_at)}
    registrations.keep_state(work, current, {"sign_up": sign_up})
    lapses(work, id, expires_at)
    work.commit()
    return Begun(id, reference, attempt, current.status == IN_PROGRESS, live)


def standing(work: Work, begun: Begun) -> Registration:
    """Return the registration while its sign-up is still this one. Raises Refusal when it is not."""
    current = registrations.find(work, begun.registration)
    if reference_of(current) != begun.reference:
        work.decide(None, "sign_up.superseded", attempt=begun.attempt, latest=attempt_of(current))
        words = "Meanwhile this sign-up was ended or begun again; look at the registration and go on from there."
        raise Refusal("sign-up-begun-again", 409, words)
    return current


def reference_of(registration: Registration) -> str:
    """Return the reference of the latest sign-up, or an empty text where there is none that can be completed."""
    return str(registration.state.get("sign_up", {}).get("reference", ""))


def attempt_of(registration: Registration) -> int:
    """Return the number of the registration's latest sign-up, 0 where there was none."""
    return int(registration.state.get("sign_up", {}).get("attempt", 0))


def lapses(work: Work, id: str, expires_at: datetime) -> None:
    """Have a registration's sign-up lapse at ``expires_at``, in place of when it would have."""
    due.schedule(work, "lapse", f"lapse/{id}", expires_at, {"registration": id})


def lapses_no_more(work: Work, id: str) -> None:
    due.cancel(work, f"lapse/{id}")


def lapse(work: Work, item: due.Item) -> None:
    """Let a sign-up that was not completed lapse with its code (DR-2.12).

    Its reference is kept: a push that was held up may yet tell that the code was used in time (DR-2.11).
    """
    registration = registrations.find(work, item.payload["registration"])
    before = registration.state.get("sign_up", {})
    expires_at = before.get("expires_at")
    if registration.status != IN_PROGRESS or not expires_at or parse(expires_at) > work.now:
        return
    work.decide("DR-2.12", "sign_up.lapse", expired_at=expires_at)
    words = "The sign-up was not completed in time and has lapsed; it can be started again."
    sign_up = {name: before[name] for name in ("reference", "attempt", "via")}
    state = {"sign_up": sign_up, "codes": {}}
    registrations.move(work, registration, "lapse", LastOutcome("DR-2.12", words), NOT_FOUND, state)
