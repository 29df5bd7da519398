"""Who may see a registration and act on it: its user, logged in, and nobody else (DR-0.4, DR-0.8)."""

import pytest

from simulators.kit.wire.client import UpstreamFailure
from tests.unit.orchestrator.bank import told

LOOKS = ("", "/history", "/sign-up-qr", "?wait_for=Sign_Up_In_Progress")
ACTIONS = ("check", "sign-up", "register", "activate")


def attempts(middleware, token):
    looks = [middleware.look(rest, token) for rest in LOOKS]
    fields = {"sign-up": {"via": "qr"}}
    return [*looks, *(middleware.act(action, token, **fields.get(action, {})) for action in ACTIONS)]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (None, (401, "not-logged-in", "DR-0.4")),
        ("token-that-has-ended", (401, "not-logged-in", "DR-0.8")),
        ("token-jai", (403, "not-your-registration", "DR-0.4")),
    ],
)
def test_only_its_user_sees_a_registration_and_acts_on_it(middleware, token, expected):
    middleware.at_sign_up()
    before = middleware.bank.calls("tsg")
    assert [told(answer) for answer in attempts(middleware, token)] == [expected] * 8
    assert middleware.bank.calls("tsg") == before
    assert len(middleware.look("/history").json["history"]) == 2


@pytest.mark.parametrize("token", [None, "", "token-that-has-ended", "é"])
def test_nobody_begins_a_registration_without_a_login(middleware, token):
    answer = middleware.open(token=token and token.encode().decode("latin-1"))
    assert told(answer) == (401, "not-logged-in", "DR-0.4")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert middleware.bank.calls("auth_service", "GET") == middleware.bank.calls("tsg") == []


def test_a_token_longer_than_any_is_no_login_and_no_outage(middleware):
    assert told(middleware.open(token="t" * 4097)) == (401, "not-logged-in", "DR-0.4")
    assert middleware.bank.calls("auth_service") == []


@pytest.mark.parametrize(("username", "status"), [("asha", 201), ("ASHA", 201), ("jai", 403), ("", 403)])
def test_a_user_asks_about_their_own_devices_only(middleware, username, status):
    answer = middleware.open(username=username)
    assert answer.status_code == status
    if status == 403:
        assert told(answer) == (403, "not-your-registration", "DR-0.4")
        assert middleware.bank.calls("auth_service", "GET") == []


def test_a_registration_goes_on_with_a_new_login_of_the_same_user(middleware):
    middleware.at_sign_up()
    del middleware.bank.users["token-asha"]
    assert told(middleware.act("check"))[2] == "DR-0.8"
    assert middleware.push().status_code == 200
    middleware.settle()
    middleware.bank.users["token-new"] = "asha"
    assert middleware.look("", "token-new").json["status"] == "Register_Complete"
    assert told(middleware.act("activate", "token-new")) == (200, "Device_Activate", "DR-4.1")


@pytest.mark.parametrize(
    "outcome", [UpstreamFailure("x", "down"), (500, {}), (200, {}), (200, {"active": 1}), (200, {"active": True})]
)
def test_while_nobody_can_tell_who_is_logged_in_the_user_is_asked_to_come_later(middleware, outcome):
    middleware.open()
    for ask, branch in ((middleware.open, "DR-0.5"), (middleware.look, None), (lambda: middleware.act("check"), None)):
        middleware.bank.fail("auth_service", "POST", "/auth/introspect", outcome)
        answer = ask()
        assert told(answer) == (503, "upstream-unavailable", branch)
        assert answer.headers["Retry-After"] == "5"


def test_the_id_of_a_web_registration_is_what_entitles(middleware):
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": "100"}
    middleware.id = middleware.send("POST", "/registrations", body, None).json["id"]
    assert len(middleware.id) == 32
    assert told(middleware.look(token=None))[:2] == (200, "Email_Otp_Sent")
    assert middleware.look("/history", None).status_code == 200
    assert middleware.bank.calls("auth_service") == []
    assert told(middleware.look("/sign-up-qr", None))[1] == "no-sign-up-in-progress"
