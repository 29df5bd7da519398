"""Step 1, checkIdentity: every branch, what is answered and what does not happen."""

import pytest

from tests.contract.cymmetri.rig import ASHA, BINA, CARD_NUMBER, CHITRA, NO_CODE, Cymmetri, other


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


@pytest.mark.parametrize(
    "identity",
    [
        {"id": CHITRA["cif"]},
        {"type": "EMAIL", "id": "CHITRA@example.test"},
        {"type": "MOBILE", "id": "90000 00003"},
        {"type": "CARD", "id": None, "cardNumber": "5555-5555-5555-4444"},
    ],
)
def test_a_user_of_cymmetri_goes_to_login_and_the_bank_is_not_asked(cymmetri, identity):
    reply = cymmetri.check(**identity)
    assert [*reply] == [200, None, "WR-1.1"]
    assert reply.data == {"flow": "LOGIN", "userId": "Ch•••"}
    assert not cymmetri.bank.asked
    assert not cymmetri.post.messages


@pytest.mark.parametrize(
    "identity",
    [
        {"id": ASHA["cif"]},
        {"type": "EMAIL", "id": " asha.rao@EXAMPLE.test"},
        {"type": "MOBILE", "id": "090000 00001"},
        {"type": "CARD", "id": None, "cardNumber": "4111 1111 1111 1111"},
    ],
)
def test_a_customer_of_the_bank_registers_and_gets_a_code_by_email(cymmetri, identity):
    reply = cymmetri.check(**identity)
    assert [*reply] == [200, None, "WR-1.2"]
    assert reply.token
    assert {k: v for k, v in reply.data.items() if k != "token"} == {
        "flow": "REGISTRATION", "nextStep": "VERIFY_EMAIL_OTP", "maskedEmail": "A•••@example.test", "otpLength": 6,
        "expInMinute": 5, "attemptsLeft": 3, "resendLeft": 3,
    }  # fmt: skip
    (mail,) = cymmetri.post.messages
    assert (mail["channel"], mail["to"], mail["purpose"], mail["sender"]) == (
        "email",
        ASHA["email"],
        "email-otp",
        "cymmetri",
    )
    assert len(mail["code"]) == 6
    assert mail["code"] in mail["body"]


def test_a_stranger_is_told_so_and_gets_nothing(cymmetri):
    reply = cymmetri.check(id="999")
    assert [*reply] == [404, "USER_NOT_FOUND", "WR-1.3"]
    assert reply.body["data"] is None
    assert not cymmetri.post.messages


@pytest.mark.parametrize(("blocked", "until"), [("permanent", None), ("PT30M", "2026-01-05T09:30:00.000Z")])
def test_a_blocked_user_is_told_when_the_block_ends(settings, blocked, until):
    cymmetri = Cymmetri(settings, people={"accounts": [CHITRA | {"blocked": blocked}]})
    reply = cymmetri.check(id=CHITRA["cif"])
    assert [*reply] == [423, "USER_BLOCKED", "WR-1.4"]
    assert reply.meta == {"blockedUntil": until}
    assert not cymmetri.bank.asked
    cymmetri.advance("PT31M")
    assert cymmetri.check(id=CHITRA["cif"]).branches == ("WR-1.4" if until is None else "WR-1.1")


def test_a_customer_who_was_blocked_while_registering_is_refused(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_attempts": 1}, "block": "permanent"})
    token = cymmetri.at_email()
    cymmetri.call("VerifyEmailOtp", {"otp": other(cymmetri.code)}, token)
    reply = cymmetri.check()
    assert [*reply] == [423, "USER_BLOCKED", "WR-1.4"]
    assert reply.meta == {"blockedUntil": None}
    assert len(cymmetri.post.messages) == 1


@pytest.mark.parametrize(
    "odd",
    [
        (500, {}),
        (404, {"code": "unknown-world"}),
        (200, {}),
        (200, {"customers": [{"cif": 1}]}),
        (200, {"customers": None}),
    ],
)
def test_an_outage_of_the_bank_is_never_told_as_an_unknown_user(cymmetri, odd):
    cymmetri.bank.odd = odd
    reply = cymmetri.check()
    assert [*reply] == [503, "UPSTREAM_UNAVAILABLE", "WR-1.5"]
    assert reply.headers["Retry-After"]
    assert not cymmetri.post.messages


def test_a_bank_that_cannot_be_reached_is_an_outage(cymmetri):
    cymmetri.bank.down = True
    assert [*cymmetri.check()] == [503, "UPSTREAM_UNAVAILABLE", "WR-1.5"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "CIF", "id": "1"}, "deviceId"),
        ({"deviceId": " ", "type": "CIF", "id": "1"}, "deviceId"),
        ({"deviceId": "d", "type": "CIF"}, "id"),
        ({"deviceId": "d", "type": "CIF", "id": "  "}, "id"),
        ({"deviceId": "d", "id": "1"}, "type"),
        ({"deviceId": "d", "type": "PAN", "id": "1"}, "type"),
        ({"deviceId": "d", "type": "CIF", "id": 7}, "id"),
        ({"deviceId": "d", "type": "MOBILE", "id": "call me"}, "id"),
        ({"deviceId": "d", "type": "EMAIL", "id": "asha"}, "id"),
        ({"deviceId": "d", "type": "CARD", "id": CARD_NUMBER}, "cardNumber"),
        ({"deviceId": "d", "type": "CARD", "cardNumber": "4111111111111112"}, "cardNumber"),
        ({"deviceId": "d", "type": "CARD", "cardNumber": "18"}, "cardNumber"),
    ],
)
def test_a_malformed_request_is_told_by_its_field(cymmetri, body, field):
    reply = cymmetri.call("checkIdentity", body)
    assert [*reply] == [400, "VALIDATION_FAILED", "WR-1.6"]
    assert reply.meta == {"field": field}
    assert not cymmetri.bank.asked


