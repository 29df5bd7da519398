"""The bearer token of a logged-in user."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.auth_service import tokens

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
KEY = tokens.key_for("signing-key", "default", NOW)
LIFETIME = timedelta(minutes=30)


def test_a_token_tells_whose_it_is_until_its_last_second():
    issued = tokens.issue(KEY, "asha", NOW, LIFETIME)
    assert issued.expires_in == 1800
    claims = tokens.read(KEY, issued.token, NOW + LIFETIME - timedelta(seconds=1))
    assert claims == tokens.Claims("asha", int(NOW.timestamp()) + 1800)
    assert tokens.read(KEY, issued.token, NOW + LIFETIME) is None


@pytest.mark.parametrize(
    "other",
    [("another-key", "default", NOW), ("signing-key", "other", NOW), ("signing-key", "default", NOW + LIFETIME)],
)
def test_a_token_of_another_sandbox_or_world_or_of_a_former_world_is_nobodys(other):
    issued = tokens.issue(tokens.key_for(*other), "asha", NOW, LIFETIME)
    assert tokens.read(KEY, issued.token, NOW) is None


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "ünîcode", "eyJzdWIiOiJhc2hhIn0.sig"])
def test_a_forged_token_is_nobodys(forged):
    assert tokens.read(KEY, forged, NOW) is None


def test_a_token_that_was_changed_is_nobodys():
    token = tokens.issue(KEY, "asha", NOW, LIFETIME).token
    changed = ("f" if token[0] != "f" else "e") + token[1:]
    assert tokens.read(KEY, changed, NOW) is None
