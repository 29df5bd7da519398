"""Step 2 of device registration: the middleware polls the TSG where that does not push (DR-2.15)."""

from datetime import timedelta

from msgspec import Struct

from orchestrator import registrations
from orchestrator.flows import device_attempts, device_completion
from orchestrator.flows.device_completion import CompletedSignUp
from orchestrator.gateways import tsg
from orchestrator.policies import OrchestratorPolicies
from orchestrator.records import Registration
from simulators.kit.scheduling import due
from simulators.kit.scheduling.due import RetryLater
from simulators.kit.scheduling.tables import Item
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Work

KIND = "poll"

AFTER_EXPIRY = timedelta(minutes=10)
LONGEST_POLLING = timedelta(days=1)
"""Beyond its code's expiry a sign-up is polled only while the TSG has not said what became of it, and so long."""


def schedule(work: Work, registration: str, external_reference: str) -> None:
    """Poll for a sign-up from one interval on; a sign-up begun again is polled for in its place."""
    payload = {"registration": registration, "external_reference": external_reference}
    due.schedule(work, KIND, f"poll/{registration}", work.now + _interval(work), payload)


class _Polled(Struct):
    registration: str
    external_reference: str


@due.reads(_Polled)
def poll(work: Work, item: Item) -> None:
    """Ask the TSG once how a sign-up stands; raise RetryLater until it was used, has expired or is void.

    Raises Refusal as ``device_completion.check``: what must not move anything is not polled again.
    """
    external_reference = item.payload["external_reference"]
    registration = registrations.find(work, item.payload["registration"])
    if not device_attempts.can_complete(registration, external_reference):
        return
    try:
        polled = tsg.poll_sign_up(work, external_reference)
    except UpstreamFailure as failure:
        _retry_later(work, registration, failure)
        return
    if polled.status == "UNCLAIMED":
        raise RetryLater(_interval(work))
    if polled.status != "CLAIMED":
        work.decide(None, "sign_up.polled", status=polled.status)
        return
    told = CompletedSignUp(external_reference, polled.subject_id, polled.credential)
    completed = device_completion.check(work, told)
    if completed is not None:
        device_completion.complete(work, completed, told.subject_id, "poll", "DR-2.15")


def _retry_later(work: Work, registration: Registration, failure: UpstreamFailure) -> None:
    """Raise RetryLater while the TSG is down; stop a day after the code has expired."""
    attempt = registration.device.sign_up
    over = timedelta() if attempt is None else work.now - attempt.expires_at
    if over >= LONGEST_POLLING:
        work.decide(None, "sign_up.poll_given_up", reason=failure.reason)
        return
    raise RetryLater(_interval(work) if over < timedelta() else AFTER_EXPIRY) from failure


def _interval(work: Work) -> timedelta:
    return work.world.policies(OrchestratorPolicies).poll_interval
