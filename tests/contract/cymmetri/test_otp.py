"""Steps 2 to 5: both OTPs, verified and sent again; every branch."""

import pytest

from tests.contract.cymmetri.rig import ASHA, DEBIT, NO_CODE, PASSWORD, Cymmetri, other

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
    reply = cymmetri.call("VerifyEmailOtp", {"otp": (token := cymmetri.at_email()) and cymmetri.code}, token)
    assert [*reply] == [200, None, "WR-2.1"]
    assert {k: v for k, v in reply.data.items() if k != "token"} == {
        "nextStep": "VERIFY_MOBILE_OTP", "maskedMobile": "+91••••••0001", "otpLength": 6, "expInMinute": 5,
        "attemptsLeft": 3, "resendLeft": 3,
    }  # fmt: skip
    email, sms = cymmetri.post.messages
    assert (sms["channel"], sms["to"], sms["purpose"]) == ("sms", ASHA["mobile"], "mobile-otp")
    assert sms["code"] != email["code"]
    assert len(set(cymmetri.post.keys)) == 2


def test_the_right_mobile_code_leads_to_authentication(cymmetri):
    reply = cymmetri.call("VerifyMobileOtp", {"otp": (token := cymmetri.at_mobile()) and cymmetri.code}, token)
    assert [*reply] == [200, None, "WR-4.1"]
    assert reply.data["nextStep"] == "AUTHENTICATE_USER"
    assert cymmetri.call("authenticateUser", DEBIT, reply.token).branches == "WR-7.1"


def test_wrong_codes_are_counted_and_the_last_one_blocks(cymmetri, otp):
    right = cymmetri.code
    for left in (2, 1):
        reply = otp.send(other(right))
        assert [*reply] == [401, "INVALID_OTP", otp.branch(2)]
        assert reply.meta == {"attemptsLeft": left}
    reply = otp.send(other(right))
    assert [*reply] == [423, "USER_BLOCKED", otp.branch(3)]
    assert reply.meta == {"blockedUntil": "2026-01-05T09:30:00.000Z"}
    assert [*otp.send(right)] == [423, "USER_BLOCKED", otp.branch(7)]
    assert [*otp.send(other(right))] == [423, "USER_BLOCKED", ""]
    assert [*otp.send("no code")] == [423, "USER_BLOCKED", ""]
    asked, sent = len(cymmetri.bank.asked), len(cymmetri.post.messages)
    assert [*otp.resend()] == [423, "USER_BLOCKED", otp.resend_branch(5)]
    assert (len(cymmetri.bank.asked), len(cymmetri.post.messages)) == (asked, sent)


def test_a_block_that_has_ended_gives_all_attempts_back(cymmetri, otp):
    for _ in range(3):
        otp.send(NO_CODE)
    cymmetri.advance("PT30M")
    assert cymmetri.check().data["attemptsLeft"] == 3


def test_a_right_code_forgets_the_wrong_ones_before_it(cymmetri):
    token = cymmetri.at_email()
    code = cymmetri.code
    cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, token)
    cymmetri.call("VerifyEmailOtp", {"otp": code}, token)
    assert cymmetri.check().data["attemptsLeft"] == 3


def test_an_expired_code_is_not_counted_and_another_can_be_had(cymmetri, otp):
    otp.send(NO_CODE)
    cymmetri.advance("PT5M")
    for code in (cymmetri.code, NO_CODE):
        reply = otp.send(code)
        assert [*reply] == [401, "OTP_EXPIRED", otp.branch(4)]
        assert reply.meta == {"resendLeft": 3}
    otp.resend()
    assert otp.send(NO_CODE).meta == {"attemptsLeft": 1}
    assert otp.send(cymmetri.code).status == 200


def test_a_used_code_is_refused_and_counted(cymmetri, otp):
    code = cymmetri.code
    assert otp.send(code).status == 200
    reply = otp.send(code)
    assert [*reply] == [401, "INVALID_OTP", otp.branch(5)]
    assert reply.meta == {"attemptsLeft": 2}
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
    reply = otp.send(old)
    assert [*reply] == [401, "INVALID_OTP", otp.branch(5)]
    assert reply.meta == {"attemptsLeft": 2}
    assert otp.send(cymmetri.code).branches == otp.branch(1)


