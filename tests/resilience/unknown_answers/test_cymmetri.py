"""Cymmetri says at every step what no document says; the registration stays where it is and then goes on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.resilience.unknown_answers.odd import (
    UNDOCUMENTED,
    UNUSABLE,
    WITHOUT_DATA,
    envelope,
    is_later,
    is_undocumented,
    last_exchange,
    says,
)
from tests.support.registrant import BASE, PASSWORD
from tests.support.world import Request, Said, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]


class WebVisit:
    """Asha on the bank's web site."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asha: dict[str, Any] = world.personas["Asha"]
        self.id = ""

    def begin(self) -> Said:
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": self.asha["cif"]}
        said = self.world.ask("orchestrator", "POST", "/registrations", body)
        self.id = said.body.get("id", "")
        return said

    def act(self, action: str, fields: dict[str, Any]) -> Said:
        return self.world.ask("orchestrator", "POST", f"/registrations/{self.id}/actions/{action}", fields)

    def status(self) -> str:
        return str(self.world.ask("orchestrator", "GET", f"/registrations/{self.id}").body["status"])

    def steps(self) -> Iterator[tuple[str, str, dict[str, Any], str]]:
        """Yield each action with Cymmetri's operation, the right fields, and the status that it leads to."""
        code, asha, card = self.world.client.code, self.asha, self.asha["cards"][0]
        proof = {"mfaType": "DEBIT_CARD", "cardLast4": card["last4"], "expiry": card["expiry"], "pin": card["pin"]}
        both = {"password": PASSWORD, "confirmPassword": PASSWORD}
        yield (
            "verify-email-otp",
            "VerifyEmailOtp",
            {"otp": code(asha["email"], "email-otp", "email")},
            "Mobile_Otp_Sent",
        )
        yield (
            "verify-mobile-otp",
            "VerifyMobileOtp",
            {"otp": code(asha["mobile"], "mobile-otp", "sms")},
            "Mobile_Verified",
        )
        yield "list-factors", "mfa/list", {}, "Mobile_Verified"
        yield "authenticate", "authenticateUser", proof, "Authenticated"
        yield "existing-user-id", "existingUserId", {}, "Authenticated"
        yield "save-user-id", "saveuserid", {"userId": "asha.unheard"}, "User_Id_Saved"
        yield "validate-password", "validatePassword", {"password": PASSWORD}, "Password_Validated"
        yield "set-password", "setIbPassword", both, "Registered"


def history(visit: WebVisit) -> list[dict[str, Any]]:
    return list(visit.world.ask("orchestrator", "GET", f"/registrations/{visit.id}/history").body["history"])


