"""The delivery of pushes: signed, tried until acknowledged, every try in the journal (DR-2.11)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from simulators.kit import clock, due, faults, journal, webhooks
from simulators.kit.due import Again, Item
from simulators.kit.faults.model import PUSH
from simulators.kit.http import UpstreamFailure
from simulators.kit.lazy import lazy
from simulators.kit.masking import masked
from simulators.kit.tracing import Trace
from simulators.kit.work import Work
from simulators.tsg import push_retry, pushes
from simulators.tsg.policies import Receiver, TsgPolicies
from simulators.tsg.push_faults import REORDER, Sending, struck
from simulators.tsg.records import Push, Subject

if TYPE_CHECKING:
    from simulators.tsg import tables
else:
    tables = lazy("simulators.tsg.tables")

RECEIVERS: dict[Receiver, str] = {"middleware": "orchestrator", "auth_service": "auth_service"}
UNANSWERED = 0
SERVER_ERROR = 500


@dataclass(frozen=True)
class Receipt:
    """What the receiver made of a push: its status (0 where it gave none), its answer, how long it wants to wait."""

    status: int = UNANSWERED
    answer: dict[str, Any] | None = None
    retry_after: timedelta = timedelta()

    @property
    def acknowledged(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_down(self) -> bool:
        return self.status == UNANSWERED or self.status >= SERVER_ERROR


def deliver(work: Work, item: Item) -> None:
    """Try a push once; raise Again while it is neither acknowledged nor given up."""
    push = work.tx.get(tables.pushes, Push, id=item.id)
    if push is None or push.state != "pending":
        return
    subject = work.tx.get(tables.subjects, Subject, subject_id=push.subject_id)
    if subject is None:
        return
    effect = faults.drawn(work, "POST", PUSH) if work.world.faults else None
    if effect is not None and effect.name == REORDER and _may_hold(work, push):
        _hold(work, push)
    plain = Sending(pushes.message(push, subject), work.settings.tsg_push_secret, work.now)
    sending = struck(plain, effect, work.world.seed)
    if sending.wait:
        due.hold(work, item, timedelta(seconds=sending.wait))
        clock.pause(sending.wait)
    after = _sent(work, item, push, sending, effect.name if effect else None)
    if after is not None:
        raise Again(after)


def _sent(work: Work, item: Item, push: Push, sending: Sending, fault: str | None) -> timedelta | None:
    """Send every copy and return when to try again, if need be. A push that no copy left of was not answered.

    The claim is renewed before each copy, so that no other replica sends the push beside this one.
    """
    best = Receipt()
    after = None
    tries = max(sending.copies, 1)
    for copy in range(1, tries + 1):
        work.trace = Trace.received(push.traceparent)
        due.hold(work, item)
        started, recorded_at = clock.monotonic(), clock.wall_now()
        receipt = _posted(work, push.id, sending) if sending.copies else Receipt()
        best = best if best.acknowledged else receipt
        if copy == tries:
            after = _concluded(work, push.id, best)
        journal.record(
            work,
            caller=work.service.name,
            method="POST",
            path=PUSH,
            status=receipt.status,
            started=started,
            recorded_at=recorded_at,
            request=masked(sending.message),
            answer=masked(receipt.answer),
            fault=fault,
        )
    return after


def _posted(work: Work, id: str, sending: Sending) -> Receipt:
    receiver = RECEIVERS[work.world.policies(TsgPolicies).push_receiver]
    payload = msgspec.json.encode(sending.message)
    headers = webhooks.signed(sending.secret, id, sending.signed_at, payload)
    headers["Content-Type"] = "application/json"
    try:
        reply = work.ask(receiver, "POST", "/tsg/push", raw=payload, headers=headers)
    except UpstreamFailure as failure:
        if failure.reply is None:
            return Receipt()
        reply = failure.reply
    work.relayed = reply.branches
    return Receipt(reply.status, reply.body, push_retry.retry_after(reply.headers))


def _concluded(work: Work, id: str, receipt: Receipt) -> timedelta | None:
    """Write down what became of a try, let a push that waited for it go, and return when to try again."""
    push = work.tx.get(tables.pushes, Push, id=id)
    if push is None:
        return None
    push.attempts += 1
    push.last_status = receipt.status
    push.held = False
    after = None
    facts = {"push": id, "attempts": push.attempts, "status": receipt.status}
    if receipt.acknowledged:
        push.state = "delivered"
        work.decide(None, "push.delivered", **facts)
    else:
        policy = work.world.policies(TsgPolicies).push_retry
        after = push_retry.next_try(
            policy, work.world.seed, push, status=receipt.status, wanted=receipt.retry_after, now=work.now
        )
        branch = "DR-2.11" if receipt.is_down and after is not None else None
        if after is None:
            push.state = "failed"
            work.decide(branch, "push.given_up", **facts)
        else:
            work.decide(branch, "push.retried", **facts, again_in_seconds=round(after.total_seconds(), 3))
    work.tx.update(tables.pushes, push)
    _release(work, id)
    return after


def _may_hold(work: Work, push: Push) -> bool:
    """Tell whether a push may be held back: once, and not while another one waits for it to go by."""
    return not push.reordered and not work.tx.all(tables.held_pushes, Push)


def _hold(work: Work, push: Push) -> None:
    """Hold a push back until the next one was sent or, failing one, for a retry gap."""
    push.held = push.reordered = True
    work.tx.update(tables.pushes, push)
    work.decide(None, "push.held_back", push=push.id)
    raise Again(push_retry.gap(work.world.policies(TsgPolicies).push_retry, work.world.seed, push))


def _release(work: Work, sent: str) -> None:
    for held in work.tx.all(tables.held_pushes, Push):
        if held.id != sent:
            held.held = False
            work.tx.update(tables.pushes, held)
            due.schedule(work, pushes.KIND, held.id, work.now)