@pytest.mark.parametrize(("type", "field"), [("MOBILE", "mobile"), ("EMAIL", "email")])
def test_customers_who_share_a_contact_are_asked_for_something_else_and_nobody_is_named(cymmetri, type, field):
    cymmetri.bank.customers = [ASHA, BINA | {field: ASHA[field]}]
    reply = cymmetri.check(type=type, id=ASHA[field])
    assert [*reply] == [409, "IDENTITY_AMBIGUOUS", "WR-1.12"]
    assert reply.meta == {"field": "id", "identifyBy": ["CIF", "CARD"]}
    assert "customer number" in reply.body["message"]
    told = reply.response.text + str(cymmetri.decisions("*/checkIdentity"))
    assert not [each[name] for each in (ASHA, BINA) for name in ("cif", "legalName") if each[name] in told]
    assert not cymmetri.post.messages
    assert cymmetri.check(id=BINA["cif"]).branches == "WR-1.2"
    assert cymmetri.check(type="CARD", id=None, cardNumber=CARD_NUMBER).branches == "WR-1.2"


def test_users_of_cymmetri_who_share_an_email_are_asked_for_something_else(settings):
    cymmetri = Cymmetri(settings, people={"accounts": [CHITRA, CHITRA | {"cif": "9", "userId": "other"}]})
    assert [*cymmetri.check(type="EMAIL", id=CHITRA["email"])] == [409, "IDENTITY_AMBIGUOUS", "WR-1.12"]
    assert not cymmetri.bank.asked
    assert cymmetri.check(id="9").branches == "WR-1.1"


@pytest.mark.parametrize("email", [None, ""])
def test_a_customer_without_email_is_sent_to_a_branch(cymmetri, email):
    cymmetri.bank.customers = [ASHA | {"email": email}]
    assert [*cymmetri.check()] == [409, "EMAIL_NOT_REGISTERED", "WR-1.7"]
    assert not cymmetri.post.messages


@pytest.mark.parametrize("failure", [{"down": True}, {"status": 500}])
def test_a_code_that_cannot_be_mailed_is_told_and_resending_works_at_once(settings, failure):
    cymmetri = Cymmetri(settings, {"otp": {"max_resends": 0}})
    vars(cymmetri.post).update(failure)
    reply = cymmetri.check()
    assert [*reply] == [503, "OTP_NOT_SENT", "WR-1.8"]
    assert reply.data["nextStep"] == "VERIFY_EMAIL_OTP"
    assert reply.body["success"] is False
    vars(cymmetri.post).update(down=False, status=201)
    again = cymmetri.call("resendOtpEmail", token=reply.token)
    assert [*again] == [200, None, "WR-3.1"]
    assert again.data["resendLeft"] == 0
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, reply.token).branches == "WR-2.1"


@pytest.mark.parametrize("status", ["dormant", "closed", "deceased"])
def test_a_customer_who_may_not_register_is_not_told_why(cymmetri, status):
    cymmetri.bank.customers = [ASHA | {"status": status}]
    reply = cymmetri.check()
    assert [*reply] == [403, "CUSTOMER_NOT_ELIGIBLE", "WR-1.9"]
    assert status not in reply.response.text
    assert not cymmetri.post.messages


@pytest.mark.parametrize(
    ("born", "branch"),
    [("2008-01-05", "WR-1.2"), ("2008-01-06", "WR-1.13"), ("2012-06-01", "WR-1.13"), ("2026-01-06", "WR-1.13")],
)
def test_a_customer_may_register_from_the_eighteenth_birthday_on(cymmetri, born, branch):
    cymmetri.change(dateOfBirth=born)
    assert cymmetri.check().branches == branch


def test_a_customer_comes_of_age_while_the_clock_goes_on(cymmetri):
    cymmetri.change(dateOfBirth="2008-01-06")
    cymmetri.advance("PT14H59M59.999S")
    assert cymmetri.check().branches == "WR-1.13"
    cymmetri.advance("PT0.001S")
    assert cymmetri.check().branches == "WR-1.2"


