"""Signed tokens; user ids; the stages of a registration."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.cymmetri.policies import UserIdPolicy
from simulators.cymmetri.records import Registration, Reservation
from simulators.cymmetri.staged_tokens import ExpiredToken, InvalidToken, LoginToken, RefreshToken, Seal, StagedToken
from simulators.cymmetri.stages import is_before, is_under_way
from simulators.cymmetri.user_ids import broken_rule, explain_rule, is_held_by_another, user_id_key

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
ORIGIN = "one world"
SEAL = Seal(ORIGIN)
TOKEN = StagedToken(registration="r", stage="USER_ID", number=4, expires_at=LATER)


def test_a_token_says_what_was_sealed_until_it_expires():
    text = SEAL.sign(TOKEN)
    assert SEAL.open(text, StagedToken, LATER - timedelta(microseconds=1)) == TOKEN
    with pytest.raises(ExpiredToken, match=r"^expired$"):
        SEAL.open(text, StagedToken, LATER)


def test_a_token_is_opened_by_every_version():
    claims, signature = (
        "eyJleHBpcmVzX2F0IjoiMjAyNi0wMS0wNVQwOTozMDowMFoiLCJyZWdpc3RyYXRpb24iOiJyIiwic3RhZ2UiOiJVU0VSX0lEIiwibnVtYmVyIjo0fQ",
        "6qX6hUfzGXkPb6mc-0p-Petmvre0aPwiuMPQATLDpLw",
    )
    assert Seal(ORIGIN).open(f"{claims}.{signature}", StagedToken, NOW) == TOKEN


def test_a_token_of_another_world_is_as_good_as_forged():
    with pytest.raises(InvalidToken, match=r"^forged, or of another world$"):
        SEAL.open(Seal("another world").sign(TOKEN), StagedToken, NOW)


@pytest.mark.parametrize("text", ["", ".", "forged", SEAL.sign(TOKEN)[:-1], "x" + SEAL.sign(TOKEN), "é" * 9])
def test_what_was_not_signed_here_is_no_token(text):
    with pytest.raises(InvalidToken):
        SEAL.open(text, StagedToken, NOW)


def test_a_token_is_of_one_kind_only():
    refresh = RefreshToken(cif="1", number=1, expires_at=LATER)
    with pytest.raises(InvalidToken):
        SEAL.open(SEAL.sign(refresh), LoginToken, NOW)


@pytest.mark.parametrize(
    ("user_id", "rule"),
    [
        ("asha", None), ("Asha_R-1.x", None), ("ash", "MIN_LENGTH"), ("a" * 32, None), ("a" * 33, "MAX_LENGTH"),
        ("1asha", "PATTERN"),
        ("asha rao", "PATTERN"), ("ashä", "PATTERN"), ("asha\n", "PATTERN"),
    ],
)  # fmt: skip
def test_a_user_id_follows_the_rules(user_id, rule):
    policy = UserIdPolicy()
    assert broken_rule(user_id, policy) == rule
    assert rule is None or explain_rule(rule, policy)


def test_user_ids_are_compared_in_no_letter_case():
    assert user_id_key("Straße.A") == user_id_key("STRASSE.a")


def test_a_user_id_is_held_for_its_customer_until_the_hold_ends():
    held = Reservation("sunrise", "1", LATER)
    assert is_held_by_another(held, "2", NOW)
    assert is_held_by_another(held, "2", LATER - timedelta(microseconds=1))
    assert not is_held_by_another(held, "1", NOW)
    assert not is_held_by_another(held, "2", LATER)
    assert not is_held_by_another(None, "2", NOW)


def test_a_registration_is_under_way_until_superseded_completed_or_left_alone_too_long():
    def one(**changed):
        fields = {
            "id": "r", "cif": "1", "device": "d", "legal_name": "Asha", "email": "a@b.cd", "mobile": None, "card": None,
            "created_at": NOW, "stage": "USER_ID", "token_number": 1, "token_expires_at": LATER, **changed,
        }  # fmt: skip
        return Registration(**fields)

    assert is_under_way(one(), NOW)
    assert not is_under_way(one(), LATER)
    assert not is_under_way(one(superseded=True), NOW)
    assert not is_under_way(one(stage="COMPLETED"), NOW)


def test_stages_come_in_the_documents_order():
    assert is_before("VERIFY_EMAIL_OTP", "VERIFY_MOBILE_OTP")
    assert is_before("VALIDATE_PASSWORD", "SET_PASSWORD")
    assert not is_before("SET_PASSWORD", "SET_PASSWORD")
