"""The outbox of pushes: made in the transaction that makes them necessary, and sent again by hand."""

from simulators.kit import seeds
from simulators.kit.errors import SandboxRefusal
from simulators.kit.scheduling import due
from simulators.kit.work import Work
from simulators.tsg import push_receivers, tables
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.records import Push

KIND = "push"


def enqueue(
    work: Work, subject_id: str, service_id: str, external_reference: str, *, credential: str | None
) -> Push:  # fmt: skip
    """Have the institution told that a subject has used a sign-up code; ``credential`` is JSON.

    The push's id is its ``webhook-id``, the same at every try.
    """
    number = work.tx.next("push")
    push = Push(
        id="msg_" + seeds.derive_hex(work.world.seed, "push", number, length=24),
        number=number,
        subject_id=subject_id,
        service_id=service_id,
        external_reference=external_reference,
        made_at=work.now,
        traceparent=work.trace.parent_for_calls(),
        receiver=push_receivers.receiver_of(work.world.policies(TsgPolicies)).name,
        credential=credential,
        tracestate=work.trace.state,
    )
    work.tx.insert(tables.pushes, push)
    due.schedule(work, KIND, push.id, work.now)
    return push


def resend(work: Work, id: str) -> Push:
    """Have a push sent again, whatever became of it. Raises SandboxRefusal (``unknown-push``, 404)."""
    push = work.tx.get(tables.pushes, Push, id=id)
    if push is None:
        raise SandboxRefusal("unknown-push", 404, f"There is no push {id!r} in this world.")
    push.state = "pending"
    work.tx.update(tables.pushes, push)
    due.schedule(work, KIND, push.id, work.now)
    return push
