"""Steps 6 and 7: the factors, and authentication with a card; every branch."""

import pytest

from tests.contract.cymmetri.rig import ASHA, CREDIT, DEBIT, Cymmetri

WRONG = DEBIT | {"pin": "0000"}


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


@pytest.fixture
def token(cymmetri):
    return cymmetri.at_card()


def verifications(cymmetri):
    return [path for _, path, _ in cymmetri.bank.asked if path == "/cbs/cards/verify"]


@pytest.mark.parametrize(
    ("cards", "factors", "branch"),
    [
        ([("DEBIT", "active"), ("CREDIT", "active")], ["DEBIT_CARD", "CREDIT_CARD"], "WR-6.1"),
        ([("CREDIT", "active"), ("DEBIT", "hotlisted")], ["CREDIT_CARD"], "WR-6.1"),
        ([("DEBIT", "expired"), ("PREPAID", "active")], [], "WR-6.2"),
        ([], [], "WR-6.2"),
    ],
)
def test_just_the_factors_that_the_customer_can_use_are_listed(cymmetri, token, cards, factors, branch):
    cymmetri.bank.cards[ASHA["cif"]] = cards
    reply = cymmetri.call("mfa/list", token=token, method="GET")
    assert [*reply] == [200, None, branch]
    assert reply.data == {"factors": factors}
    assert ("branch" in reply.body["message"]) is (not factors)


def test_the_factors_are_not_listed_while_the_bank_is_down(cymmetri, token):
    cymmetri.bank.down = True
    assert [*cymmetri.call("mfa/list", token=token, method="GET")] == [503, "UPSTREAM_UNAVAILABLE", "WR-6.3"]


@pytest.mark.parametrize(("card", "branch"), [(DEBIT, "WR-7.1"), (CREDIT, "WR-7.2")])
def test_right_card_details_lead_to_the_user_id(cymmetri, token, card, branch):
    reply = cymmetri.call("authenticateUser", card, token)
    assert [*reply] == [200, None, branch]
    assert reply.data["nextStep"] == "USER_ID"
    assert cymmetri.call("existingUserId", token=reply.token, method="GET").status == 200


@pytest.mark.parametrize("wrong", [{"pin": "0000"}, {"expiry": "0131"}, {"cardLast4": "9999"}])
def test_wrong_details_are_counted_and_never_told_apart(cymmetri, token, wrong):
    reply = cymmetri.call("authenticateUser", DEBIT | wrong, token)
    assert [*reply] == [401, "AUTHENTICATION_FAILED", "WR-7.3"]
    assert reply.meta == {"attemptsLeft": 2}
    assert reply.body["message"] == "The card details are not right."


def test_the_last_wrong_details_block(cymmetri, token):
    for branch in ("WR-7.3", "WR-7.3", "WR-7.4"):
        reply = cymmetri.call("authenticateUser", WRONG, token)
        assert reply.branches == branch
    assert [reply.status, reply.reason] == [423, "USER_BLOCKED"]
    assert reply.meta == {"blockedUntil": "2026-01-05T09:30:00.000Z"}
    asked = len(cymmetri.bank.asked)
    assert [*cymmetri.call("authenticateUser", DEBIT, token)] == [423, "USER_BLOCKED", "WR-7.8"]
    assert [*cymmetri.call("authenticateUser", WRONG | {"expiry": "1399"}, token)] == [423, "USER_BLOCKED", "WR-7.8"]
    assert [*cymmetri.call("mfa/list", token=token, method="GET")] == [423, "USER_BLOCKED", "WR-6.4"]
    assert len(cymmetri.bank.asked) == asked
    assert cymmetri.check().branches == "WR-1.4"


@pytest.mark.parametrize("factor", ["CREDIT_CARD", "FINGERPRINT"])
def test_a_factor_that_is_not_the_customers_is_refused_and_not_counted(cymmetri, token, factor):
    cymmetri.bank.cards[ASHA["cif"]] = [("DEBIT", "active")]
    reply = cymmetri.call("authenticateUser", CREDIT | {"mfaType": factor}, token)
    assert [*reply] == [400, "FACTOR_NOT_AVAILABLE", "WR-7.5"]
    assert not verifications(cymmetri)
    assert cymmetri.call("authenticateUser", WRONG, token).meta == {"attemptsLeft": 2}


