"""Logging in at the Auth Service over HTTP, with Cymmetri's answers put in place."""

import pytest

from simulators.auth_service.app import create_app
from simulators.kit.services import SERVICES
from simulators.kit.web.app import service_of
from simulators.kit.wire.client import Reply, UpstreamFailure
from tests.conftest import settings_in

API_KEY = {"X-API-Key": "auth-key"}
ASHA = {
    "userId": "Asha.Rao",
    "cif": "100",
    "legalName": "Asha Rao",
    "email": "asha@example.test",
    "mobile": "98765 43210",
}


class Cymmetri:
    """Answers in Cymmetri's place, with what it was told to; keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.login = self.envelope({"token": "cymmetri-token", "refreshToken": "r", "expiresIn": 900})
        self.userinfo = self.envelope(ASHA)

    @staticmethod
    def envelope(data, status=200, error=None):
        return status, {"success": error is None, "data": data, "errorCode": error}

    def send(self, service, method, path, *, body=None, headers=None, **_):
        self.asked.append((service, method, path, body, headers.get("Authorization")))
        answer = self.login if path == "/ciamauthsrvc/login" else self.userinfo
        if isinstance(answer, Exception):
            raise answer
        return Reply(service, *answer, {})  # type: ignore[call-arg]


@pytest.fixture
def cymmetri():
    return Cymmetri()


@pytest.fixture
def client(tmp_path, cymmetri):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    app = create_app(settings_in(tmp_path, urls=urls))
    service_of(app).client.send = cymmetri.send
    client = app.test_client()
    client.put("/_sandbox/worlds/default", json={"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}})
    return client


def log_in(client, username="asha.rao"):
    return client.post("/auth/login", json={"username": username, "password": "Secret#1"})


def introspected(client, token, headers=API_KEY):
    return client.post("/auth/introspect", json={"token": token}, headers=headers)


def test_cymmetri_is_asked_for_the_credentials_and_for_who_the_user_is(client, cymmetri):
    assert log_in(client).status_code == 200
    assert cymmetri.asked == [
        ("cymmetri", "POST", "/ciamauthsrvc/login", {"userId": "asha.rao", "password": "Secret#1"}, None),
        ("cymmetri", "GET", "/ciamauthsrvc/userinfo", None, "Bearer cymmetri-token"),
    ]


def test_a_login_gives_a_token_that_opens_the_users_own_calls(client):
    answer = log_in(client).json
    assert answer["expiresIn"] == 1800
    profile = client.get("/users/ASHA.RAO", headers={"Authorization": f"Bearer {answer['token']}"})
    assert profile.json == {
        "username": "Asha.Rao", "maskedEmail": "a•••@example.test", "maskedMobile": "+91••••••3210",
    }  # fmt: skip


def test_a_later_login_refreshes_the_contacts(client, cymmetri):
    token = log_in(client).json["token"]
    cymmetri.userinfo = cymmetri.envelope(ASHA | {"email": "new@example.test", "mobile": None})
    log_in(client, "ASHA.RAO")
    profile = client.get("/users/asha.rao", headers={"Authorization": f"Bearer {token}"}).json
    assert (profile["maskedEmail"], profile["maskedMobile"]) == ("n•••@example.test", None)
    assert len(client.get("/_sandbox/worlds/default/people").json["users"]) == 1


@pytest.mark.parametrize("status", [401, 200])
def test_wrong_credentials_are_told_as_such(client, cymmetri, status):
    cymmetri.login = cymmetri.envelope(None, status, "AUTHSRVC.INVALID_CREDENTIALS")
    answer = log_in(client)
    assert (answer.status_code, answer.json["error"]) == (401, "INVALID_CREDENTIALS")
    assert client.get("/_sandbox/worlds/default/people").json["users"] == []


@pytest.mark.parametrize("status", [423, 200])
def test_a_blocked_user_is_told_so(client, cymmetri, status):
    cymmetri.login = cymmetri.envelope(None, status, "AUTHSRVC.USER_BLOCKED")
    answer = log_in(client)
    assert (answer.status_code, answer.json["error"]) == (423, "USER_BLOCKED")


@pytest.mark.parametrize("stage", ["login", "userinfo"])
@pytest.mark.parametrize(
    "outage", [UpstreamFailure("cymmetri", "could not be reached"), (502, {}), (200, {"success": False})]
)
def test_an_outage_of_cymmetri_is_try_later(client, cymmetri, stage, outage):
    setattr(cymmetri, stage, outage)
    answer = log_in(client)
    assert (answer.status_code, answer.json["error"]) == (503, "UPSTREAM_UNAVAILABLE")
    assert answer.headers["Retry-After"]


def test_a_login_without_a_password_names_the_field(client, cymmetri):
    answer = client.post("/auth/login", json={"username": "asha.rao"})
    assert (answer.status_code, answer.json["field"]) == (400, "password")
    assert set(answer.json) == {"error", "error_description", "field"}
    assert cymmetri.asked == []


def test_the_middleware_learns_whose_a_token_is_until_it_expires(client):
    token = log_in(client).json["token"]
    assert introspected(client, token).json == {"active": True, "username": "Asha.Rao", "exp": 1767605400}
    move(client, "PT29M59.999S")
    assert introspected(client, token).json["active"] is True
    move(client, "PT0.001S")
    assert introspected(client, token).json == {"active": False}


def opens(client, token):
    """Tell whether a token opens its user's calls, and whether the middleware is told that it is active."""
    user = client.get("/users/asha.rao", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    return user, introspected(client, token).json["active"]


def test_a_login_that_is_not_used_for_too_long_ends_at_that_instant(client):
    change(client, idle="PT5M")
    token = log_in(client).json["token"]
    move(client, "PT4M59.999S")
    assert opens(client, token) == (True, True)
    move(client, "PT4M59.999S")
    assert introspected(client, token).json["active"] is True
    move(client, "PT5M")
    assert opens(client, token) == (False, False)
    move(client, "PT1M")
    assert opens(client, token) == (False, False)


def test_use_does_not_make_a_login_longer_than_its_lifetime(client):
    change(client, idle="PT20M")
    token = log_in(client).json["token"]
    for _ in range(2):
        move(client, "PT14M")
        assert opens(client, token) == (True, True)
    move(client, "PT2M")
    assert opens(client, token) == (False, False)


@pytest.mark.parametrize(("sessions", "first_holds"), [("many", True), ("one", False)])
def test_whether_a_login_ends_the_one_before_is_a_policy(client, cymmetri, sessions, first_holds):
    change(client, sessions=sessions)
    first = log_in(client).json["token"]
    cymmetri.userinfo = cymmetri.envelope(ASHA | {"userId": "dev"})
    other = log_in(client, "dev").json["token"]
    cymmetri.userinfo = cymmetri.envelope(ASHA)
    second = log_in(client, "ASHA.RAO").json["token"]
    assert opens(client, first) == (first_holds, first_holds)
    assert opens(client, second) == (True, True)
    assert introspected(client, other).json["username"] == "dev"


def test_a_login_that_is_refused_ends_no_session(client, cymmetri):
    change(client, sessions="one")
    token = log_in(client).json["token"]
    cymmetri.login = cymmetri.envelope(None, 401, "AUTHSRVC.INVALID_CREDENTIALS")
    log_in(client)
    assert opens(client, token) == (True, True)


def change(client, **policies):
    assert client.patch("/_sandbox/worlds/default/policies", json={"policies": policies}).status_code == 200


def move(client, advance):
    assert client.post("/_sandbox/worlds/default/clock", json={"advance": advance}).status_code == 200


def test_the_lifetime_of_a_token_is_a_policy(client):
    policies = {"policies": {"token_lifetime": "PT1M"}}
    client.patch("/_sandbox/worlds/default/policies", json=policies)
    answer = log_in(client).json
    assert answer["expiresIn"] == 60
    client.post("/_sandbox/worlds/default/clock", json={"advance": "PT1M"})
    assert introspected(client, answer["token"]).json == {"active": False}


@pytest.mark.parametrize("lifetime", ["PT0S", "-PT5M", "P4000D", "soon"])
def test_a_lifetime_that_no_token_can_have_is_refused(client, lifetime):
    answer = client.put("/_sandbox/worlds/other", json={"policies": {"token_lifetime": lifetime}})
    assert (answer.status_code, answer.json["code"]) == (400, "bad-world")


def test_of_a_forged_token_only_that_it_is_not_active_is_told(client):
    assert introspected(client, "forged").json == {"active": False}


def test_a_token_is_no_good_in_another_world_nor_in_the_next_of_its_name(client):
    token = log_in(client).json["token"]
    client.put("/_sandbox/worlds/other", json={"seed": 7})
    answer = client.post("/w/other/auth/introspect", json={"token": token}, headers=API_KEY)
    assert answer.json == {"active": False}
    client.put("/_sandbox/worlds/default", json={"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}})
    assert introspected(client, token).json == {"active": False}


def test_nobody_but_the_middleware_introspects(client):
    token = log_in(client).json["token"]
    answer = introspected(client, token, {})
    assert (answer.status_code, answer.json["error"]) == (401, "UNAUTHORIZED")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert introspected(client, token, {"X-API-Key": "wrong"}).status_code == 401
    assert introspected(client, token, {"Authorization": f"Bearer {token}"}).status_code == 403


def test_password_and_tokens_stay_out_of_the_journal(client):
    token = log_in(client).json["token"]
    introspected(client, token)
    journal = client.get("/_sandbox/worlds/default/journal").get_data(as_text=True)
    assert "login.credentials" in journal
    for secret in ("Secret#1", token, "cymmetri-token"):
        assert secret not in journal
