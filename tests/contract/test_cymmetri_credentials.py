"""Steps 8 to 11: user id and password; every branch."""

import pytest
from cymmetri_rig import ASHA, BINA, CARD_NUMBER, CHITRA, PASSWORD, Cymmetri


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


def saved(cymmetri, token, user_id):
    return cymmetri.call("saveuserid", {"userId": user_id}, token)


@pytest.mark.parametrize(("held", "branch"), [("asha_old", "WR-8.1"), (None, "WR-8.2")])
def test_the_user_id_at_the_bank_is_told(cymmetri, held, branch):
    token = cymmetri.at_user_id()
    cymmetri.bank.user_ids[ASHA["cif"]] = held
    said = cymmetri.call("existingUserId", token=token, method="GET")
    assert [*said] == [200, None, branch]
    assert said.data == {"userId": held}


def test_a_free_user_id_is_saved(cymmetri):
    said = saved(cymmetri, cymmetri.at_user_id(), "Asha.Rao")
    assert [*said] == [200, None, "WR-9.1"]
    assert {**said.data, "token": None} == {"userId": "Asha.Rao", "nextStep": "VALIDATE_PASSWORD", "token": None}


@pytest.mark.parametrize("user_id", ["CHITRA.k", "BINA_das"])
def test_a_user_id_in_use_in_any_letter_case_is_refused_and_another_can_be_tried(cymmetri, user_id):
    cymmetri.bank.user_ids[BINA["cif"]] = "bina_DAS"
    token = cymmetri.at_user_id()
    assert [*saved(cymmetri, token, user_id)] == [409, "USER_ID_ALREADY_EXISTS", "WR-9.2"]
    assert saved(cymmetri, token, "asha.rao").branches == "WR-9.1"


def test_a_user_id_held_for_another_customer_is_in_use_until_the_hold_ends(cymmetri):
    saved(cymmetri, cymmetri.at_user_id(), "sunrise")
    cymmetri.bank.cards[BINA["cif"]] = [("DEBIT", "active")]
    token = cymmetri.at_user_id(id=BINA["cif"])
    assert [*saved(cymmetri, token, "SunRise")] == [409, "USER_ID_ALREADY_EXISTS", "WR-9.2"]
    cymmetri.advance("PT10M")
    assert saved(cymmetri, token, "SunRise").branches == "WR-9.1"


def test_a_customer_who_chooses_another_user_id_lets_go_of_the_first(cymmetri):
    token = cymmetri.at_password("sunrise")
    again = saved(cymmetri, token, "moonrise")
    assert again.branches == "WR-9.1"
    assert [*cymmetri.call("validatePassword", {"password": PASSWORD}, token)] == [401, "UNAUTHORIZED", ""]
    assert saved(cymmetri, cymmetri.at_user_id(id=BINA["cif"]), "sunrise").branches == "WR-9.1"


@pytest.mark.parametrize(
    ("user_id", "rule"),
    [("abc", "MIN_LENGTH"), ("a" * 33, "MAX_LENGTH"), ("1asha", "PATTERN"), ("as ha", "PATTERN"), ("", "MIN_LENGTH")],
)
def test_a_user_id_that_breaks_a_rule_is_refused_with_the_rule(cymmetri, user_id, rule):
    said = saved(cymmetri, cymmetri.at_user_id(), user_id)
    assert [*said] == [400, "INVALID_USER_ID", "WR-9.3"]
    assert said.meta == {"field": "userId", "rule": rule}


@pytest.mark.parametrize("held", ["asha_old", "a1"])
def test_a_customer_keeps_the_user_id_held_at_the_bank_whatever_the_rules(cymmetri, held):
    cymmetri.bank.user_ids[ASHA["cif"]] = held
    assert saved(cymmetri, cymmetri.at_user_id(), held.upper()).branches == "WR-9.4"


