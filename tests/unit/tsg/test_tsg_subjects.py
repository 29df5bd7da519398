"""The states of a subject."""

from datetime import UTC, datetime

import pytest

from simulators.kit.errors import Refusal
from simulators.tsg import subjects
from simulators.tsg.records import Subject

NOT_FOUND, REVOKED = "SUBJECT_NOT_FOUND", "SUBJECT_REVOKED"


def subject(state):
    return state and Subject("s", 1, state, "iOS", "17", [], datetime(2030, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [
        (subjects.signed_up, "certified", "signed_up"),
        (subjects.signed_up, "signed_up", "signed_up"),
        (subjects.signed_up, "registered", "registered"),
        (subjects.signed_up, "revoked", REVOKED),
        (subjects.registered, None, NOT_FOUND),
        (subjects.registered, "certified", NOT_FOUND),
        (subjects.registered, "signed_up", "registered"),
        (subjects.registered, "registered", "registered"),
        (subjects.registered, "revoked", REVOKED),
        (subjects.unregistered, None, NOT_FOUND),
        (subjects.unregistered, "certified", NOT_FOUND),
        (subjects.unregistered, "signed_up", "signed_up"),
        (subjects.unregistered, "registered", "signed_up"),
        (subjects.unregistered, "revoked", REVOKED),
        (subjects.revoked, None, NOT_FOUND),
        (subjects.revoked, "certified", "revoked"),
        (subjects.revoked, "registered", "revoked"),
        (subjects.revoked, "revoked", "revoked"),
    ],
)
def test_a_subject_moves_as_far_as_its_state_allows(move, before, after):
    if after in (NOT_FOUND, REVOKED):
        with pytest.raises(Refusal, match=after):
            move(subject(before))
    else:
        assert move(subject(before)) == after
