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
        (subjects.state_when_signed_up, "certified", "signed_up"),
        (subjects.state_when_signed_up, "signed_up", "signed_up"),
        (subjects.state_when_signed_up, "registered", "registered"),
        (subjects.state_when_signed_up, "revoked", REVOKED),
        (subjects.state_when_registered, None, NOT_FOUND),
        (subjects.state_when_registered, "certified", NOT_FOUND),
        (subjects.state_when_registered, "signed_up", "registered"),
        (subjects.state_when_registered, "registered", "registered"),
        (subjects.state_when_registered, "revoked", REVOKED),
        (subjects.state_when_unregistered, None, NOT_FOUND),
        (subjects.state_when_unregistered, "certified", NOT_FOUND),
        (subjects.state_when_unregistered, "signed_up", "signed_up"),
        (subjects.state_when_unregistered, "registered", "signed_up"),
        (subjects.state_when_unregistered, "revoked", REVOKED),
        (subjects.state_when_revoked, None, NOT_FOUND),
        (subjects.state_when_revoked, "certified", "revoked"),
        (subjects.state_when_revoked, "registered", "revoked"),
        (subjects.state_when_revoked, "revoked", "revoked"),
    ],
)
def test_a_subject_moves_as_far_as_its_state_allows(move, before, after):
    if after in (NOT_FOUND, REVOKED):
        with pytest.raises(Refusal, match=after):
            move(subject(before))
    else:
        assert move(subject(before)) == after
