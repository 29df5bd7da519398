"""The subjects as the institution looks them up and changes them (device registration, steps 0 and 3)."""

from collections.abc import Callable

from simulators.kit.work import Work
from simulators.tsg import subjects, tables
from simulators.tsg.errors import subject_not_found
from simulators.tsg.records import Subject, SubjectState


def find(work: Work, subject_id: str) -> Subject:
    """Return a subject, whatever its state. Raises Refusal (``SUBJECT_NOT_FOUND``, 404)."""
    subject = work.tx.get(tables.subjects, Subject, subject_id=subject_id)
    if subject is None:
        raise subject_not_found()
    return subject


def find_registered(work: Work, service_id: str, subject_id: str) -> Subject:
    """Return a registered subject; any other is not found (Q2). Raises Refusal (``SUBJECT_NOT_FOUND``, 404)."""
    subject = work.tx.get(tables.subjects, Subject, subject_id=subject_id)
    work.decide(None, "subject.lookup", service_id=service_id, state=subject.state if subject else "unknown")
    if subject is None or subject.state != "registered":
        raise subject_not_found()
    return subject


def register(work: Work, service_id: str, subject_id: str) -> Subject:
    """Register a subject that has signed up; a registered one stays so (P3.1). Raises Refusal."""
    return _change(work, subject_id, "subject.registered", subjects.state_when_registered, service_id=service_id)


def unregister(work: Work, subject_id: str, reason: str) -> Subject:
    """Take a subject's registration away; it stays signed up and can be registered again. Raises Refusal."""
    return _change(work, subject_id, "subject.unregistered", subjects.state_when_unregistered, reason=reason)


def revoke(work: Work, subject_id: str, reason: str) -> Subject:
    """Revoke a subject for good; its phone needs a new emCert and a new sign-up. Raises Refusal."""
    return _change(work, subject_id, "subject.revoked", subjects.state_when_revoked, reason=reason)


def _change(
    work: Work, subject_id: str, rule: str, next_state: Callable[[Subject | None], SubjectState], **facts: str
) -> Subject:
    found = work.tx.get(tables.subjects, Subject, subject_id=subject_id)
    work.decide(None, rule, **facts, state=found.state if found else "unknown")
    state = next_state(found)
    assert found is not None
    found.state = state
    work.tx.update(tables.subjects, found)
    return found
