"""The actions of web registration, with a Cymmetri that answers as told."""

from types import SimpleNamespace

import msgspec
import pytest

from orchestrator.flows import web_steps as steps
from orchestrator.flows.branches import branches
from orchestrator.flows.model import ActionRefused
from orchestrator.flows.web import WEB
from orchestrator.flows.web_branches import BRANCH_OF, MESSAGE_OF, list_expected
from orchestrator.policies import OrchestratorPolicies
from orchestrator.state import WebState
from simulators.cymmetri.wire_profiles import PUBLISHED_ERRORS
from simulators.kit.wire.client import Reply

BODIES = {
    "verify-email-otp": {"otp": "123456"}, "verify-mobile-otp": {"otp": "123456"},
    "authenticate": {"mfaType": "DEBIT_CARD", "cardLast4": "1111", "expiry": "1230", "pin": "1357"},
    "save-user-id": {"userId": "asha"}, "validate-password": {"password": "x"},
    "set-password": {"password": "x", "confirmPassword": "x"},
}  # fmt: skip


class FakeCall:
    """A call whose question to Cymmetri is answered with one envelope."""

    def __init__(self, status=200, wire="ours", headers=None, **envelope):
        self.status, self.headers, self.envelope = status, headers or {}, envelope
        self.relayed = []
        self.asked = []
        policies = OrchestratorPolicies(cymmetri_wire=wire)
        self.world = SimpleNamespace(policies=lambda _: policies)

    def ask(self, service, method, path, body=None, *, headers):
        self.asked.append((method, path, body, headers))
        return Reply(service, self.status, self.envelope, self.headers)


def refusal(reason, status=400, **more):
    return {"status": status, "success": False, "errorCode": f"REGSRVC.{reason}", "message": "No.", **more}


def success(**data):
    return {"success": True, "message": "Well.", "data": data}


def act(name, call, token="staged"):
    action = WEB.action(name)
    body = msgspec.convert(BODIES.get(name, {}), action.body)
    registration = SimpleNamespace(web=WebState(token), status=action.allowed[0])
    return action.perform(call, registration, body)


def refused(name, call):
    with pytest.raises(ActionRefused) as found:
        act(name, call)
    return found.value


def test_every_branch_that_an_answer_stands_for_is_one_of_cymmetris():
    assert {branches()[branch].decided_by for branch in BRANCH_OF.values()} == {"cymmetri"}
    assert set(MESSAGE_OF) <= set(branches())


@pytest.mark.parametrize("action", [action.name for action in WEB.actions])
def test_a_blocked_customer_is_blocked_at_every_step_and_can_do_nothing_more(action):
    found = refused(action, FakeCall(**refusal("USER_BLOCKED", 423, errorMeta={"blockedUntil": "later"})))
    assert (found.code, found.http_status, found.outcome.status) == ("user-blocked", 423, "Blocked")
    assert found.outcome.details == {"blockedUntil": "later"}
    assert "Blocked" in WEB.action(action).leads_to
    assert WEB.list_allowed("Blocked") == []


@pytest.mark.parametrize("action", [action.name for action in WEB.actions])
def test_a_session_that_has_ended_moves_nothing(action):
    found = refused(action, FakeCall(**refusal("SESSION_EXPIRED", 401)))
    assert (found.code, found.http_status, found.outcome.status) == ("session-expired", 401, None)


@pytest.mark.parametrize(
    ("action", "reply", "branch"),
    [
        ("verify-email-otp", refusal("SESSION_EXPIRED", 401), "WR-2.10"),
        ("verify-mobile-otp", refusal("SESSION_EXPIRED", 401), "WR-4.9"),
        ("verify-email-otp", refusal("OTP_EXPIRED", 401), "WR-2.4"),
        ("verify-email-otp", refusal("OTP_EXPIRED", 401, errorMeta={"reason": "CONTACT_CHANGED"}), "WR-2.11"),
        ("verify-mobile-otp", refusal("OTP_EXPIRED", 401, errorMeta={"reason": "CONTACT_CHANGED"}), "WR-4.10"),
        ("verify-email-otp", refusal("VALIDATION_FAILED", errorMeta={"field": "otp"}), "WR-2.9"),
        ("verify-mobile-otp", refusal("VALIDATION_FAILED", errorMeta={"field": "otp"}), "WR-4.8"),
        ("resend-email-otp", refusal("USER_BLOCKED", 423), "WR-3.5"),
        ("resend-mobile-otp", refusal("USER_BLOCKED", 423), "WR-5.5"),
        ("list-factors", refusal("UPSTREAM_UNAVAILABLE", 503), "WR-6.3"),
        ("list-factors", refusal("USER_BLOCKED", 423), "WR-6.4"),
        ("authenticate", refusal("VALIDATION_FAILED", errorMeta={"field": "pin"}), "WR-7.9"),
        ("existing-user-id", refusal("UPSTREAM_UNAVAILABLE", 503), "WR-8.3"),
        ("save-user-id", refusal("UPSTREAM_UNAVAILABLE", 503), "WR-9.5"),
    ],
)
def test_an_answer_that_names_no_branch_stands_for_one(action, reply, branch):
    assert refused(action, FakeCall(**reply)).outcome.branch == branch