def test_the_emails_code_is_no_code_of_the_mobile(cymmetri):
    token = cymmetri.at_mobile()
    reply = cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.post.messages[0]["code"]}, token)
    assert [*reply] == [401, "INVALID_OTP", "WR-4.5"]
    assert reply.meta == {"attemptsLeft": 2}


def test_no_email_is_verified_without_a_genuine_token(cymmetri, settings):
    token = cymmetri.at_email()
    code = cymmetri.code
    cymmetri.put_world(world="other")
    elsewhere = cymmetri.call("/w/other/ciamregsrvc/webRegistration/VerifyEmailOtp", {"otp": code}, token)
    assert [*elsewhere] == [401, "UNAUTHORIZED", "WR-2.6"]
    for bad in (None, "forged", token[:-2] + ("AA" if token[-2:] != "AA" else "BB")):
        assert [*cymmetri.call("VerifyEmailOtp", {"otp": code}, bad)] == [401, "UNAUTHORIZED", "WR-2.6"]
    assert cymmetri.call("VerifyEmailOtp", {"otp": code}, token).branches == "WR-2.1"


@pytest.mark.parametrize("code", ["the right one", NO_CODE, "no code"])
def test_a_session_ends_at_the_instant_at_which_its_token_does_and_nothing_is_counted(settings, code):
    for kind, branch in ((EMAIL, "WR-2.10"), (MOBILE, "WR-4.9")):
        cymmetri = Cymmetri(settings, {"otp": {"lifetime": "PT1H"}})
        otp = Otp(cymmetri, kind)
        cymmetri.advance("PT29M59.999S")
        assert otp.send(NO_CODE).meta == {"attemptsLeft": 2}
        cymmetri.advance("PT0.001S")
        reply = otp.send(cymmetri.code if code == "the right one" else code)
        assert [*reply] == [401, "SESSION_EXPIRED", branch]
        assert "Begin again" in reply.body["message"]
        assert cymmetri.check().data["attemptsLeft"] == (2 if kind is EMAIL else 3)


def test_a_session_is_as_long_as_the_customer_goes_on(settings):
    cymmetri = Cymmetri(settings, {"otp": {"lifetime": "PT1H"}})
    token = cymmetri.at_email()
    cymmetri.advance("PT29M")
    token = cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).token
    cymmetri.advance("PT29M")
    assert cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.code}, token).branches == "WR-4.1"


def test_a_session_that_has_ended_is_told_so_by_whichever_path(cymmetri):
    token = cymmetri.at_mobile()
    cymmetri.advance("PT30M")
    for path in ("VerifyEmailOtp", "/otp/verifyOtp", "VerifyMobileOtp"):
        assert [*cymmetri.call(path, {"otp": cymmetri.code}, token)] == [401, "SESSION_EXPIRED", "WR-4.9"]
    cymmetri.set_policies(document_paths=False)
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).branches == "WR-2.10"


@pytest.mark.parametrize(
    ("step", "operation", "body", "method"),
    [
        ("at_email", "resendOtpEmail", {}, "POST"),
        ("at_mobile", "resendOtpMobile", {}, "POST"),
        ("at_card", "mfa/list", None, "GET"),
        ("at_card", "authenticateUser", DEBIT, "POST"),
        ("at_user_id", "existingUserId", None, "GET"),
        ("at_user_id", "saveuserid", {"userId": "asha.rao"}, "POST"),
        ("at_password", "validatePassword", {"password": PASSWORD}, "POST"),
        ("at_set", "setIbPassword", {"password": PASSWORD, "confirmPassword": PASSWORD}, "POST"),
    ],
)
def test_a_session_that_has_ended_opens_no_step(cymmetri, step, operation, body, method):
    token = getattr(cymmetri, step)()
    cymmetri.advance("PT30M")
    asked, sent = len(cymmetri.bank.asked), len(cymmetri.post.messages)
    assert [*cymmetri.call(operation, body, token, method)] == [401, "SESSION_EXPIRED", ""]
    assert (len(cymmetri.bank.asked), len(cymmetri.post.messages)) == (asked, sent)
    assert len(cymmetri.accounts) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "12.345.6", "a" * 1000, "12 345"])
