"""The states of a subject: certified, signed_up, registered, and revoked, which is final."""

from simulators.tsg.errors import subject_not_found, subject_revoked
from simulators.tsg.records import Subject, SubjectState


def state_when_signed_up(subject: Subject) -> SubjectState:
    """Return the state after a code was used; a registered subject stays registered. Raises SUBJECT_REVOKED."""
    if subject.state == "revoked":
        raise subject_revoked()
    return "registered" if subject.state == "registered" else "signed_up"


def state_when_registered(subject: Subject | None) -> SubjectState:
    """Return the state after the institution registers the subject (device registration, step 3, P3.1).

    Raises SUBJECT_NOT_FOUND where no sign-up came before, SUBJECT_REVOKED.
    """
    return _move_to(subject, "registered")


def state_when_unregistered(subject: Subject | None) -> SubjectState:
    """Return the state after the institution unregisters the subject, which stays signed up. Raises as above."""
    return _move_to(subject, "signed_up")


def state_when_revoked(subject: Subject | None) -> SubjectState:
    """Return the state after the institution revokes the subject. Raises SUBJECT_NOT_FOUND."""
    if subject is None:
        raise subject_not_found()
    return "revoked"


def _move_to(subject: Subject | None, state: SubjectState) -> SubjectState:
    if subject is None or subject.state == "certified":
        raise subject_not_found()
    if subject.state == "revoked":
        raise subject_revoked()
    return state
