"""Cymmetri says otherwise what it says; the middleware and the Auth Service understand it all the same."""

from typing import Any

import pytest

from tests.support.registrant import PASSWORD, other
from tests.support.world import Said, World

pytestmark = pytest.mark.thorough


OWN = {
    "like": "published",
    "errors": {"INVALID_OTP": "OTP-17", "USER_NOT_FOUND": "CUST.NONE"},
    "statuses": {"404": 200, "INVALID_OTP": 200},
    "instants": "%d/%m/%Y %H:%M:%S",
    "message": "null",
    "fields": {
        "otp": "verificationCode", "token": "stagedToken", "errorCode": "code", "data": "payload", "userId": "login",
        "factors": "mfa", "cardLast4": "last4",
    },
    "extra": {"apiVersion": "2.1"},
    "paths": {"/ciamregsrvc/webRegistration/": "/ciam/registration/v2/", "/ciamauthsrvc/login": "/ciam/login"},
}  # fmt: skip
PROFILES = {"ours": "ours", "published": "published", "dotnet-sdk": "dotnet-sdk", "own": OWN}


class Visit:
    """Asha on the bank's web site."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asha: dict[str, Any] = world.personas["Asha"]
        self.id = ""

    def begin(self, id: str = "") -> Said:
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": id or self.asha["cif"]}
        said = self.world.ask("orchestrator", "POST", "/registrations", body)
        self.id = said.body.get("id", "")
        return said

    def act(self, action: str, **fields: Any) -> Said:
        return self.world.ask("orchestrator", "POST", f"/registrations/{self.id}/actions/{action}", fields)

    def code(self, channel: str) -> str:
        contact, purpose = {"email": ("email", "email-otp"), "sms": ("mobile", "mobile-otp")}[channel]
        return self.world.client.code(self.asha[contact], purpose, channel)


@pytest.fixture(params=PROFILES)
def visit(request, new_world) -> Visit:
    policies = {"cymmetri": {"wire": PROFILES[request.param], "block": "PT30M"}}
    clock = {"set": "2026-01-05T09:00:00Z", "frozen": True}
    return Visit(new_world(clock=clock, personas=[{"name": "Asha"}, {"name": "Bina"}], policies=policies))


def test_a_customer_registers_and_logs_in(visit):
    assert visit.begin().body["status"] == "Email_Otp_Sent"
    assert visit.act("verify-email-otp", otp=visit.code("email")).body["status"] == "Mobile_Otp_Sent"
    done = visit.act("verify-mobile-otp", otp=visit.code("sms")).body
    assert (done["status"], done["last_outcome"]["message"]) == ("Mobile_Verified", "The mobile was verified.")
    factors = visit.act("list-factors").body["last_outcome"]
    assert (factors["branch"], factors["details"]["factors"]) == ("WR-6.1", ["DEBIT_CARD"])
    card = visit.asha["cards"][0]
    proof = {"mfaType": "DEBIT_CARD", "cardLast4": card["last4"], "expiry": card["expiry"], "pin": card["pin"]}
    assert visit.act("authenticate", **proof).body["status"] == "Authenticated"
    assert visit.act("save-user-id", userId="asha.a").body["last_outcome"]["details"]["userId"] == "asha.a"
    assert visit.act("validate-password", password=PASSWORD).body["status"] == "Password_Validated"
    again = visit.act("save-user-id", userId="asha.b").body
    assert (again["status"], visit.act("validate-password", password=PASSWORD).status) == ("User_Id_Saved", 200)
    both = {"password": PASSWORD, "confirmPassword": PASSWORD}
    assert visit.act("set-password", **both).body["status"] == "Registered"
    login = {"username": "asha.b", "password": PASSWORD}
    assert visit.world.ask("auth_service", "POST", "/auth/login", login).status == 200
    for status in (401, 401, 423):
        wrong = visit.world.ask("auth_service", "POST", "/auth/login", login | {"password": "x"})
        assert wrong.status == status, wrong.text
    assert visit.begin().body["code"] == "user-blocked"


def test_refusals_are_told_in_the_names_of_the_contract(visit):
    stranger = visit.begin("999")
    assert (stranger.status, stranger.body["code"], stranger.body["branch"]) == (404, "user-not-found", "WR-1.3")
    visit.begin()
    malformed = visit.act("verify-email-otp", otp="abc")
    assert (malformed.status, malformed.body["code"], malformed.body["field"]) == (400, "validation-failed", "otp")
    soon = visit.act("resend-email-otp")
    assert (soon.status, soon.body["code"], soon.headers["retry-after"]) == (429, "resend-too-soon", "30")
    for left in (2, 1):
        wrong = visit.act("verify-email-otp", otp=other(visit.code("email")))
        assert (wrong.status, wrong.body["code"], wrong.body["details"]["attemptsLeft"]) == (401, "invalid-otp", left)
    blocked = visit.act("verify-email-otp", otp=other(visit.code("email")))
    assert (blocked.status, blocked.body["code"], blocked.body["branch"]) == (423, "user-blocked", "WR-2.3")
    assert blocked.body["details"]["blockedUntil"] == "2026-01-05T09:30:00.000Z"
    state = visit.world.ask("orchestrator", "GET", f"/registrations/{visit.id}").body
    assert (state["status"], state["allowed_actions"]) == ("Blocked", [])


def test_a_session_that_has_ended_is_told_in_its_own_words(visit):
    visit.begin()
    visit.world.advance("PT30M")
    ended = visit.act("verify-email-otp", otp=visit.code("email"))
    assert (ended.status, ended.body["code"], ended.body["branch"]) == (401, "session-expired", "WR-2.10")
    state = visit.world.ask("orchestrator", "GET", f"/registrations/{visit.id}").body
    assert state["status"] == "Email_Otp_Sent"


def test_a_profile_can_be_changed_while_the_world_runs(new_world):
    visit = Visit(new_world(personas=[{"name": "Asha"}]))
    for wire in (OWN, "published", "ours", {"fields": {"otp": "oneTimeCode"}}):
        visit.world.client.control("PATCH", "/policies", {"policies": {"cymmetri": {"wire": wire}}})
        assert visit.begin().status == 201
        wrong = visit.act("verify-email-otp", otp="abc")
        assert (wrong.status, wrong.body["branch"]) == (400, "WR-2.9"), (wire, wrong.text)