@pytest.mark.parametrize("code", ["43", "54"])
def test_a_card_that_cannot_be_used_is_refused_like_wrong_details(cymmetri, token, code):
    cymmetri.bank.cards[ASHA["cif"]] = [("DEBIT", "hotlisted")]
    wrong = cymmetri.call("authenticateUser", WRONG, token)
    cymmetri.bank.verdicts["DEBIT"] = code
    reply = cymmetri.call("authenticateUser", DEBIT, token)
    assert [*reply] == [401, "AUTHENTICATION_FAILED", "WR-7.6"]
    assert reply.body == wrong.body | {"errorMeta": {"attemptsLeft": 1}}
    assert [*cymmetri.call("authenticateUser", DEBIT, token)] == [423, "USER_BLOCKED", "WR-7.6,WR-7.4"]


@pytest.mark.parametrize(
    "odd", [(500, {}), (200, {}), (200, {"code": ""}), (200, {"code": "91"}), (404, {"code": "55"})]
)
def test_an_outage_while_verifying_is_not_counted(cymmetri, token, odd):
    def fail_at_verification(path):
        cymmetri.bank.odd = odd if path.endswith("verify") else None

    cymmetri.bank.before_answer = fail_at_verification
    for _ in range(4):
        reply = cymmetri.call("authenticateUser", WRONG, token)
        assert [*reply] == [503, "UPSTREAM_UNAVAILABLE", "WR-7.7"]
        assert reply.headers["Retry-After"]
    cymmetri.bank.before_answer = cymmetri.bank.odd = None
    assert cymmetri.call("authenticateUser", WRONG, token).meta == {"attemptsLeft": 2}


def test_a_bank_that_cannot_be_reached_is_an_outage(cymmetri, token):
    cymmetri.bank.down = True
    assert [*cymmetri.call("authenticateUser", DEBIT, token)] == [503, "UPSTREAM_UNAVAILABLE", "WR-7.7"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"expiry": "1330"}, "expiry"),
        ({"cardLast4": "12"}, "cardLast4"),
        ({"pin": None}, "pin"),
        ({"pin": "12e4"}, "pin"),
    ],
)
def test_what_can_be_no_card_details_is_refused_in_place_and_not_counted(cymmetri, token, change, field):
    asked = len(cymmetri.bank.asked)
    for _ in range(4):
        reply = cymmetri.call("authenticateUser", DEBIT | change, token)
        assert [*reply] == [400, "VALIDATION_FAILED", "WR-7.9"]
        assert reply.meta == {"field": field}
    assert len(cymmetri.bank.asked) == asked
    assert cymmetri.call("authenticateUser", WRONG, token).meta == {"attemptsLeft": 2}


def test_a_credit_card_is_verified_by_its_cvv_and_not_by_a_pin(cymmetri, token):
    by_pin = {**CREDIT, "pin": "1357", "cvv": None}
    assert cymmetri.call("authenticateUser", by_pin, token).meta == {"field": "cvv"}
    assert cymmetri.call("authenticateUser", CREDIT | {"pin": "0000"}, token).branches == "WR-7.2"


def test_the_attempt_that_met_an_outage_is_given_back(settings):
    cymmetri = Cymmetri(settings, {"card": {"max_attempts": 1}})
    token = cymmetri.at_card()

    def fail(path):
        cymmetri.bank.down = path.endswith("verify")

    cymmetri.bank.before_answer = fail
    assert cymmetri.call("authenticateUser", DEBIT, token).branches == "WR-7.7"
    cymmetri.bank.before_answer, cymmetri.bank.down = None, False
    assert cymmetri.call("authenticateUser", DEBIT, token).branches == "WR-7.1"


def test_a_token_opens_just_its_own_steps(cymmetri, token):
    for operation, body, method in [
        ("existingUserId", None, "GET"),
        ("saveuserid", {"userId": "asha.rao"}, "POST"),
        ("validatePassword", {"password": "x"}, "POST"),
        ("resendOtpMobile", {}, "POST"),
    ]:
        assert [*cymmetri.call(operation, body, token, method)] == [409, "STEP_OUT_OF_ORDER", ""]
    assert cymmetri.call("authenticateUser", DEBIT, token).status == 200
    assert [*cymmetri.call("authenticateUser", DEBIT, token)] == [409, "STEP_OUT_OF_ORDER", ""]


def test_a_registration_superseded_while_the_bank_was_asked_does_not_go_on(cymmetri, token):
    def begin_again(path):
        if path.endswith("verify"):
            cymmetri.bank.before_answer = None
            cymmetri.check()

    cymmetri.bank.before_answer = begin_again
    assert [*cymmetri.call("authenticateUser", DEBIT, token)] == [401, "UNAUTHORIZED", ""]