def test_the_branch_that_cymmetri_names_comes_first():
    call = FakeCall(headers={"sandbox-branch": "WR-9.6"}, **refusal("USER_ID_ALREADY_EXISTS", 409))
    assert refused("save-user-id", call).outcome.branch == "WR-9.6"
    assert call.relayed == ["WR-9.6"]


def test_a_mobile_code_that_could_not_be_sent_leaves_the_registration_at_the_mobile():
    told = refusal("OTP_NOT_SENT", 503, data={"token": "next", "nextStep": "VERIFY_MOBILE_OTP", "maskedMobile": "m"})
    found = refused("verify-email-otp", FakeCall(**told))
    assert (found.outcome.status, found.outcome.changes) == ("Mobile_Otp_Sent", {"token": "next"})
    assert found.outcome.details == {"maskedMobile": "m"}
    assert refused("verify-email-otp", FakeCall(**refusal("OTP_NOT_SENT", 503))).outcome.status is None
    assert refused("resend-email-otp", FakeCall(**told)).outcome.status is None


@pytest.mark.parametrize(
    ("reason", "status", "branch", "retry"),
    [
        ("TOO_MANY_CODES", 429, "WR-1.11", 85800),
        ("IDENTITY_AMBIGUOUS", 409, "WR-1.12", None),
        ("CUSTOMER_NOT_ELIGIBLE", 403, "WR-1.9", None),
    ],
)
def test_a_refusal_at_check_identity_is_relayed(reason, status, branch, retry):
    headers = {"retry-after": str(retry)} if retry else {}
    with pytest.raises(ActionRefused) as found:
        steps.check_identity(FakeCall(headers=headers, **refusal(reason, status)), {})
    told = found.value
    assert (told.code, told.http_status, told.outcome.branch) == (reason.lower().replace("_", "-"), status, branch)
    assert (told.retry_after, told.upstream_code) == (retry, f"REGSRVC.{reason}")


def test_a_registration_begins_although_the_code_could_not_be_mailed():
    status, outcome = steps.check_identity(FakeCall(**refusal("OTP_NOT_SENT", 503, data={"token": "t"})), {})
    assert (status, outcome.branch, outcome.changes) == ("Email_Otp_Sent", "WR-1.8", {"token": "t"})
    with pytest.raises(ActionRefused):
        steps.check_identity(FakeCall(**refusal("OTP_NOT_SENT", 503)), {})


@pytest.mark.parametrize(
    ("action", "data", "status"),
    [
        ("verify-email-otp", {"token": "t"}, "Mobile_Otp_Sent"), ("resend-email-otp", {}, None),
        ("verify-mobile-otp", {"token": "t"}, "Mobile_Verified"), ("resend-mobile-otp", {}, None),
        ("list-factors", {"factors": []}, None), ("authenticate", {"token": "t"}, "Authenticated"),
        ("existing-user-id", {"userId": None}, None), ("save-user-id", {"token": "t"}, "User_Id_Saved"),
        ("validate-password", {"token": "t"}, "Password_Validated"), ("set-password", {}, "Registered"),
    ],
)  # fmt: skip
def test_a_success_leads_on_with_the_next_token(action, data, status):
    call = FakeCall(**success(**data))
    outcome = act(action, call)
    assert (outcome.status, outcome.message) == (status, "Well.")
    assert outcome.changes == ({"token": "t"} if "token" in data else {})
    assert call.asked[0][3]["Authorization"] == "Bearer staged"
    assert "token" not in outcome.details


