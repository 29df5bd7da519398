"""The delivery of pushes: signed, tried until acknowledged, every try recorded (DR-2.11)."""

from dataclasses import dataclass
from datetime import timedelta

from simulators.kit import clock, faults, journal
from simulators.kit.faults import PUSH, PushTry
from simulators.kit.headers import keep_headers
from simulators.kit.scheduling import due
from simulators.kit.scheduling.due import RetryLater
from simulators.kit.scheduling.tables import Item
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Work
from simulators.tsg import push_retry, receiver_client, tables
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.push_message import message_of
from simulators.tsg.push_receivers import PushReceiver, is_allowed, receiver_of
from simulators.tsg.receiver_client import Receipt
from simulators.tsg.records import Push, PushAttempt
from simulators.tsg.steps.enqueue_push import KIND

SECRET_FIELDS = frozenset({"credential"})


@dataclass(frozen=True)
class Delivery:
    """One try of a push: to whom, what exactly is sent, in which trace, and by which fault it was changed."""

    push: str
    trace: tuple[str, str]
    receiver: PushReceiver
    sending: PushTry
    fault: str | None


def deliver(work: Work, item: Item) -> None:
    """Try a push once; raise RetryLater while it is neither acknowledged nor given up."""
    push = work.tx.get(tables.pushes, Push, id=item.id)
    if push is None or push.state != "pending":
        return
    policies = work.world.policies(TsgPolicies)
    receiver = receiver_of(policies)
    if push.receiver != receiver.name:
        push.receiver = receiver.name
        work.tx.update(tables.pushes, push)
    if receiver.url is not None and not is_allowed(receiver.url, work.settings):
        _abandon_unsent(work, push)
        return
    effect = faults.select_effect(work, "POST", PUSH) if work.world.faults else None
    signed_at = clock.wall_now() if policies.push_time == "machine" else work.now
    sending = PushTry(message_of(push), work.settings.credentials["tsg_push_secret"], signed_at)
    if effect is not None:
        sending = effect.alter(sending)
    if sending.held and _may_hold(work, push):
        _hold(work, push)
    if sending.wait:
        due.renew_lease(work, item, timedelta(seconds=sending.wait))
        clock.pause(sending.wait)
    retry_in = _send(
        work,
        item,
        Delivery(push.id, (push.traceparent, push.tracestate), receiver, sending, effect.name if effect else None),
    )
    if retry_in is not None:
        raise RetryLater(retry_in)


def _send(work: Work, item: Item, delivery: Delivery) -> timedelta | None:
    """Send every copy; return the time until the next try, or None. A push that a fault has dropped gets no answer.

    The lease is renewed before each copy, so that no other replica sends the push at the same time.
    """
    best = Receipt()
    retry_in = None
    copies = max(delivery.sending.copies, 1)
    for copy in range(1, copies + 1):
        work.trace = Trace.from_headers(*delivery.trace)
        due.renew_lease(work, item)
        started, recorded_at = clock.monotonic(), clock.wall_now()
        dropped = delivery.sending.copies == 0
        receipt = (
            Receipt() if dropped else receiver_client.post(work, delivery.receiver, delivery.push, delivery.sending)
        )
        best = best if best.acknowledged else receipt
        number = work.tx.next(f"push-attempt/{delivery.push}")
        work.tx.insert(tables.push_attempts, PushAttempt(delivery.push, number, work.now, receipt.status))
        if copy == copies:
            retry_in = _conclude(work, delivery.push, best)
        journal.record(
            work,
            caller=work.service.name,
            method="POST",
            path=PUSH,
            status=receipt.status,
            started=started,
            recorded_at=recorded_at,
            request=work.mask(delivery.sending.message, SECRET_FIELDS),
            answer=work.mask(receipt.answer, SECRET_FIELDS),
            fault=delivery.fault,
            request_headers=keep_headers(receipt.sent),
            answer_headers=keep_headers(receipt.headers),
        )
    return retry_in


def _conclude(work: Work, id: str, receipt: Receipt) -> timedelta | None:
    """Record the result of a try, release a push that waited for it, and return the time until the next try."""
    push = work.tx.get(tables.pushes, Push, id=id)
    if push is None:
        return None
    push.attempts += 1
    push.last_status = receipt.status
    push.held = False
    retry_in = None
    facts = {"push": id, "attempts": push.attempts, "status": receipt.status}
    if receipt.acknowledged:
        push.state = "delivered"
        work.decide(None, "push.delivered", **facts)
    else:
        policy = work.world.policies(TsgPolicies).push_retry
        retry_in = push_retry.time_to_next_try(
            policy, work.world.seed, push, status=receipt.status, wanted=receipt.retry_after, now=work.now
        )
        branch = "DR-2.11" if receipt.is_down and retry_in is not None else None
        if retry_in is None:
            push.state = "failed"
            work.decide(branch, "push.given_up", **facts)
        else:
            work.decide(branch, "push.retried", **facts, again_in_seconds=round(retry_in.total_seconds(), 3))
    work.tx.update(tables.pushes, push)
    _release(work, id)
    return retry_in


def _abandon_unsent(work: Work, push: Push) -> None:
    """Abandon a push whose receiver the operator has ceased to allow since the policy was set."""
    push.state = "failed"
    work.tx.update(tables.pushes, push)
    work.decide(None, "push.receiver_not_allowed", push=push.id, receiver=push.receiver)


def _may_hold(work: Work, push: Push) -> bool:
    """Tell whether a push may be held back: once, and not while another push waits for it."""
    return not push.reordered and not work.tx.all(tables.held_pushes, Push)


def _hold(work: Work, push: Push) -> None:
    """Hold a push back until the next one was sent or, if none is, for a retry gap."""
    push.held = push.reordered = True
    work.tx.update(tables.pushes, push)
    work.decide(None, "push.held_back", push=push.id)
    raise RetryLater(push_retry.gap(work.world.policies(TsgPolicies).push_retry, work.world.seed, push))


def _release(work: Work, sent: str) -> None:
    for held in work.tx.all(tables.held_pushes, Push):
        if held.id != sent:
            held.held = False
            work.tx.update(tables.pushes, held)
            due.schedule(work, KIND, held.id, work.now)