def test_nothing_is_saved_while_the_bank_is_down(cymmetri):
    token = cymmetri.at_user_id()
    cymmetri.bank.down = True
    assert [*saved(cymmetri, token, "asha.rao")] == [503, "UPSTREAM_UNAVAILABLE", ""]
    cymmetri.bank.down = False
    assert saved(cymmetri, token, "asha.rao").branches == "WR-9.1"


def test_a_password_that_follows_the_rules_leads_to_the_last_step(cymmetri):
    said = cymmetri.call("validatePassword", {"password": PASSWORD}, cymmetri.at_password())
    assert [*said] == [200, None, "WR-10.1"]
    assert {**said.data, "token": None} == {"valid": True, "nextStep": "SET_PASSWORD", "token": None}


@pytest.mark.parametrize(
    ("password", "violations"),
    [
        ("Tr0mb!x", ["MIN_LENGTH"]),
        ("Tr0mbone!" + "x" * 60, ["MAX_LENGTH"]),
        ("Trombone!x", ["MIN_DIGITS"]),
        ("Tr0mbonexx", ["MIN_SPECIALS"]),
        ("tr0mbone!x", ["MIN_UPPER"]),
        ("TR0MBONE!X", ["MIN_LOWER"]),
        ("1234567!", ["MIN_ALPHA", "MIN_UPPER", "MIN_LOWER"]),
        ("Tr0m bone!x", ["DISALLOWED_CHARACTER"]),
        ("wELCOME@123", ["BLACKLISTED"]),
        ("As.Walk3r!", ["EQUALS_LOGIN_ID"]),
        ("xASHAx!123x", ["CONTAINS_NAME"]),
        ("Old#Gold12", ["PASSWORD_HISTORY"]),
        ("asha", ["MIN_LENGTH", "MIN_DIGITS", "MIN_SPECIALS", "MIN_UPPER", "CONTAINS_NAME"]),
    ],
)
def test_every_broken_rule_is_named_and_another_password_can_be_tried(settings, password, violations):
    people = {
        "formerPasswords": [{"cif": ASHA["cif"], "passwords": ["Anc1ent!!x", "Old#Gold12", "b1!Bxxxx", "c1!Cxxxx"]}]
    }
    cymmetri = Cymmetri(settings, {"user_id": {"pattern": ".*"}}, people)
    token = cymmetri.at_password("as.walk3r!")
    said = cymmetri.call("validatePassword", {"password": password}, token)
    assert [*said] == [422, "PASSWORD_POLICY_VIOLATION", "WR-10.2"]
    assert said.meta["violations"] == violations
    assert cymmetri.call("validatePassword", {"password": "Anc1ent!!x"}, token).branches == "WR-10.1"


def test_setting_the_password_makes_the_user_who_can_log_in(cymmetri):
    token = cymmetri.at_set("Asha.Rao", type="CARD", id=None, cardNumber=CARD_NUMBER)
    said = cymmetri.set_password(token)
    assert [*said] == [200, None, "WR-11.1"]
    assert said.data == {"userId": "Asha.Rao", "status": "ACTIVE"}
    assert cymmetri.log_in("asha.RAO", PASSWORD).status == 200
    searches = len(cymmetri.searches)
    for identity in (
        {},
        {"type": "EMAIL", "id": ASHA["email"]},
        {"type": "CARD", "id": None, "cardNumber": CARD_NUMBER},
    ):
        assert cymmetri.check(**identity).branches == "WR-1.1"
    assert len(cymmetri.searches) == searches
    assert [*cymmetri.set_password(token)] == [409, "STEP_OUT_OF_ORDER", ""]


def test_a_password_against_the_policy_is_not_set(cymmetri):
    token = cymmetri.at_set()
    said = cymmetri.set_password(token, "password")
    assert [*said] == [422, "PASSWORD_POLICY_VIOLATION", "WR-11.2"]
    assert said.meta["violations"] == ["MIN_DIGITS", "MIN_SPECIALS", "MIN_UPPER"]
    assert len(cymmetri.accounts) == 1
    assert cymmetri.set_password(token).branches == "WR-11.1"