@pytest.mark.parametrize("action", ["verify-email-otp", "authenticate", "save-user-id", "validate-password"])
def test_a_success_without_the_next_token_is_an_outage(action):
    found = refused(action, FakeCall(**success()))
    assert (found.code, found.http_status) == ("upstream-unavailable", 503)


def test_a_user_id_taken_in_between_leads_back_to_choosing_one():
    reply = refusal("USER_ID_ALREADY_EXISTS", 409, data={"token": "t", "nextStep": "USER_ID"})
    found = refused("set-password", FakeCall(**reply))
    assert (found.outcome.status, found.outcome.changes) == ("Authenticated", {"token": "t"})


def test_another_user_id_can_be_chosen_until_the_password_is_set():
    for status in ("Authenticated", "User_Id_Saved", "Password_Validated"):
        assert {"save-user-id", "existing-user-id"} <= set(WEB.list_allowed(status))


@pytest.mark.parametrize("branch", ["WR-9.1", "WR-9.4"])
def test_a_customer_whose_own_user_id_is_held_is_told_so(branch):
    silent = FakeCall(headers={"sandbox-branch": branch}, success=True, message=None, data={"token": "t"})
    outcome = act("save-user-id", silent)
    assert (outcome.branch, outcome.message) == (branch, "The user id is held for you.")


def test_the_customer_is_told_something_where_cymmetri_sends_no_message():
    told = {"success": True, "message": None, "data": {"factors": []}}
    assert act("list-factors", FakeCall(**told)).message == "You have no card to use. Visit a branch."
    silent = refusal("INVALID_OTP", 401) | {"message": None}
    assert "INVALID_OTP" in refused("verify-email-otp", FakeCall(**silent)).outcome.message


@pytest.mark.parametrize("reason", sorted({key.partition("@")[0] for key in PUBLISHED_ERRORS}))
def test_a_published_code_is_read_as_the_reason_that_it_stands_for(reason):
    if reason == "INVALID_CREDENTIALS":
        pytest.skip("of the login, which the middleware does not call")
    operations = [operation for operation, each in BRANCH_OF if each == reason]
    for operation in operations:
        reply = steps.cymmetri.call(  # type: ignore[attr-defined]
            FakeCall(400, "published", success=False, errorCode=PUBLISHED_ERRORS[reason], message="No."),
            "POST", operation, {}, expected=list_expected(operation),
        )  # fmt: skip
        assert (reply.reason, reply.wire_code) == (reason, PUBLISHED_ERRORS[reason])


def test_the_channel_is_told_a_refusal_in_the_names_of_the_contract_and_how_it_was_spelt():
    told = {"success": False, "errorCode": "MFASRVC.RESEND_PERIOD_NOT_ALLOWED", "message": "No."}
    found = refused("resend-email-otp", FakeCall(400, "published", **told))
    assert (found.code, found.http_status, found.upstream_code) == ("resend-too-soon", 429, "REGSRVC.RESEND_TOO_SOON")
    assert found.outcome.details == {"wireCode": "MFASRVC.RESEND_PERIOD_NOT_ALLOWED"}
    assert refused("resend-email-otp", FakeCall(**refusal("RESEND_TOO_SOON", 429))).outcome.details == {}


@pytest.mark.parametrize(
    ("operation", "reason"), [("checkIdentity", "TOO_MANY_CODES"), ("VerifyEmailOtp", "USER_BLOCKED")]
)
def test_a_code_that_stands_for_two_reasons_is_read_by_the_operation(operation, reason):
    told = {"success": False, "errorCode": "REGSRVC.OTP_LIMIT_EXCEED", "message": "No."}
    expected = list_expected(operation)
    reply = steps.cymmetri.call(FakeCall(403, "published", **told), "POST", operation, {}, expected=expected)  # type: ignore[attr-defined]
    assert reply.reason == reason


@pytest.mark.parametrize(
    ("reply", "code", "status"),
    [
        (refusal("SOMETHING_NEW", 418), "undocumented-answer", 502),
        ({"success": True}, "upstream-unavailable", 503),
        ({"message": "hello"}, "upstream-unavailable", 503),
        (refusal("SOMETHING_NEW", 500), "upstream-unavailable", 503),
    ],
)
def test_what_no_document_knows_is_neither_a_success_nor_a_fact_about_the_customer(reply, code, status):
    found = refused("verify-email-otp", FakeCall(**reply))
    assert (found.code, found.http_status, found.outcome.status) == (code, status, None)
