"""Sign-ups that the phones send, at once or when they are online again (device registration, step 2, Q2)."""

import msgspec
from msgspec import Struct

from simulators.handset import tables, tsg_client
from simulators.handset.models import SignUpReport
from simulators.handset.policies import HandsetPolicies
from simulators.handset.records import Credential, Handset, SignUpOrder
from simulators.handset.steps import phones
from simulators.kit.errors import Refusal
from simulators.kit.scheduling import due
from simulators.kit.scheduling.due import RetryLater, reads
from simulators.kit.scheduling.tables import Item
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.work import Work

KIND = "sign_up"

MOST_QUEUED = 100
LARGEST_QUEUED = 65_536
"""How many sign-ups an offline phone queues, and how many bytes the credential of each may have."""


def app_credential(handset: Handset) -> Credential:
    """Return the credential that the app sends when the tester gives none."""
    device = {"os": handset.os, "model": handset.model}
    return {"type": "emCert", "emCertID": handset.emcert_id, "device": device}


def submit(work: Work, handset: Handset, order: SignUpOrder) -> SignUpReport:
    """Send a sign-up, or queue it while the phone is offline; return the SDK's report.

    Raises UpstreamFailure when the TSG is down, Refusal when it refuses, or when the phone cannot queue it
    (``VALIDATION_FAILED``, 400, ``PHONE_QUEUE_FULL``, 409).
    """
    _check_room(handset, order)
    if handset.offline:
        _queue(work, handset, order)
        return SignUpReport(False, order.service_id, queued=True)
    reply = _send(work, handset, order)
    if not reply.ok:
        raise tsg_client.refusal_of(reply)
    return SignUpReport(True, str(reply.body.get("serviceId", order.service_id)))


def set_offline(work: Work, handset: Handset, offline: bool) -> None:
    """Take a phone off the network, or back on it, when it sends what is queued, in its order."""
    if handset.offline == offline:
        return
    handset.offline = offline
    handset.last_event = "went_offline" if offline else "went_online"
    if not offline:
        for order in handset.queued:
            payload = {"handset": handset.id, "order": msgspec.to_builtins(order)}
            due.schedule(work, KIND, f"sign-up/{work.tx.next('queued_sign_up'):08}", work.now, payload)
        handset.queued = []
    work.tx.update(tables.handsets, handset)


class _QueuedSignUp(Struct):
    handset: str
    order: SignUpOrder


@reads(_QueuedSignUp)
def send_queued(work: Work, item: Item) -> None:
    """Send a queued sign-up; raise RetryLater while the TSG is down. A phone that is offline again keeps it."""
    handset = work.tx.get(tables.handsets, Handset, id=item.payload["handset"])
    if handset is None:
        return
    if handset.offline and _is_full(handset):
        gap = work.world.policies(HandsetPolicies).retry_gap
        raise RetryLater(gap)
    order = msgspec.convert(item.payload["order"], SignUpOrder)
    if handset.offline:
        _queue(work, handset, order)
        return
    try:
        reply = _send(work, handset, order)
    except UpstreamFailure as failure:
        raise RetryLater(work.world.policies(HandsetPolicies).retry_gap) from failure
    work.decide(None, "sign_up.sent_later", handset=handset.id, sent=reply.ok, status=reply.status)


def _is_full(handset: Handset) -> bool:
    return len(handset.queued) >= MOST_QUEUED


def _check_room(handset: Handset, order: SignUpOrder) -> None:
    """Refuse a sign-up that an offline phone cannot queue. Raises Refusal, as ``submit``."""
    if not handset.offline:
        return
    if _is_full(handset):
        message = f"The phone is offline and has {MOST_QUEUED} sign-ups queued; take it online first."
        raise Refusal("PHONE_QUEUE_FULL", 409, message)
    if len(msgspec.json.encode(order.credential)) > LARGEST_QUEUED:
        message = f"credential must not be larger than {LARGEST_QUEUED} bytes."
        raise Refusal("VALIDATION_FAILED", 400, message, field="credential")


def _queue(work: Work, handset: Handset, order: SignUpOrder) -> None:
    handset.queued = [*handset.queued, order]
    handset.last_event = "sign_up_queued"
    work.tx.update(tables.handsets, handset)


def _send(work: Work, handset: Handset, order: SignUpOrder) -> Reply:
    """Send a sign-up, record its result on the phone, and return the TSG's answer. Raises UpstreamFailure."""
    try:
        reply = tsg_client.send_sign_up(work, handset, order)
    except UpstreamFailure:
        phones.record_event(work, handset.id, "tsg_unreachable")
        work.commit()  # the refusal that follows takes back what is not committed
        raise
    work.relayed += reply.branches
    event = "sign_up_sent" if reply.ok else f"sign_up_refused: {tsg_client.upstream_code(reply)}"
    phones.record_event(work, handset.id, event)
    return reply