def test_by_default_another_good_password_than_the_validated_one_can_be_set(cymmetri):
    assert cymmetri.set_password(cymmetri.at_set(), "An0ther!one").branches == "WR-11.1"


def test_by_policy_just_the_validated_password_can_be_set(settings):
    cymmetri = Cymmetri(settings, {"password": {"must_be_validated_one": True}})
    token = cymmetri.at_set()
    said = cymmetri.set_password(token, "An0ther!one")
    assert [*said] == [422, "PASSWORD_POLICY_VIOLATION", "WR-11.2"]
    assert cymmetri.set_password(token).branches == "WR-11.1"


def test_a_confirmation_that_differs_sets_nothing(cymmetri):
    token = cymmetri.at_set()
    said = cymmetri.set_password(token, PASSWORD, "Tr0mbone!y")
    assert [*said] == [400, "PASSWORD_MISMATCH", "WR-11.3"]
    assert len(cymmetri.accounts) == 1
    assert cymmetri.set_password(token).branches == "WR-11.1"


@pytest.mark.parametrize("step", ["at_email", "at_mobile", "at_card", "at_user_id", "at_password"])
def test_no_password_is_set_before_its_step(cymmetri, step):
    assert [*cymmetri.set_password(getattr(cymmetri, step)())] == [409, "STEP_OUT_OF_ORDER", "WR-11.4"]
    assert len(cymmetri.accounts) == 1


def test_a_user_id_taken_at_the_bank_meanwhile_leads_back_to_choosing_one(cymmetri):
    token = cymmetri.at_set("sunrise")
    cymmetri.bank.user_ids[BINA["cif"]] = "SUNRISE"
    said = cymmetri.set_password(token)
    assert [*said] == [409, "USER_ID_ALREADY_EXISTS", "WR-11.5"]
    assert said.data["nextStep"] == "USER_ID"
    assert len(cymmetri.accounts) == 1
    assert [*cymmetri.set_password(token)] == [409, "STEP_OUT_OF_ORDER", "WR-11.4"]
    assert saved(cymmetri, said.token, "moonrise").branches == "WR-9.1"


def test_a_user_id_whose_hold_ended_and_that_another_customer_took_is_lost(cymmetri):
    asha = cymmetri.at_set("sunrise")
    cymmetri.advance("PT10M")
    bina = cymmetri.at_set("SUNRISE", id=BINA["cif"])
    assert [*cymmetri.set_password(asha)] == [409, "USER_ID_ALREADY_EXISTS", "WR-11.5"]
    assert cymmetri.set_password(bina).branches == "WR-11.1"


def test_a_user_id_whose_hold_ended_but_that_nobody_took_is_still_the_customers(cymmetri):
    token = cymmetri.at_set("sunrise")
    cymmetri.advance("PT15M")
    assert cymmetri.set_password(token).branches == "WR-11.1"


def test_a_customers_own_user_id_at_the_bank_is_no_obstacle(cymmetri):
    cymmetri.bank.user_ids[ASHA["cif"]] = "asha_old"
    assert cymmetri.set_password(cymmetri.at_set("asha_old")).branches == "WR-11.1"


def test_no_password_is_set_while_the_bank_is_down(cymmetri):
    token = cymmetri.at_set()
    cymmetri.bank.down = True
    assert [*cymmetri.set_password(token)] == [503, "UPSTREAM_UNAVAILABLE", ""]
    cymmetri.bank.down = False
    assert cymmetri.set_password(token).branches == "WR-11.1"


def test_a_user_of_cymmetri_is_not_found_twice(cymmetri):
    assert cymmetri.accounts == [{"cif": CHITRA["cif"], "userId": "Chitra.K", "blocked": False, "blockedUntil": None}]
