"""When a user's session ends, and what its token gives away."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.auth_service import sessions
from simulators.auth_service.users import new_user

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LIFETIME = timedelta(minutes=30)
IDLE = timedelta(minutes=5)
INSTANT = timedelta(microseconds=1)
ASHA = new_user("Asha", None, None, None)


@pytest.mark.parametrize(
    ("passed", "idle", "live"),
    [
        (timedelta(), None, True),
        (LIFETIME - INSTANT, None, True),
        (LIFETIME, None, False),
        (IDLE - INSTANT, IDLE, True),
        (IDLE, IDLE, False),
        (LIFETIME - INSTANT, LIFETIME * 2, True),
        (LIFETIME, LIFETIME * 2, False),
    ],
)
def test_a_session_ends_at_the_instant_of_its_expiry_or_when_it_was_idle_for_too_long(passed, idle, live):
    session = sessions.begin("token", ASHA, NOW, LIFETIME)
    assert sessions.is_live(session, NOW + passed, idle) is live


def test_a_session_keeps_no_token_only_its_digest():
    token = sessions.draw_token()
    session = sessions.begin(token, ASHA, NOW, LIFETIME)
    assert token not in str(session)
    assert session.id == sessions.id_of(token) != sessions.id_of(token + "x")
    assert (session.user_key, session.username) == ("asha", "Asha")


def test_no_two_tokens_are_the_same_and_each_can_be_sent_as_a_bearer_token():
    tokens = {sessions.draw_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 and token.isascii() and " " not in token for token in tokens)
