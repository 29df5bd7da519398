"""Steps 2 to 5: both OTPs, verified and sent again; every branch."""

import pytest
from cymmetri_rig import ASHA, DEBIT, Cymmetri, other

EMAIL = ("email", "at_email", "VerifyEmailOtp", "resendOtpEmail", 2)
MOBILE = ("mobile", "at_mobile", "VerifyMobileOtp", "resendOtpMobile", 4)


class Otp:
    """One of the two OTPs: its calls, and its branches by the document's step."""

    def __init__(self, cymmetri, kind):
        self.cymmetri = cymmetri
        self.name, begin, self.verify, self.resend_call, self.step = kind
        self.token = getattr(cymmetri, begin)()

    def send(self, otp):
        return self.cymmetri.call(self.verify, {"otp": otp}, self.token)

    def resend(self):
        return self.cymmetri.call(self.resend_call, token=self.token)

    def branch(self, number):
        return f"WR-{self.step}.{number}"

    def resend_branch(self, number):
        return f"WR-{self.step + 1}.{number}"


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


@pytest.fixture(params=[EMAIL, MOBILE], ids=lambda kind: kind[0])
def otp(request, cymmetri):
    return Otp(cymmetri, request.param)


def test_the_right_email_code_leads_to_the_mobile_and_texts_a_code(cymmetri):
    said = cymmetri.call("VerifyEmailOtp", {"otp": (token := cymmetri.at_email()) and cymmetri.code}, token)
    assert [*said] == [200, None, "WR-2.1"]
    assert {k: v for k, v in said.data.items() if k != "token"} == {
        "nextStep": "VERIFY_MOBILE_OTP", "maskedMobile": "+91••••••0001", "otpLength": 6, "expInMinute": 5,
        "attemptsLeft": 3, "resendLeft": 3,
    }  # fmt: skip
    email, sms = cymmetri.post.messages
    assert (sms["channel"], sms["to"], sms["purpose"]) == ("sms", ASHA["mobile"], "mobile-otp")
    assert sms["code"] != email["code"]
    assert len(set(cymmetri.post.keys)) == 2


def test_the_right_mobile_code_leads_to_authentication(cymmetri):
    said = cymmetri.call("VerifyMobileOtp", {"otp": (token := cymmetri.at_mobile()) and cymmetri.code}, token)
    assert [*said] == [200, None, "WR-4.1"]
    assert said.data["nextStep"] == "AUTHENTICATE_USER"
    assert cymmetri.call("authenticateUser", DEBIT, said.token).branches == "WR-7.1"


def test_wrong_codes_are_counted_and_the_last_one_blocks(cymmetri, otp):
    right = cymmetri.code
    for left in (2, 1):
        said = otp.send(other(right))
        assert [*said] == [401, "INVALID_OTP", otp.branch(2)]
        assert said.meta == {"attemptsLeft": left}
    said = otp.send(other(right))
    assert [*said] == [423, "USER_BLOCKED", otp.branch(3)]
    assert said.meta == {"blockedUntil": "2026-01-05T09:30:00.000000Z"}
    assert [*otp.send(right)] == [423, "USER_BLOCKED", otp.branch(7)]
    assert [*otp.send(other(right))] == [423, "USER_BLOCKED", ""]
    assert [*otp.resend()] == [423, "USER_BLOCKED", ""]


def test_a_block_that_has_ended_gives_all_attempts_back(cymmetri, otp):
    for _ in range(3):
        otp.send("wrong")
    cymmetri.advance("PT30M")
    assert cymmetri.check().data["attemptsLeft"] == 3


def test_a_right_code_forgets_the_wrong_ones_before_it(cymmetri):
    token = cymmetri.at_email()
    code = cymmetri.code
    cymmetri.call("VerifyEmailOtp", {"otp": "wrong"}, token)
    cymmetri.call("VerifyEmailOtp", {"otp": code}, token)
    assert cymmetri.check().data["attemptsLeft"] == 3


def test_an_expired_code_is_not_counted_and_another_can_be_had(cymmetri, otp):
    otp.send("wrong")
    cymmetri.advance("PT5M")
    for code in (cymmetri.code, "wrong"):
        said = otp.send(code)
        assert [*said] == [401, "OTP_EXPIRED", otp.branch(4)]
        assert said.meta == {"resendLeft": 3}
    otp.resend()
    assert otp.send("wrong").meta == {"attemptsLeft": 1}
    assert otp.send(cymmetri.code).status == 200


