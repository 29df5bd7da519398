"""Steps 8 to 11: user id and password; every branch."""

import pytest

from tests.contract.cymmetri.rig import ASHA, BINA, CARD_NUMBER, CHITRA, DEBIT, PASSWORD, Cymmetri

SET = "WR-11.1,WR-11.6"


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


def saved(cymmetri, token, user_id):
    return cymmetri.call("saveuserid", {"userId": user_id}, token)


@pytest.mark.parametrize(("held", "branch"), [("asha_old", "WR-8.1"), (None, "WR-8.2")])
def test_the_user_id_at_the_bank_is_told(cymmetri, held, branch):
    token = cymmetri.at_user_id()
    cymmetri.bank.user_ids[ASHA["cif"]] = held
    reply = cymmetri.call("existingUserId", token=token, method="GET")
    assert [*reply] == [200, None, branch]
    assert reply.data == {"userId": held}


def test_a_free_user_id_is_saved(cymmetri):
    reply = saved(cymmetri, cymmetri.at_user_id(), "Asha.Rao")
    assert [*reply] == [200, None, "WR-9.1"]
    assert {**reply.data, "token": None} == {"userId": "Asha.Rao", "nextStep": "VALIDATE_PASSWORD", "token": None}


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
    assert [*saved(cymmetri, token, "SunRise")] == [409, "USER_ID_ALREADY_EXISTS", "WR-9.6"]
    cymmetri.advance("PT9M59.999S")
    assert [*saved(cymmetri, token, "SunRise")] == [409, "USER_ID_ALREADY_EXISTS", "WR-9.6"]
    cymmetri.advance("PT0.001S")
    assert saved(cymmetri, token, "SunRise").branches == "WR-9.1"


def test_a_user_id_in_use_is_told_as_such_even_if_it_is_held_as_well(cymmetri):
    cymmetri.bank.cards[BINA["cif"]] = [("DEBIT", "active")]
    saved(cymmetri, cymmetri.at_user_id(), "sunrise")
    cymmetri.bank.user_ids["100000009"] = "sunrise"
    assert saved(cymmetri, cymmetri.at_user_id(id=BINA["cif"]), "sunrise").branches == "WR-9.2"


def test_a_user_id_is_held_for_the_customer_however_the_registration_begins_again(cymmetri):
    saved(cymmetri, cymmetri.at_user_id(), "sunrise")
    assert saved(cymmetri, cymmetri.at_user_id(), "sunrise").branches == "WR-9.1"


@pytest.mark.parametrize("step", ["at_password", "at_set"])
def test_a_customer_may_change_their_mind_until_the_password_is_set_and_the_first_user_id_is_free_at_once(
    cymmetri, step
):
    token = getattr(cymmetri, step)("sunrise")
    again = saved(cymmetri, token, "moonrise")
    assert [*again] == [200, None, "WR-9.1,WR-9.7"]
    assert again.data["nextStep"] == "VALIDATE_PASSWORD"
    assert [*cymmetri.set_password(again.token)] == [409, "STEP_OUT_OF_ORDER", "WR-11.4"]
    assert cymmetri.call("validatePassword", {"password": PASSWORD}, token).status in (401, 409)
    bina = cymmetri.at_user_id(id=BINA["cif"])
    assert saved(cymmetri, bina, "moonrise").branches == "WR-9.6"
    assert saved(cymmetri, bina, "sunrise").branches == "WR-9.1"


def test_a_customer_who_changes_to_the_own_user_id_at_the_bank_changes_all_the_same(cymmetri):
    cymmetri.bank.user_ids[ASHA["cif"]] = "asha_old"
    assert saved(cymmetri, cymmetri.at_password("sunrise"), "ASHA_OLD").branches == "WR-9.4,WR-9.7"


def test_saving_the_same_user_id_again_is_no_change(cymmetri):
    assert saved(cymmetri, cymmetri.at_password("sunrise"), "SunRise").branches == "WR-9.1"


