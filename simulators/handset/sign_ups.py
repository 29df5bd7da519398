"""Sign-ups that the phones send, at once or when they are online again (device registration, step 2, Q2)."""

from typing import TYPE_CHECKING

import msgspec

from simulators.handset import phones, sdk
from simulators.handset.models import SignUpReport
from simulators.handset.policies import HandsetPolicies
from simulators.handset.records import Handset, Order
from simulators.kit import due
from simulators.kit.due import Again, Item
from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.handset import tables
else:
    tables = lazy("simulators.handset.tables")

KIND = "sign_up"


def submit(work: Work, handset: Handset, order: Order) -> SignUpReport:
    """Send a sign-up, or queue it while the phone is offline; return what the SDK reports.

    Raises UpstreamFailure when the TSG is down, Refusal when it refuses.
    """
    if handset.offline:
        _queue(work, handset, order)
        return SignUpReport(False, order.service_id, queued=True)
    reply = _sent(work, handset, order)
    if not reply.ok:
        raise sdk.refusal(reply)
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


def send_queued(work: Work, item: Item) -> None:
    """Send a queued sign-up; raise Again while the TSG is down. A phone that is offline again keeps it."""
    handset = work.tx.get(tables.handsets, Handset, id=item.payload["handset"])
    if handset is None:
        return
    order = msgspec.convert(item.payload["order"], Order)
    if handset.offline:
        _queue(work, handset, order)
        return
    try:
        reply = _sent(work, handset, order)
    except UpstreamFailure as failure:
        raise Again(work.world.policies(HandsetPolicies).retry_gap) from failure
    work.decide(None, "sign_up.sent_later", handset=handset.id, sent=reply.ok, status=reply.status)


def _queue(work: Work, handset: Handset, order: Order) -> None:
    handset.queued = [*handset.queued, order]
    handset.last_event = "sign_up_queued"
    work.tx.update(tables.handsets, handset)


def _sent(work: Work, handset: Handset, order: Order) -> Reply:
    """Send a sign-up, write down on the phone what came of it, and return the TSG's answer. Raises UpstreamFailure."""
    try:
        reply = sdk.send_sign_up(work, handset, order)
    except UpstreamFailure:
        phones.happened(work, handset.id, "tsg_unreachable")
        work.commit()
        raise
    work.relayed += reply.branches
    phones.happened(work, handset.id, "sign_up_sent" if reply.ok else f"sign_up_refused: {sdk.upstream_code(reply)}")
    return reply