def test_a_used_code_is_refused_and_counted(cymmetri, otp):
    code = cymmetri.code
    assert otp.send(code).status == 200
    said = otp.send(code)
    assert [*said] == [401, "INVALID_OTP", otp.branch(5)]
    assert said.meta == {"attemptsLeft": 2}
    otp.send(code)
    assert [*otp.send(code)] == [423, "USER_BLOCKED", f"{otp.branch(5)},{otp.branch(3)}"]


def test_a_spent_token_with_any_other_code_moves_nothing(cymmetri, otp):
    code = cymmetri.code
    otp.send(code)
    assert otp.send(other(code)).status == 409
    assert otp.send(code).meta == {"attemptsLeft": 2}


def test_a_code_replaced_by_a_resend_is_refused_and_counted(cymmetri, otp):
    old = cymmetri.code
    cymmetri.advance("PT30S")
    otp.resend()
    assert cymmetri.code != old
    said = otp.send(old)
    assert [*said] == [401, "INVALID_OTP", otp.branch(5)]
    assert said.meta == {"attemptsLeft": 2}
    assert otp.send(cymmetri.code).branches == otp.branch(1)


def test_the_emails_code_is_no_code_of_the_mobile(cymmetri):
    token = cymmetri.at_mobile()
    said = cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.post.messages[0]["code"]}, token)
    assert [*said] == [401, "INVALID_OTP", "WR-4.5"]
    assert said.meta == {"attemptsLeft": 2}


def test_no_email_is_verified_without_a_genuine_token(cymmetri, settings):
    token = cymmetri.at_email()
    code = cymmetri.code
    cymmetri.put_world(world="other")
    elsewhere = cymmetri.call("/w/other/ciamregsrvc/webRegistration/VerifyEmailOtp", {"otp": code}, token)
    assert [*elsewhere] == [401, "UNAUTHORIZED", "WR-2.6"]
    for bad in (None, "forged", token[:-2] + ("AA" if token[-2:] != "AA" else "BB")):
        assert [*cymmetri.call("VerifyEmailOtp", {"otp": code}, bad)] == [401, "UNAUTHORIZED", "WR-2.6"]
    assert cymmetri.call("VerifyEmailOtp", {"otp": code}, token).branches == "WR-2.1"


def test_a_token_expires_in_the_worlds_time(cymmetri):
    token = cymmetri.at_email()
    cymmetri.advance("PT30M")
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token)] == [401, "UNAUTHORIZED", "WR-2.6"]


def test_a_world_made_anew_knows_no_token_of_the_one_before(cymmetri):
    token = cymmetri.at_email()
    cymmetri.put_world()
    cymmetri.at_email()
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).status == 401


def test_an_email_is_not_verified_out_of_order(cymmetri):
    token = cymmetri.at_card()
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token)] == [409, "STEP_OUT_OF_ORDER", "WR-2.6"]
    assert cymmetri.call("authenticateUser", DEBIT, token).status == 200


def test_without_a_mobile_the_email_stays_verified_but_it_ends_there(cymmetri):
    cymmetri.bank.customers[0]["mobile"] = None
    token = cymmetri.at_email()
    code = cymmetri.code
    said = cymmetri.call("VerifyEmailOtp", {"otp": code}, token)
    assert [*said] == [409, "MOBILE_NOT_REGISTERED", "WR-2.8"]
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": code}, token)] == [401, "INVALID_OTP", "WR-2.5"]
    assert len(cymmetri.post.messages) == 1


def test_a_text_message_that_cannot_be_sent_is_told_with_the_next_token(cymmetri):
    token = cymmetri.at_email()
    code = cymmetri.code
    cymmetri.post.down = True
    said = cymmetri.call("VerifyEmailOtp", {"otp": code}, token)
    assert [*said] == [503, "OTP_NOT_SENT", "WR-2.1"]
    cymmetri.post.down = False
    assert cymmetri.call("resendOtpMobile", token=said.token).data["resendLeft"] == 3
    assert cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.code}, said.token).branches == "WR-4.1"


def test_another_code_can_be_had(cymmetri, otp):
    cymmetri.advance("PT30S")
    said = otp.resend()
    assert [*said] == [200, None, otp.resend_branch(1)]
    masked = {"maskedEmail": "A•••@example.test"} if otp.name == "email" else {"maskedMobile": "+91••••••0001"}
    assert said.data == {**masked, "resendLeft": 2, "retryAfterSeconds": 30, "expInMinute": 5}
    assert cymmetri.post.messages[-1]["purpose"] == f"{otp.name}-otp"