def test_what_can_be_no_code_is_refused_in_place_and_not_counted(cymmetri, otp, typed):
    branch = "WR-2.9" if otp.name == "email" else "WR-4.8"
    asked = len(cymmetri.bank.asked)
    for _ in range(4):
        reply = otp.send(typed)
        assert [*reply] == [400, "VALIDATION_FAILED", branch]
        assert reply.meta == {"field": "otp"}
    assert len(cymmetri.bank.asked) == asked
    assert otp.send(NO_CODE).meta == {"attemptsLeft": 2}
    assert otp.send(cymmetri.code).status == 200


@pytest.mark.parametrize(
    "written",
    ["{0}{1}{2} {3}{4}{5}", " {0}{1}{2}-{3}{4}{5}\n", "{0}\u2013{1}{2}{3}{4}\u00a0{5}", "\u200b{0}{1}{2}{3}{4}{5}"],
)
def test_spaces_and_dashes_as_autofill_leaves_them_are_ignored(cymmetri, otp, written):
    assert otp.send(written.format(*cymmetri.code)).branches == otp.branch(1)


def test_a_code_has_the_length_that_it_had_when_it_was_sent(cymmetri):
    token = cymmetri.at_email()
    cymmetri.set_policies(otp={"digits": 8})
    assert cymmetri.call("VerifyEmailOtp", {"otp": "12345678"}, token).branches == "WR-2.9"
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).branches == "WR-2.1"


def test_by_policy_what_can_be_no_code_is_a_wrong_one(settings):
    cymmetri = Cymmetri(settings, {"otp": {"count_malformed": True}})
    otp = Otp(cymmetri, EMAIL)
    for branch in ("WR-2.2", "WR-2.2", "WR-2.3"):
        assert otp.send("no code").branches == branch


CHANGED = {"email": {"email": "asha@new.example.test"}, "mobile": {"mobile": "+919000000009"}}


@pytest.mark.parametrize("typed", ["the code", NO_CODE])
def test_a_code_sent_to_a_former_contact_is_void_and_not_counted(cymmetri, otp, typed):
    old = cymmetri.code
    cymmetri.change(**CHANGED[otp.name])
    for _ in range(4):
        reply = otp.send(old if typed == "the code" else typed)
        assert [*reply] == [401, "OTP_EXPIRED", f"WR-{otp.step}.{11 if otp.name == 'email' else 10}"]
        assert reply.meta == {"reason": "CONTACT_CHANGED", "resendLeft": 3}
    resent = otp.resend()
    assert [*resent] == [200, None, otp.resend_branch(1)]
    (contact,) = CHANGED[otp.name].values()
    assert cymmetri.post.messages[-1]["to"] == contact
    masked = {"email": ("maskedEmail", "a•••@new.example.test"), "mobile": ("maskedMobile", "+91••••••0009")}
    assert resent.data[masked[otp.name][0]] == masked[otp.name][1]
    assert otp.send(old).meta == {"attemptsLeft": 2}
    assert otp.send(cymmetri.code).branches == otp.branch(1)


def test_a_code_can_be_had_at_once_after_a_change_but_the_next_one_must_be_waited_for(cymmetri, otp):
    cymmetri.change(**CHANGED[otp.name])
    assert otp.resend().branches == otp.resend_branch(1)
    assert otp.resend().branches == otp.resend_branch(2)


def test_another_spelling_of_a_contact_is_no_change(cymmetri, otp):
    cymmetri.change(email=ASHA["email"].upper(), mobile="90000 00001")
    assert otp.send(cymmetri.code).branches == otp.branch(1)


def test_a_change_of_the_other_contact_leaves_a_code_valid(cymmetri, otp):
    cymmetri.change(**CHANGED["mobile" if otp.name == "email" else "email"])
    assert otp.send(cymmetri.code).branches == otp.branch(1)


def test_the_first_code_by_text_message_goes_to_the_mobile_that_the_bank_has_now(cymmetri):
    token = cymmetri.at_email()
    cymmetri.change(**CHANGED["mobile"])
    cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token)
    assert cymmetri.post.messages[-1]["to"] == "+919000000009"