def test_a_customer_who_thinks_again_may_ask_for_the_user_id_at_the_bank(cymmetri):
    assert cymmetri.call("existingUserId", token=cymmetri.at_set(), method="GET").branches == "WR-8.2"


def test_a_password_equal_to_the_new_user_id_is_refused_after_the_change(settings):
    cymmetri = Cymmetri(settings, {"user_id": {"pattern": ".*"}})
    again = saved(cymmetri, cymmetri.at_set("sunrise"), PASSWORD)
    reply = cymmetri.call("validatePassword", {"password": PASSWORD}, again.token)
    assert reply.meta["violations"] == ["EQUALS_LOGIN_ID"]


@pytest.mark.parametrize(
    ("user_id", "rule"),
    [("abc", "MIN_LENGTH"), ("a" * 33, "MAX_LENGTH"), ("1asha", "PATTERN"), ("as ha", "PATTERN"), ("", "MIN_LENGTH")],
)
def test_a_user_id_that_breaks_a_rule_is_refused_with_the_rule(cymmetri, user_id, rule):
    reply = saved(cymmetri, cymmetri.at_user_id(), user_id)
    assert [*reply] == [400, "INVALID_USER_ID", "WR-9.3"]
    assert reply.meta == {"field": "userId", "rule": rule}


@pytest.mark.parametrize("held", ["asha_old", "a1"])
def test_a_customer_keeps_the_user_id_held_at_the_bank_whatever_the_rules(cymmetri, held):
    cymmetri.bank.user_ids[ASHA["cif"]] = held
    assert saved(cymmetri, cymmetri.at_user_id(), held.upper()).branches == "WR-9.4"


def test_nothing_is_saved_while_the_bank_is_down(cymmetri):
    token = cymmetri.at_user_id()
    cymmetri.bank.down = True
    assert [*saved(cymmetri, token, "asha.rao")] == [503, "UPSTREAM_UNAVAILABLE", "WR-9.5"]
    assert [*cymmetri.call("existingUserId", token=token, method="GET")] == [503, "UPSTREAM_UNAVAILABLE", "WR-8.3"]
    cymmetri.bank.down = False
    assert saved(cymmetri, token, "asha.rao").branches == "WR-9.1"


def test_a_password_that_follows_the_rules_leads_to_the_last_step(cymmetri):
    reply = cymmetri.call("validatePassword", {"password": PASSWORD}, cymmetri.at_password())
    assert [*reply] == [200, None, "WR-10.1"]
    assert {**reply.data, "token": None} == {"valid": True, "nextStep": "SET_PASSWORD", "token": None}


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
    reply = cymmetri.call("validatePassword", {"password": password}, token)
    assert [*reply] == [422, "PASSWORD_POLICY_VIOLATION", "WR-10.2"]
    assert reply.meta["violations"] == violations
    assert cymmetri.call("validatePassword", {"password": "Anc1ent!!x"}, token).branches == "WR-10.1"


def test_setting_the_password_makes_the_user_who_can_log_in(cymmetri):
    token = cymmetri.at_set("Asha.Rao", type="CARD", id=None, cardNumber=CARD_NUMBER)
    reply = cymmetri.set_password(token)
    assert [*reply] == [200, None, SET]
    assert reply.data == {"userId": "Asha.Rao", "status": "ACTIVE"}
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
    reply = cymmetri.set_password(token, "password")
    assert [*reply] == [422, "PASSWORD_POLICY_VIOLATION", "WR-11.2"]
    assert reply.meta["violations"] == ["MIN_DIGITS", "MIN_SPECIALS", "MIN_UPPER"]
    assert len(cymmetri.accounts) == 1
    assert cymmetri.set_password(token).branches == SET


def test_by_default_another_good_password_than_the_validated_one_can_be_set(cymmetri):
    assert cymmetri.set_password(cymmetri.at_set(), "An0ther!one").branches == SET


