"""Step 1, checkIdentity: every branch, what is answered and what does not happen."""

import pytest
from cymmetri_rig import ASHA, BINA, CARD_NUMBER, CHITRA, Cymmetri


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
    said = cymmetri.check(**identity)
    assert [*said] == [200, None, "WR-1.1"]
    assert said.data == {"flow": "LOGIN", "userId": "Ch•••"}
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
    said = cymmetri.check(**identity)
    assert [*said] == [200, None, "WR-1.2"]
    assert said.token
    assert {k: v for k, v in said.data.items() if k != "token"} == {
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
    said = cymmetri.check(id="999")
    assert [*said] == [404, "USER_NOT_FOUND", "WR-1.3"]
    assert said.body["data"] is None
    assert not cymmetri.post.messages


@pytest.mark.parametrize(("blocked", "until"), [("permanent", None), ("PT30M", "2026-01-05T09:30:00.000000Z")])
def test_a_blocked_user_is_told_when_the_block_ends(settings, blocked, until):
    cymmetri = Cymmetri(settings, people={"accounts": [CHITRA | {"blocked": blocked}]})
    said = cymmetri.check(id=CHITRA["cif"])
    assert [*said] == [423, "USER_BLOCKED", "WR-1.4"]
    assert said.meta == {"blockedUntil": until}
    assert not cymmetri.bank.asked
    cymmetri.advance("PT31M")
    assert cymmetri.check(id=CHITRA["cif"]).branches == ("WR-1.4" if until is None else "WR-1.1")


def test_a_customer_who_was_blocked_while_registering_is_refused(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_attempts": 1}, "block": "permanent"})
    cymmetri.call("VerifyEmailOtp", {"otp": "no"}, cymmetri.at_email())
    said = cymmetri.check()
    assert [*said] == [423, "USER_BLOCKED", "WR-1.4"]
    assert said.meta == {"blockedUntil": None}
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
    said = cymmetri.check()
    assert [*said] == [503, "UPSTREAM_UNAVAILABLE", "WR-1.5"]
    assert said.headers["Retry-After"]
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
    said = cymmetri.call("checkIdentity", body)
    assert [*said] == [400, "VALIDATION_FAILED", "WR-1.6"]
    assert said.meta == {"field": field}
    assert not cymmetri.bank.asked


def test_several_customers_with_one_mobile_are_asked_for_something_better(cymmetri):
    cymmetri.bank.customers = [ASHA, BINA | {"mobile": ASHA["mobile"]}]
    said = cymmetri.check(type="MOBILE", id=ASHA["mobile"])
    assert [*said] == [400, "VALIDATION_FAILED", "WR-1.6"]
    assert "CIF" in said.body["message"]
    assert not cymmetri.post.messages


def test_several_users_of_cymmetri_with_one_email_are_asked_for_something_better(settings):
    cymmetri = Cymmetri(settings, people={"accounts": [CHITRA, CHITRA | {"cif": "9", "userId": "other"}]})
    assert [*cymmetri.check(type="EMAIL", id=CHITRA["email"])] == [400, "VALIDATION_FAILED", "WR-1.6"]
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
    said = cymmetri.check()
    assert [*said] == [503, "OTP_NOT_SENT", "WR-1.8"]
    assert said.data["nextStep"] == "VERIFY_EMAIL_OTP"
    assert said.body["success"] is False
    vars(cymmetri.post).update(down=False, status=201)
    again = cymmetri.call("resendOtpEmail", token=said.token)
    assert [*again] == [200, None, "WR-3.1"]
    assert again.data["resendLeft"] == 0
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, said.token).branches == "WR-2.1"


@pytest.mark.parametrize("status", ["dormant", "closed", "deceased"])
def test_a_customer_who_may_not_register_is_not_told_why(cymmetri, status):
    cymmetri.bank.customers = [ASHA | {"status": status}]
    said = cymmetri.check()
    assert [*said] == [403, "CUSTOMER_NOT_ELIGIBLE", "WR-1.9"]
    assert status not in said.response.text
    assert not cymmetri.post.messages


def test_beginning_again_voids_the_token_and_the_code_but_keeps_the_attempts(cymmetri):
    first = cymmetri.at_email()
    old_code = cymmetri.code
    cymmetri.call("VerifyEmailOtp", {"otp": "nonsense"}, first)
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
    said = cymmetri.check(type="EMAIL", id="other@example.test")
    assert [*said] == [200, None, "WR-1.1"]
    assert not cymmetri.post.messages