def test_a_contact_that_was_taken_away_voids_the_code_and_no_other_is_sent(cymmetri, otp):
    cymmetri.change(**{otp.name: None})
    assert otp.send(cymmetri.code).meta["reason"] == "CONTACT_CHANGED"
    sent = len(cymmetri.post.messages)
    assert [*otp.resend()] == [409, f"{otp.name.upper()}_NOT_REGISTERED", ""]
    assert len(cymmetri.post.messages) == sent


def test_an_expired_code_is_expired_whatever_the_bank_has_changed(cymmetri, otp):
    cymmetri.change(**CHANGED[otp.name])
    cymmetri.advance("PT5M")
    assert [*otp.send(cymmetri.code)] == [401, "OTP_EXPIRED", otp.branch(4)]


def test_while_the_bank_cannot_be_asked_the_contact_that_it_told_last_counts(cymmetri, otp):
    cymmetri.change(**CHANGED[otp.name])
    cymmetri.bank.down = True
    cymmetri.advance("PT30S")
    assert otp.resend().branches == otp.resend_branch(1)
    assert cymmetri.post.messages[-1]["to"] == ASHA[otp.name]
    assert otp.send(NO_CODE).meta == {"attemptsLeft": 2}
    assert otp.send(cymmetri.code).branches == otp.branch(1)
    assert "contact.not_checked" in {each["rule"] for each in cymmetri.decisions(f"*/{otp.verify}")}


def test_a_block_that_begins_while_the_bank_is_asked_is_not_passed_by(cymmetri, otp):
    right = cymmetri.code

    def block(path):
        cymmetri.bank.before_answer = None
        for _ in range(3):
            otp.send(other(right))

    cymmetri.bank.before_answer = block
    assert [*otp.send(right)] == [423, "USER_BLOCKED", otp.branch(7)]


def test_at_the_customers_own_limit_no_more_codes_are_sent(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_sent": 2}})
    token = cymmetri.at_email()
    cymmetri.advance("PT30S")
    assert cymmetri.call("resendOtpEmail", token=token).data["resendLeft"] == 0
    cymmetri.advance("PT30S")
    reply = cymmetri.call("resendOtpEmail", token=token)
    assert [*reply] == [429, "RESEND_LIMIT_REACHED", "WR-3.3"]
    assert (reply.headers["Retry-After"], reply.meta) == ("86340", {"resendLeft": 0, "retryAfterSeconds": 86340})
    assert cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).branches == "WR-2.1"


@pytest.mark.parametrize(("after", "wait"), [("PT29.001S", 1), ("PT29.999S", 1), ("PT28.999S", 2), ("PT0S", 30)])
def test_the_pause_between_two_codes_is_never_rounded_down(cymmetri, otp, after, wait):
    cymmetri.advance(after)
    reply = otp.resend()
    assert [*reply] == [429, "RESEND_TOO_SOON", otp.resend_branch(2)]
    assert reply.meta == {"retryAfterSeconds": wait}
    cymmetri.advance(f"PT{wait}S")
    assert otp.resend().status == 200


def test_codes_of_an_earlier_registration_count_neither_towards_the_limit_nor_the_pause(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_resends": 1}})
    otp = Otp(cymmetri, EMAIL)
    cymmetri.advance("PT30S")
    otp.resend()
    otp.token = cymmetri.check().token
    assert otp.resend().meta == {"retryAfterSeconds": 30}
    cymmetri.advance("PT30S")
    assert otp.resend().data["resendLeft"] == 0


def test_a_right_code_forgets_the_wrong_ones_of_its_own_kind_only(settings):
    cymmetri = Cymmetri(settings)
    token = cymmetri.at_mobile()
    cymmetri.call("VerifyMobileOtp", {"otp": NO_CODE}, token)
    again = cymmetri.check().token
    mobile = cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, again)
    assert mobile.data["attemptsLeft"] == 2
    card = cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.code}, mobile.token).token
    cymmetri.call("authenticateUser", DEBIT | {"pin": "0000"}, card)
    token = cymmetri.check().token
    token = cymmetri.call("VerifyEmailOtp", {"otp": cymmetri.code}, token).token
    token = cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.code}, token).token
    wrong = cymmetri.call("authenticateUser", DEBIT | {"pin": "0000"}, token)
    assert wrong.meta == {"attemptsLeft": 1}


