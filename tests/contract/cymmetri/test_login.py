"""Login, and who is logged in."""

import pytest

from tests.contract.cymmetri.rig import ASHA, CHITRA, DEBIT, NO_CODE, Cymmetri

GOOD = (CHITRA["userId"], CHITRA["password"])


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


def who(cymmetri, token):
    return cymmetri.client.get("/ciamauthsrvc/userinfo", headers={"Authorization": f"Bearer {token}"})


def test_a_user_logs_in_in_any_letter_case(cymmetri):
    reply = cymmetri.log_in("cHITRA.k", CHITRA["password"])
    assert [*reply] == [200, None, "WR-12.1"]
    assert reply.data == {name: reply.body[name] for name in ("token", "refreshToken", "expiresIn")}
    assert reply.data["expiresIn"] == 1800


def test_the_token_tells_who_is_logged_in(cymmetri):
    answer = who(cymmetri, cymmetri.log_in(*GOOD).token)
    assert answer.json == {
        "userId": "Chitra.K", "cif": CHITRA["cif"], "legalName": "Chitra Kaul", "email": "chitra@example.test",
        "mobile": "+919000000003",
    }  # fmt: skip


def test_no_other_token_tells_who_is_logged_in(cymmetri):
    reply = cymmetri.log_in(*GOOD)
    for token in ("forged", reply.data["refreshToken"], cymmetri.at_email()):
        answer = who(cymmetri, token)
        assert (answer.status_code, answer.json["errorCode"]) == (401, "AUTHSRVC.UNAUTHORIZED")
    cymmetri.advance("PT30M")
    assert who(cymmetri, reply.token).status_code == 401


def test_a_login_token_opens_no_step_of_a_registration(cymmetri):
    token = cymmetri.log_in(*GOOD).token
    assert cymmetri.call("mfa/list", token=token, method="GET").status == 401


def test_an_unknown_user_and_a_wrong_password_are_told_in_the_same_words(cymmetri):
    unknown, wrong = cymmetri.log_in("nobody", "x"), cymmetri.log_in(CHITRA["userId"], "x")
    assert unknown.body == wrong.body
    assert unknown.branches == wrong.branches == "WR-12.2"
    assert (wrong.status, wrong.body["errorCode"]) == (401, "AUTHSRVC.INVALID_CREDENTIALS")


def test_the_last_wrong_password_blocks_and_the_right_one_is_refused(cymmetri):
    for status, branch in ((401, "WR-12.2"), (401, "WR-12.2"), (423, "WR-12.3")):
        reply = cymmetri.log_in(CHITRA["userId"], "x")
        assert (reply.status, reply.branches) == (status, branch)
    assert [*cymmetri.log_in(CHITRA["userId"], "x")] == [423, "USER_BLOCKED", ""]
    reply = cymmetri.log_in(*GOOD)
    assert (reply.status, reply.body["errorCode"], reply.branches) == (423, "AUTHSRVC.USER_BLOCKED", "WR-12.4")
    assert reply.meta == {"blockedUntil": "2026-01-05T09:30:00.000Z"}
    assert cymmetri.check(id=CHITRA["cif"]).branches == "WR-1.4"
    cymmetri.advance("PT29M59.999S")
    assert cymmetri.log_in(*GOOD).status == 423
    cymmetri.advance("PT0.001S")
    assert cymmetri.log_in(*GOOD).status == 200


def test_a_user_who_is_blocked_at_login_is_told_so_by_message_at_every_contact(cymmetri):
    for _ in range(4):
        cymmetri.log_in(CHITRA["userId"], "x")
    cymmetri.settle()
    notices = {each["channel"]: each for each in cymmetri.post.notices}
    assert len(cymmetri.post.notices) == 2
    assert {each["purpose"] for each in cymmetri.post.notices} == {"user-blocked"}
    assert (notices["email"]["to"], notices["sms"]["to"]) == (CHITRA["email"], CHITRA["mobile"])
    assert "2026-01-05T09:30:00.000Z" in notices["sms"]["body"]


@pytest.mark.parametrize("kind", ["code", "card"])
def test_a_customer_who_is_blocked_while_registering_is_told_so_by_message(cymmetri, kind):
    token = cymmetri.at_email() if kind == "code" else cymmetri.at_card()
    for _ in range(4):
        if kind == "code":
            cymmetri.call("VerifyEmailOtp", {"otp": NO_CODE}, token)
        else:
            cymmetri.call("authenticateUser", DEBIT | {"pin": "0000"}, token)
    cymmetri.settle()
    assert sorted(each["to"] for each in cymmetri.post.notices) == [ASHA["mobile"], ASHA["email"]]


def test_each_block_is_told_once_and_a_block_that_was_there_is_not(settings):
    cymmetri = Cymmetri(settings, people={"accounts": [CHITRA | {"blocked": "PT30M"}]})
    cymmetri.log_in(*GOOD)
    cymmetri.settle()
    assert not cymmetri.post.notices
    cymmetri.advance("PT30M")
    for _ in range(2):
        for _ in range(3):
            cymmetri.log_in(CHITRA["userId"], "x")
        cymmetri.advance("PT30M")
    assert len(cymmetri.post.notices) == 4
    assert len(set(cymmetri.post.keys)) == 4


def test_a_login_token_that_is_not_used_ends_before_its_time_where_the_bank_wants_it(settings):
    cymmetri = Cymmetri(settings, {"login": {"idle": "PT5M"}})
    token = cymmetri.log_in(*GOOD).token
    for _ in range(2):
        cymmetri.advance("PT4M59.999S")
        assert who(cymmetri, token).status_code == 200
    cymmetri.advance("PT5M")
    assert who(cymmetri, token).status_code == 401
    other = cymmetri.log_in(*GOOD).token
    assert (who(cymmetri, token).status_code, who(cymmetri, other).status_code) == (401, 200)


def test_by_default_a_login_token_need_not_be_used(cymmetri):
    token = cymmetri.log_in(*GOOD).token
    cymmetri.advance("PT29M59.999S")
    assert who(cymmetri, token).status_code == 200


def test_the_right_password_forgets_the_wrong_ones_before_it(cymmetri):
    for password in ("x", "y", CHITRA["password"], "x", "y"):
        cymmetri.log_in(CHITRA["userId"], password)
    assert cymmetri.log_in(*GOOD).status == 200