def test_by_policy_just_the_validated_password_can_be_set(settings):
    cymmetri = Cymmetri(settings, {"password": {"must_be_validated_one": True}})
    token = cymmetri.at_set()
    reply = cymmetri.set_password(token, "An0ther!one")
    assert [*reply] == [422, "PASSWORD_POLICY_VIOLATION", "WR-11.2"]
    assert cymmetri.set_password(token).branches == SET


def test_a_confirmation_that_differs_sets_nothing(cymmetri):
    token = cymmetri.at_set()
    reply = cymmetri.set_password(token, PASSWORD, "Tr0mbone!y")
    assert [*reply] == [400, "PASSWORD_MISMATCH", "WR-11.3"]
    assert len(cymmetri.accounts) == 1
    assert cymmetri.set_password(token).branches == SET


@pytest.mark.parametrize("step", ["at_email", "at_mobile", "at_card", "at_user_id", "at_password"])
def test_no_password_is_set_before_its_step(cymmetri, step):
    assert [*cymmetri.set_password(getattr(cymmetri, step)())] == [409, "STEP_OUT_OF_ORDER", "WR-11.4"]
    assert len(cymmetri.accounts) == 1


def test_a_user_id_taken_at_the_bank_meanwhile_leads_back_to_choosing_one(cymmetri):
    token = cymmetri.at_set("sunrise")
    cymmetri.bank.user_ids[BINA["cif"]] = "SUNRISE"
    reply = cymmetri.set_password(token)
    assert [*reply] == [409, "USER_ID_ALREADY_EXISTS", "WR-11.5"]
    assert reply.data["nextStep"] == "USER_ID"
    assert len(cymmetri.accounts) == 1
    assert [*cymmetri.set_password(token)] == [409, "STEP_OUT_OF_ORDER", "WR-11.4"]
    assert saved(cymmetri, reply.token, "moonrise").branches == "WR-9.1"


def test_a_user_id_whose_hold_ended_and_that_another_customer_took_is_lost(cymmetri):
    asha = cymmetri.at_set("sunrise")
    cymmetri.advance("PT10M")
    bina = cymmetri.at_set("SUNRISE", id=BINA["cif"])
    assert [*cymmetri.set_password(asha)] == [409, "USER_ID_ALREADY_EXISTS", "WR-11.5"]
    assert cymmetri.set_password(bina).branches == SET


def test_a_user_id_whose_hold_ended_but_that_nobody_took_is_still_the_customers(cymmetri):
    token = cymmetri.at_set("sunrise")
    cymmetri.advance("PT15M")
    assert cymmetri.set_password(token).branches == SET


def test_a_customers_own_user_id_at_the_bank_is_no_obstacle(cymmetri):
    cymmetri.bank.user_ids[ASHA["cif"]] = "asha_old"
    assert cymmetri.set_password(cymmetri.at_set("asha_old")).branches == SET


def test_no_password_is_set_while_the_bank_is_down(cymmetri):
    token = cymmetri.at_set()
    cymmetri.bank.down = True
    assert [*cymmetri.set_password(token)] == [503, "UPSTREAM_UNAVAILABLE", ""]
    cymmetri.bank.down = False
    assert cymmetri.set_password(token).branches == SET


@pytest.mark.parametrize("odd", [(500, {}), (200, {}), (200, {"userId": 7}), (404, {"code": "unknown-world"})])
def test_what_the_bank_answers_oddly_is_an_outage_and_neither_free_nor_none(cymmetri, odd):
    token = cymmetri.at_user_id()
    cymmetri.bank.odd = odd
    assert cymmetri.call("existingUserId", token=token, method="GET").branches == "WR-8.3"
    assert saved(cymmetri, token, "asha.rao").branches == "WR-9.5"


@pytest.mark.parametrize(("user_id", "status"), [("abc", 400), ("abcd", 200), ("a" * 32, 200), ("a" * 33, 400)])
def test_the_shortest_and_the_longest_user_id_are_saved(cymmetri, user_id, status):
    assert saved(cymmetri, cymmetri.at_user_id(), user_id).status == status


