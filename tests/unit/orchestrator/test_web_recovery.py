"""A call to Cymmetri was answered by nobody: Cymmetri is asked where it has the registration."""

from types import SimpleNamespace

import msgspec
import pytest

from orchestrator.flows.model import ActionRefused
from orchestrator.flows.web import WEB
from orchestrator.flows.web_recovery import BEGIN_AGAIN, REGISTERED_BEFORE, STAGE_OF, Stand, find_stand
from orchestrator.policies import OrchestratorPolicies
from orchestrator.state import WebState
from simulators.kit.wire.client import Reply, UpstreamFailure
from tests.unit.orchestrator.test_web_steps import BODIES, refusal, success

LOST = UpstreamFailure("cymmetri", "could not be reached")
REPLACED, ENDED = refusal("UNAUTHORIZED", 401), refusal("SESSION_EXPIRED", 401)
HELD = success(userId=None)
CHANGING = {
    "verify-email-otp": "Email_Otp_Sent", "resend-email-otp": "Email_Otp_Sent",
    "verify-mobile-otp": "Mobile_Otp_Sent", "resend-mobile-otp": "Mobile_Otp_Sent", "authenticate": "Mobile_Verified",
    "save-user-id": "Authenticated", "validate-password": "User_Id_Saved", "set-password": "Password_Validated",
}  # fmt: skip
"""The actions that change something at Cymmetri, and a status in which each is allowed."""


def at(stage):
    return refusal("STEP_OUT_OF_ORDER", 409, errorMeta={"nextStep": stage})