def test_another_code_asked_for_too_soon_is_refused_and_the_one_in_hand_stays_good(cymmetri, otp):
    sent = len(cymmetri.post.messages)
    cymmetri.advance("PT10S")
    said = otp.resend()
    assert [*said] == [429, "RESEND_TOO_SOON", otp.resend_branch(2)]
    assert said.headers["Retry-After"] == "20"
    assert said.meta == {"retryAfterSeconds": 20}
    assert len(cymmetri.post.messages) == sent
    assert otp.send(cymmetri.code).status == 200


def test_at_the_limit_no_more_codes_are_sent_and_the_one_in_hand_stays_good(cymmetri, otp):
    for left in (2, 1, 0):
        cymmetri.advance("PT30S")
        assert otp.resend().data["resendLeft"] == left
    sent = len(cymmetri.post.messages)
    for pause in ("PT0S", "PT30S"):
        cymmetri.advance(pause)
        assert [*otp.resend()] == [429, "RESEND_LIMIT_REACHED", otp.resend_branch(3)]
    assert len(cymmetri.post.messages) == sent
    assert otp.send(cymmetri.code).status == 200


def test_a_resend_keeps_the_count_of_wrong_attempts(cymmetri, otp):
    otp.send("wrong")
    cymmetri.advance("PT30S")
    assert otp.resend().branches == f"{otp.resend_branch(1)},{otp.resend_branch(4)}"
    assert otp.send("wrong").meta == {"attemptsLeft": 1}


def test_by_policy_a_resend_forgets_wrong_attempts(settings):
    cymmetri = Cymmetri(settings, {"otp": {"resend_resets_attempts": True}})
    otp = Otp(cymmetri, EMAIL)
    otp.send("wrong")
    cymmetri.advance("PT30S")
    assert otp.resend().branches == "WR-3.1"
    assert otp.send("wrong").meta == {"attemptsLeft": 2}


def test_a_resend_that_fails_is_not_counted_and_can_be_repeated_at_once(cymmetri, otp):
    cymmetri.advance("PT30S")
    cymmetri.post.status = 503
    said = otp.resend()
    assert [*said] == [503, "OTP_NOT_SENT", ""]
    assert said.data["resendLeft"] == 3
    cymmetri.post.status = 201
    assert otp.resend().data["resendLeft"] == 2
    assert otp.send(cymmetri.code).status == 200


def test_a_resend_needs_the_token_of_its_step(cymmetri):
    token = cymmetri.at_mobile()
    assert [*cymmetri.call("resendOtpEmail", token=token)] == [409, "STEP_OUT_OF_ORDER", ""]
    assert [*cymmetri.call("resendOtpEmail")] == [401, "UNAUTHORIZED", ""]


def test_the_mobile_is_not_verified_before_the_email(cymmetri):
    token = cymmetri.at_email()
    code = cymmetri.code
    assert [*cymmetri.call("VerifyMobileOtp", {"otp": code}, token)] == [409, "STEP_OUT_OF_ORDER", "WR-4.6"]
    assert cymmetri.call("VerifyEmailOtp", {"otp": code}, token).branches == "WR-2.1"
    assert [*cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.code}, token)] == [409, "STEP_OUT_OF_ORDER", ""]


@pytest.mark.parametrize("path", ["/otp/verifyOtp", "/ciamregsrvc/otp/verifyOtp", "VerifyEmailOtp"])
def test_the_documents_own_slips_are_served(cymmetri, path):
    token = cymmetri.at_email()
    said = cymmetri.call(path, {"otp": cymmetri.code}, token)
    assert said.branches == "WR-2.1"
    assert cymmetri.call(path, {"otp": "wrong"}, said.token).branches == "WR-4.2"
    assert cymmetri.call(path, {"otp": cymmetri.code}, said.token).branches == "WR-4.1"


def test_by_policy_the_documents_slips_are_not_served(settings):
    cymmetri = Cymmetri(settings, {"document_paths": False})
    token = cymmetri.at_mobile()
    code = cymmetri.code
    assert [*cymmetri.call("/otp/verifyOtp", {"otp": code}, token)] == [404, "NOT_FOUND", ""]
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": code}, token)] == [409, "STEP_OUT_OF_ORDER", "WR-2.6"]
    assert cymmetri.call("VerifyMobileOtp", {"otp": code}, token).branches == "WR-4.1"


def test_the_same_seed_gives_the_same_codes(settings, tmp_path):
    cymmetri = Cymmetri(settings, seed=42)
    cymmetri.at_mobile()
    first = [message["code"] for message in cymmetri.post.messages]
    cymmetri.put_world(seed=42)
    cymmetri.at_mobile()
    assert [message["code"] for message in cymmetri.post.messages[2:]] == first
    assert len(set(cymmetri.post.keys)) == 4
