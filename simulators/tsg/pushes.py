"""The sign_up push: what it says, and how it is put in the outbox (device registration, step 2, R2.1)."""

from typing import TYPE_CHECKING, Any

from simulators.kit import clock, due, seeds
from simulators.kit.lazy import lazy
from simulators.kit.work import Work
from simulators.tsg.records import Push, SignUpCode, Subject

if TYPE_CHECKING:
    from simulators.tsg import tables
else:
    tables = lazy("simulators.tsg.tables")

KIND = "push"
CREDENTIAL_TYPE = "emCert"


def enqueue(work: Work, subject: Subject, code: SignUpCode) -> Push:
    """Have the institution told that a subject has used a code, in the transaction that marks the code as used.

    The push's id is its ``webhook-id``, the same at every try.
    """
    number = work.tx.next("push")
    push = Push(
        id="msg_" + seeds.derive_hex(work.world.seed, "push", number, length=24),
        number=number,
        subject_id=subject.subject_id,
        service_id=code.service_id,
        external_reference=code.external_reference,
        made_at=work.now,
        traceparent=work.trace.parent_for_calls(),
    )
    work.tx.insert(tables.pushes, push)
    due.schedule(work, KIND, push.id, work.now)
    return push


def message(push: Push, subject: Subject) -> dict[str, Any]:
    """Return what a push says; it says the same at every try."""
    return {
        "type": "sign_up",
        "timestamp": clock.stamp(push.made_at),
        "data": {
            "service_id": push.service_id,
            "subject_id": push.subject_id,
            "external_reference": push.external_reference,
            "credential": {
                "type": CREDENTIAL_TYPE,
                "emCertID": subject.subject_id,
                "device": {"os": subject.os, "model": subject.model},
            },
        },
    }