class FakeCall:
    """A call whose questions to Cymmetri are answered one after the other."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.relayed = []
        policies = OrchestratorPolicies()
        self.world = SimpleNamespace(policies=lambda _: policies)

    def ask(self, service, method, path, body=None, *, headers):
        self.asked.append((method, path.rpartition("/")[2], headers["Authorization"]))
        answer = dict(found) if isinstance(found := self.answers.pop(0), dict) else found
        if isinstance(answer, Exception):
            raise answer
        return Reply(service, answer.pop("status", 200), answer, {})


def act(name, call, status=None, state=None):
    action = WEB.action(name)
    registration = SimpleNamespace(web=state or WebState("staged"), status=status or CHANGING[name])
    return action.perform(call, registration, msgspec.convert(BODIES.get(name, {}), action.body))


def refused(*given, **more):
    with pytest.raises(ActionRefused) as found:
        act(*given, **more)
    return found.value


def test_every_status_that_holds_a_token_has_its_stage():
    assert set(STAGE_OF) == {status for action in WEB.actions for status in action.allowed}


@pytest.mark.parametrize(
    ("status", "answer", "stand"),
    [
        ("Email_Otp_Sent", at("VERIFY_EMAIL_OTP"), Stand.HERE),
        ("Email_Otp_Sent", at("VERIFY_MOBILE_OTP"), Stand.GONE_ON),
        ("Mobile_Otp_Sent", at("AUTHENTICATE_USER"), Stand.GONE_ON),
        ("Mobile_Verified", at("AUTHENTICATE_USER"), Stand.HERE),
        ("Authenticated", HELD, Stand.HERE),
        ("Authenticated", refusal("UPSTREAM_UNAVAILABLE", 503), Stand.HERE),
        ("Authenticated", refusal("USER_BLOCKED", 423), Stand.HERE),
        ("User_Id_Saved", REPLACED, Stand.GONE_ON),
        ("Password_Validated", at("COMPLETED"), Stand.COMPLETED),
        ("Email_Otp_Sent", ENDED, Stand.HERE),
        ("Email_Otp_Sent", refusal("STEP_OUT_OF_ORDER", 409), Stand.UNKNOWN),
        ("Email_Otp_Sent", at(7), Stand.UNKNOWN),
        ("Email_Otp_Sent", refusal("SOMETHING_NEW", 418), Stand.UNKNOWN),
        ("Email_Otp_Sent", LOST, Stand.UNKNOWN),
    ],
)
def test_where_cymmetri_has_a_registration_is_told_by_how_it_takes_the_token(status, answer, stand):
    call = FakeCall(answer)
    assert find_stand(call, SimpleNamespace(web=WebState("staged"), status=status)) is stand
    assert call.asked == [("GET", "existingUserId", "Bearer staged")]
    assert call.relayed == []


@pytest.mark.parametrize("action", CHANGING)
def test_a_call_that_is_carried_out_after_cymmetri_was_asked_is_found_before_it_is_repeated(action):
    here = HELD if CHANGING[action] == "Authenticated" else at(STAGE_OF[CHANGING[action]])
    found = refused(action, FakeCall(LOST, here))
    assert (found.code, found.http_status, found.retry_after) == ("upstream-unavailable", 503, 5)
    assert found.outcome.message == "cymmetri could not be reached. Try again later."
    assert found.outcome.changes == {"unconfirmed": "staged"}


@pytest.mark.parametrize("action", CHANGING)
def test_a_call_that_cymmetri_says_it_could_not_handle_is_asked_after_by_the_next_one(action):
    call = FakeCall({"status": 503})
    found = refused(action, call)
    assert (found.http_status, found.outcome.changes) == (503, {"unconfirmed": "staged"})
    assert "answered 503" in found.outcome.message
    assert len(call.asked) == 1


@pytest.mark.parametrize("action", CHANGING)
def test_a_call_that_was_carried_out_unheard_has_spent_the_token_and_the_customer_is_told_to_begin_again(action):
    found = refused(action, FakeCall(LOST, REPLACED))
    assert (found.code, found.http_status, found.retry_after) == ("upstream-unavailable", 503, 5)
    assert (found.outcome.status, found.outcome.changes) == (None, {"spent": "staged"})
    assert found.outcome.message == f"cymmetri could not be reached. {BEGIN_AGAIN}"


@pytest.mark.parametrize("action", ["verify-email-otp", "verify-mobile-otp", "authenticate", "save-user-id"])
def test_a_success_that_hands_over_no_token_is_asked_after(action):
    assert refused(action, FakeCall(success(), REPLACED)).outcome.changes == {"spent": "staged"}


@pytest.mark.parametrize("action", CHANGING)
def test_what_cymmetri_does_not_tell_is_asked_again_before_the_next_call(action):
    found = refused(action, FakeCall(LOST, LOST))
    assert (found.code, found.http_status) == ("upstream-unavailable", 503)
    assert found.outcome.changes == {"unconfirmed": "staged"}
    assert found.outcome.message == "cymmetri could not be reached. Try again later."
    unconfirmed = WebState("staged", unconfirmed="staged")

    call = FakeCall(LOST)
    with pytest.raises(UpstreamFailure, match="does not tell"):
        act(action, call, state=unconfirmed)
    assert [path for _, path, _ in call.asked] == ["existingUserId"], "the call itself was not repeated"

    call = FakeCall(REPLACED)
    found = refused(action, call, state=unconfirmed)
    assert (found.code, found.http_status, found.outcome.changes) == ("action-not-allowed", 409, {"spent": "staged"})
    assert len(call.asked) == 1

    here = HELD if CHANGING[action] == "Authenticated" else at(STAGE_OF[CHANGING[action]])
    call = FakeCall(here, success(token="next"))
    act(action, call, state=unconfirmed)
    assert len(call.asked) == 2


def test_a_token_that_came_since_is_in_no_doubt():
    call = FakeCall(success(token="later"))
    act("verify-mobile-otp", call, state=WebState("next", unconfirmed="staged", spent="staged"))
    assert len(call.asked) == 1


@pytest.mark.parametrize(
    ("action", "status"), [("list-factors", "Mobile_Verified"), ("existing-user-id", "Authenticated")]
)
def test_a_question_that_changes_nothing_needs_no_asking_after(action, status):
    call = FakeCall(LOST)
    with pytest.raises(UpstreamFailure):
        act(action, call, status)
    assert len(call.asked) == 1
    assert refused(action, FakeCall(REPLACED), status, WebState("staged", "staged")).http_status == 409


def test_a_password_that_was_set_unheard_is_set():
    call = FakeCall(LOST, at("COMPLETED"))
    outcome = act("set-password", call)
    assert (outcome.status, outcome.branch, outcome.message) == (
        "Registered", "WR-11.1", "You are registered. Log in.",
    )  # fmt: skip
    assert call.relayed == ["WR-11.1"]


def test_a_password_that_is_repeated_may_be_another_than_the_one_that_was_set_unheard():
    outcome = act("set-password", FakeCall(at("COMPLETED")), state=WebState("staged", "staged"))
    assert (outcome.status, outcome.message) == ("Registered", REGISTERED_BEFORE)


def test_nothing_but_logging_in_is_left_of_a_registration_that_was_completed_unheard():
    found = refused("save-user-id", FakeCall(at("COMPLETED")), "Password_Validated", WebState("staged", "staged"))
    assert (found.code, found.http_status, found.outcome.status) == ("action-not-allowed", 409, None)
    assert (found.outcome.message, found.outcome.changes) == (REGISTERED_BEFORE, {"spent": "staged"})


def test_an_email_that_is_verified_without_a_mobile_to_go_on_with_has_spent_its_token():
    told = refusal("MOBILE_NOT_REGISTERED", 409)
    assert refused("verify-email-otp", FakeCall(told)).outcome.changes == {"spent": "staged"}
    assert refused("resend-mobile-otp", FakeCall(told)).outcome.changes == {}
