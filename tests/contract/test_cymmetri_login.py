"""Login, and who is logged in."""

import pytest
from cymmetri_rig import CHITRA, Cymmetri

GOOD = (CHITRA["userId"], CHITRA["password"])


@pytest.fixture
def cymmetri(settings):
    return Cymmetri(settings)


def who(cymmetri, token):
    return cymmetri.client.get("/ciamauthsrvc/userinfo", headers={"Authorization": f"Bearer {token}"})


def test_a_user_logs_in_in_any_letter_case(cymmetri):
    said = cymmetri.log_in("cHITRA.k", CHITRA["password"])
    assert said.status == 200
    assert said.data == {name: said.body[name] for name in ("token", "refreshToken", "expiresIn")}
    assert said.data["expiresIn"] == 1800


def test_the_token_tells_who_is_logged_in(cymmetri):
    answer = who(cymmetri, cymmetri.log_in(*GOOD).token)
    assert answer.json == {
        "userId": "Chitra.K", "cif": CHITRA["cif"], "legalName": "Chitra Kaul", "email": "chitra@example.test",
        "mobile": "+919000000003",
    }  # fmt: skip


def test_no_other_token_tells_who_is_logged_in(cymmetri):
    said = cymmetri.log_in(*GOOD)
    for token in ("forged", said.data["refreshToken"], cymmetri.at_email()):
        answer = who(cymmetri, token)
        assert (answer.status_code, answer.json["errorCode"]) == (401, "AUTHSRVC.UNAUTHORIZED")
    cymmetri.advance("PT30M")
    assert who(cymmetri, said.token).status_code == 401


def test_a_login_token_opens_no_step_of_a_registration(cymmetri):
    token = cymmetri.log_in(*GOOD).token
    assert cymmetri.call("mfa/list", token=token, method="GET").status == 401


def test_an_unknown_user_and_a_wrong_password_are_told_in_the_same_words(cymmetri):
    unknown, wrong = cymmetri.log_in("nobody", "x"), cymmetri.log_in(CHITRA["userId"], "x")
    assert unknown.body == wrong.body
    assert (wrong.status, wrong.body["errorCode"]) == (401, "AUTHSRVC.INVALID_CREDENTIALS")


def test_the_last_wrong_password_blocks_and_the_right_one_is_refused(cymmetri):
    for status in (401, 401, 423):
        assert cymmetri.log_in(CHITRA["userId"], "x").status == status
    said = cymmetri.log_in(*GOOD)
    assert (said.status, said.body["errorCode"]) == (423, "AUTHSRVC.USER_BLOCKED")
    assert said.meta == {"blockedUntil": "2026-01-05T09:30:00.000000Z"}
    assert cymmetri.check(id=CHITRA["cif"]).branches == "WR-1.4"
    cymmetri.advance("PT30M")
    assert cymmetri.log_in(*GOOD).status == 200


def test_the_right_password_forgets_the_wrong_ones_before_it(cymmetri):
    for password in ("x", "y", CHITRA["password"], "x", "y"):
        cymmetri.log_in(CHITRA["userId"], password)
    assert cymmetri.log_in(*GOOD).status == 200