def test_a_customer_under_age_is_refused_like_one_who_is_dormant(cymmetri):
    cymmetri.change(status="dormant")
    dormant = cymmetri.check()
    cymmetri.change(status="active", dateOfBirth="2012-06-01")
    reply = cymmetri.check()
    assert (reply.status, reply.body, reply.branches) == (403, dormant.body, "WR-1.13")
    assert not cymmetri.post.messages


@pytest.mark.parametrize(("min_age", "branch"), [(16, "WR-1.2"), (17, "WR-1.13"), (0, "WR-1.2")])
def test_the_bank_says_from_which_age_on_a_customer_may_register(settings, min_age, branch):
    cymmetri = Cymmetri(settings, {"min_age": min_age})
    cymmetri.change(dateOfBirth="2009-06-01")
    assert cymmetri.check().branches == branch


def test_a_bank_that_tells_no_date_of_birth_is_an_outage_unless_any_age_will_do(cymmetri):
    cymmetri.change(dateOfBirth=None)
    assert [*cymmetri.check()] == [503, "UPSTREAM_UNAVAILABLE", "WR-1.5"]
    cymmetri.set_policies(min_age=0)
    assert cymmetri.check().branches == "WR-1.2"


def test_a_customer_who_was_sent_too_many_codes_must_wait_until_the_oldest_is_a_day_old(cymmetri):
    for number in range(10):
        assert cymmetri.check().status == 200, number
        cymmetri.advance("PT1M")
    reply = cymmetri.check()
    assert [*reply] == [429, "TOO_MANY_CODES", "WR-1.11"]
    assert reply.headers["Retry-After"] == "85800"
    assert reply.meta == {"retryAfterSeconds": 85800, "retryAt": "2026-01-06T09:00:00.000Z"}
    assert len(cymmetri.post.messages) == 10
    cymmetri.set_clock("2026-01-06T08:59:59.999Z")
    assert [*cymmetri.check()] == [429, "TOO_MANY_CODES", "WR-1.11"]
    cymmetri.set_clock("2026-01-06T09:00:00Z")
    assert cymmetri.check().branches == "WR-1.2"
    assert cymmetri.check().headers["Retry-After"] == "60"


def test_every_code_of_every_registration_counts_but_none_that_no_gateway_took(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_sent": 4, "resend_after": "PT0S"}})
    cymmetri.post.down = True
    cymmetri.check()
    cymmetri.post.down = False
    cymmetri.at_mobile()
    cymmetri.call("resendOtpEmail", token=cymmetri.at_email())
    assert len(cymmetri.post.messages) == 4
    assert [*cymmetri.check()] == [429, "TOO_MANY_CODES", "WR-1.11"]
    assert cymmetri.check(id=BINA["cif"]).branches == "WR-1.2"


def test_a_registration_under_way_outlives_the_start_that_was_refused(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_sent": 1}})
    token = cymmetri.at_email()
    assert [*cymmetri.check()] == [429, "TOO_MANY_CODES", "WR-1.11"]
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).branches == "WR-2.1"
    assert [message["purpose"] for message in cymmetri.post.messages] == ["email-otp", "mobile-otp"]


def test_a_blocked_customer_is_told_of_the_block_before_the_codes(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_sent": 1, "max_attempts": 1}})
    token = cymmetri.at_email()
    cymmetri.call("VerifyEmailOtp", {"otp": other(cymmetri.code)}, token)
    assert cymmetri.check().branches == "WR-1.4"


def test_beginning_again_voids_the_token_and_the_code_but_keeps_the_attempts(cymmetri):
    first = cymmetri.at_email()
    old_code = cymmetri.code
    cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, first)
    again = cymmetri.check()
    assert [*again] == [200, None, "WR-1.2,WR-1.10"]
    assert again.data["attemptsLeft"] == 2
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, first)] == [401, "UNAUTHORIZED", "WR-2.6"]
    assert cymmetri.call("VerifyEmailOtp", {"otp": old_code}, again.token).meta == {"attemptsLeft": 1}
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, again.token).branches == "WR-2.1"


def test_a_registration_whose_token_has_expired_was_no_longer_under_way(cymmetri):
    cymmetri.check()
    cymmetri.advance("PT31M")
    assert cymmetri.check().branches == "WR-1.2"


def test_another_customer_begins_beside_the_first(cymmetri):
    token = cymmetri.at_email()
    code = cymmetri.code
    assert cymmetri.check(id=BINA["cif"]).branches == "WR-1.2"
    assert cymmetri.call("VerifyEmailOtp", {"otp": code}, token).branches == "WR-2.1"


def test_a_customer_found_by_the_bank_who_has_an_account_goes_to_login(cymmetri):
    cymmetri.bank.customers = [ASHA | {"cif": CHITRA["cif"], "email": "other@example.test"}]
    reply = cymmetri.check(type="EMAIL", id="other@example.test")
    assert [*reply] == [200, None, "WR-1.1"]
    assert not cymmetri.post.messages