def test_an_unknown_code_is_told_at_every_step_and_the_flow_goes_on(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    for effect, code in UNDOCUMENTED.values():
        world.fault("cymmetri", "POST", f"{BASE}/checkIdentity", effect)
        is_undocumented(visit.begin(), code)
        assert not visit.id
    assert visit.begin().status == 201
    for action, operation, fields, after in visit.steps():
        before = visit.status()
        for effect, code in UNDOCUMENTED.values():
            world.fault("cymmetri", "", f"{BASE}/{operation}", effect)
            is_undocumented(visit.act(action, fields), code)
            assert visit.status() == before
        done = visit.act(action, fields)
        assert (done.status, done.body["status"]) == (200, after)
    assert visit.status() == "Registered"


def test_what_is_no_answer_is_an_outage_at_every_step_and_the_flow_goes_on(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    odd = [*UNUSABLE.values(), *WITHOUT_DATA.values()]
    for effect in odd:
        world.fault("cymmetri", "POST", f"{BASE}/checkIdentity", effect)
        is_later(visit.begin())
        assert not visit.id
    assert visit.begin().status == 201
    for action, operation, fields, after in visit.steps():
        before = visit.status()
        for effect in odd:
            world.fault("cymmetri", "", f"{BASE}/{operation}", effect)
            is_later(visit.act(action, fields))
            assert visit.status() == before
        done = visit.act(action, fields)
        assert (done.status, done.body["status"]) == (200, after)


@pytest.mark.parametrize("resend", ["email", "mobile"])
def test_a_resend_that_is_answered_oddly_moves_nothing(fresh: Fresh, resend: str) -> None:
    world = fresh(cymmetri={"otp": {"resend_after": "PT0S"}})
    visit = WebVisit(world)
    visit.begin()
    operation, before = "resendOtpEmail", "Email_Otp_Sent"
    if resend == "mobile":
        (action, _, fields, before), operation = next(visit.steps()), "resendOtpMobile"
        visit.act(action, fields)
    for effect, code in UNDOCUMENTED.values():
        world.fault("cymmetri", "POST", f"{BASE}/{operation}", effect)
        is_undocumented(visit.act(f"resend-{resend}-otp", {}), code)
    for effect in [*UNUSABLE.values(), *WITHOUT_DATA.values()]:
        world.fault("cymmetri", "POST", f"{BASE}/{operation}", effect)
        is_later(visit.act(f"resend-{resend}-otp", {}))
    assert visit.status() == before
    assert visit.act(f"resend-{resend}-otp", {}).status == 200


def test_the_journal_and_the_history_show_the_unknown_code(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    visit.begin()
    effect, code = UNDOCUMENTED["an unknown code"]
    world.fault("cymmetri", "POST", f"{BASE}/VerifyEmailOtp", effect)
    visit.act("verify-email-otp", {"otp": "123456"})
    theirs = last_exchange(world, "cymmetri", "*/VerifyEmailOtp")
    assert (theirs["status"], theirs["answer"]["errorCode"], theirs["fault"]) == (418, code, "status")
    ours = last_exchange(world, "orchestrator", "*/verify-email-otp")
    assert (ours["status"], ours["answer"]["code"], ours["answer"]["upstream_code"]) == (
        502,
        "undocumented-answer",
        code,
    )
    assert ours["branches"] == []
    last = history(visit)[-1]
    assert (last["before"], last["after"], last["branch"]) == ("Email_Otp_Sent", "Email_Otp_Sent", None)
    assert code in last["message"]


def test_an_unknown_code_is_not_kept_under_an_idempotency_key(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    visit.begin()
    action, operation, fields, after = next(visit.steps())
    world.fault("cymmetri", "POST", f"{BASE}/{operation}", UNDOCUMENTED["an unknown code"][0])
    path = f"/registrations/{visit.id}/actions/{action}"
    request = Request("orchestrator", "POST", path, fields, headers={"Idempotency-Key": "once"})
    assert world.send(request).status == 502
    assert world.send(request).body["status"] == after


@pytest.mark.parametrize("flow", ["PASSWORDLESS", None, 7])
def test_an_identity_that_is_to_go_where_no_document_leads_begins_nothing(fresh: Fresh, flow: Any) -> None:
    world = fresh()
    visit = WebVisit(world)
    data = {"flow": flow, "token": "a-token-of-nothing", "nextStep": "VERIFY_EMAIL_OTP"}
    world.fault(
        "cymmetri", "POST", f"{BASE}/checkIdentity", says(200, envelope(success=True, data=data, errorCode=None))
    )
    is_undocumented(visit.begin(), f"flow {flow}")
    assert not visit.id


@pytest.mark.parametrize("token", [None, "", 7, ["a"], "line\nbreak", "überall"])
def test_a_step_that_hands_over_no_usable_token_has_not_been_taken(fresh: Fresh, token: Any) -> None:
    world = fresh()
    visit = WebVisit(world)
    data = {"token": token, "flow": "REGISTRATION", "nextStep": "ANY"}
    effect = says(200, envelope(success=True, data=data, errorCode=None))
    world.fault("cymmetri", "POST", f"{BASE}/checkIdentity", effect)
    is_later(visit.begin())
    visit.begin()
    for action, operation, fields, _ in visit.steps():
        if operation not in ("mfa/list", "existingUserId", "setIbPassword"):
            before = visit.status()
            world.fault("cymmetri", "POST", f"{BASE}/{operation}", effect)
            is_later(visit.act(action, fields))
            assert visit.status() == before
        assert visit.act(action, fields).status == 200
    assert visit.status() == "Registered"


@pytest.mark.parametrize(
    ("action", "operation"), [("list-factors", "mfa/list"), ("existing-user-id", "existingUserId")]
)
def test_what_was_not_said_is_not_read_as_none(fresh: Fresh, action: str, operation: str) -> None:
    world = fresh()
    visit = WebVisit(world)
    visit.begin()
    for step, _, fields, _ in visit.steps():
        if step == action:
            break
        visit.act(step, fields)
    for data in ({}, {"factors": "none", "userId": 7}):
        effect = says(200, envelope(success=True, data=data, errorCode=None))
        world.fault("cymmetri", "GET", f"{BASE}/{operation}", effect)
        is_later(visit.act(action, {}))
    assert visit.act(action, {}).status == 200