def test_a_code_that_passed_a_step_does_not_pass_it_again_with_the_token_it_was_used_with(cymmetri, otp):
    code = cymmetri.code
    otp.send(code)
    sent = len(cymmetri.post.messages)
    assert otp.send(code).branches == otp.branch(5)
    assert len(cymmetri.post.messages) == sent


def test_a_world_made_again_knows_no_token_of_the_one_before(cymmetri):
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
    reply = cymmetri.call("VerifyEmailOtp", {"otp": code}, token)
    assert [*reply] == [409, "MOBILE_NOT_REGISTERED", "WR-2.8"]
    assert [*cymmetri.call("VerifyEmailOtp", {"otp": code}, token)] == [401, "INVALID_OTP", "WR-2.5"]
    assert len(cymmetri.post.messages) == 1


def test_a_text_message_that_cannot_be_sent_is_told_with_the_next_token(cymmetri):
    token = cymmetri.at_email()
    code = cymmetri.code
    cymmetri.post.down = True
    reply = cymmetri.call("VerifyEmailOtp", {"otp": code}, token)
    assert [*reply] == [503, "OTP_NOT_SENT", "WR-2.1"]
    cymmetri.post.down = False
    assert cymmetri.call("resendOtpMobile", token=reply.token).data["resendLeft"] == 3
    assert cymmetri.call("VerifyMobileOtp", {"otp": cymmetri.code}, reply.token).branches == "WR-4.1"


def test_another_code_can_be_had(cymmetri, otp):
    cymmetri.advance("PT30S")
    reply = otp.resend()
    assert [*reply] == [200, None, otp.resend_branch(1)]
    masked = {"maskedEmail": "A•••@example.test"} if otp.name == "email" else {"maskedMobile": "+91••••••0001"}
    assert reply.data == {**masked, "resendLeft": 2, "retryAfterSeconds": 30, "expInMinute": 5}
    assert cymmetri.post.messages[-1]["purpose"] == f"{otp.name}-otp"


def test_another_code_asked_for_too_soon_is_refused_and_the_one_in_hand_stays_good(cymmetri, otp):
    sent = len(cymmetri.post.messages)
    cymmetri.advance("PT10S")
    reply = otp.resend()
    assert [*reply] == [429, "RESEND_TOO_SOON", otp.resend_branch(2)]
    assert reply.headers["Retry-After"] == "20"
    assert reply.meta == {"retryAfterSeconds": 20}
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
    otp.send(NO_CODE)
    cymmetri.advance("PT30S")
    assert otp.resend().branches == f"{otp.resend_branch(1)},{otp.resend_branch(4)}"
    assert otp.send(NO_CODE).meta == {"attemptsLeft": 1}


def test_by_policy_a_resend_forgets_wrong_attempts(settings):
    cymmetri = Cymmetri(settings, {"otp": {"resend_resets_attempts": True}})
    otp = Otp(cymmetri, EMAIL)
    otp.send(NO_CODE)
    cymmetri.advance("PT30S")
    assert otp.resend().branches == "WR-3.1"
    assert otp.send(NO_CODE).meta == {"attemptsLeft": 2}


def test_a_resend_that_fails_is_not_counted_and_can_be_repeated_at_once(cymmetri, otp):
    cymmetri.advance("PT30S")
    cymmetri.post.status = 503
    reply = otp.resend()
    assert [*reply] == [503, "OTP_NOT_SENT", ""]
    assert reply.data["resendLeft"] == 3
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
    reply = cymmetri.call(path, {"otp": cymmetri.code}, token)
    assert reply.branches == "WR-2.1"
    assert cymmetri.call(path, {"otp": NO_CODE}, reply.token).branches == "WR-4.2"
    assert cymmetri.call(path, {"otp": cymmetri.code}, reply.token).branches == "WR-4.1"


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