@pytest.mark.parametrize("step", ["at_user_id", "at_password", "at_set"])
def test_a_blocked_customer_is_refused_at_every_later_step(cymmetri, step):
    mobile = cymmetri.at_mobile()
    used = cymmetri.code
    card = cymmetri.call("VerifyMobileOtp", {"otp": used}, mobile).token
    token = cymmetri.call("authenticateUser", DEBIT, card).token
    if step != "at_user_id":
        token = saved(cymmetri, token, "asha.rao").token
    if step == "at_set":
        token = cymmetri.call("validatePassword", {"password": PASSWORD}, token).token
    for _ in range(3):
        cymmetri.call("VerifyMobileOtp", {"otp": used}, mobile)
    both = {"password": PASSWORD, "confirmPassword": PASSWORD}
    calls = {
        "at_user_id": [("existingUserId", None, "GET"), ("saveuserid", {"userId": "asha.rao"}, "POST")],
        "at_password": [
            ("saveuserid", {"userId": "moon"}, "POST"),
            ("validatePassword", {"password": PASSWORD}, "POST"),
        ],
        "at_set": [("setIbPassword", both, "POST"), ("validatePassword", {"password": PASSWORD}, "POST")],
    }
    asked = len(cymmetri.bank.asked)
    for operation, body, method in calls[step]:  # type: ignore[attr-defined]
        reply = cymmetri.call(operation, body, token, method)
        assert [*reply] == [423, "USER_BLOCKED", ""]
        assert reply.meta == {"blockedUntil": "2026-01-05T09:30:00.000Z"}
    assert len(cymmetri.bank.asked) == asked


def test_both_contacts_are_told_once_of_a_registration(cymmetri):
    token = cymmetri.at_set()
    cymmetri.set_password(token)
    cymmetri.settle()
    cymmetri.settle()
    cymmetri.set_password(token)
    cymmetri.settle()
    notices = [(each["purpose"], each["channel"], each["to"]) for each in cymmetri.post.notices]
    assert sorted(notices) == [("registered", "email", ASHA["email"]), ("registered", "sms", ASHA["mobile"])]
    assert not [each for each in cymmetri.post.notices if PASSWORD in str(each) or "asha.rao" in str(each)]
    assert len(set(cymmetri.post.keys)) == len(cymmetri.post.keys)


def test_the_contacts_that_were_verified_are_told(cymmetri):
    token = cymmetri.at_set()
    cymmetri.change(email="other@example.test", mobile="+919000000099")
    cymmetri.set_password(token)
    cymmetri.settle()
    assert {each["to"] for each in cymmetri.post.notices} == {ASHA["email"], ASHA["mobile"]}


def test_while_nothing_can_be_delivered_the_account_stands_and_the_customer_is_told_later(cymmetri):
    token = cymmetri.at_set()
    cymmetri.post.down = True
    assert cymmetri.set_password(token).branches == SET
    cymmetri.settle()
    assert cymmetri.log_in("asha.rao", PASSWORD).status == 200
    assert not cymmetri.post.notices
    cymmetri.advance("PT4.999S")
    cymmetri.post.down = False
    cymmetri.settle()
    assert not cymmetri.post.notices
    cymmetri.advance("PT0.001S")
    assert {each["channel"] for each in cymmetri.post.notices} == {"email", "sms"}


def test_a_customer_who_did_not_register_is_told_nothing(cymmetri):
    cymmetri.set_password(cymmetri.at_set(), "password")
    cymmetri.settle()
    assert not cymmetri.post.notices


def test_a_user_of_cymmetri_is_not_found_twice(cymmetri):
    assert cymmetri.accounts == [{"cif": CHITRA["cif"], "userId": "Chitra.K", "blocked": False, "blockedUntil": None}]
