"""The engine: what is allowed when, what is recorded of an outcome, and how a refusal is told."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from orchestrator import engine
from orchestrator.flows import FLOWS
from orchestrator.flows.model import Action, ActionRefused, Flow, Outcome
from orchestrator.records import LastOutcome
from simulators.kit.errors import Refusal
from simulators.kit.models import Empty
from simulators.kit.wire.client import UpstreamFailure
from tests.unit.orchestrator.bank import told


def test_an_unknown_action_is_told_with_those_there_are(middleware):
    middleware.open()
    answer = middleware.act("dance")
    assert told(answer) == (404, "unknown-action", None)
    assert "sign-up, register, activate, check" in answer.json["detail"]


def test_every_outcome_is_in_the_history_with_the_facts_it_rested_on(middleware):
    middleware.open()
    middleware.act("sign-up", via="email", contact="else@example.test")
    begun, refused = middleware.look("/history").json["history"]
    assert (begun["action"], begun["before"], begun["after"]) == ("check", "", "Not_Found")
    assert (refused["action"], refused["branch"], refused["facts"]) == (
        "sign-up", "DR-1.4", {"via": "email", "registered": False},
    )  # fmt: skip
    last = middleware.look().json["last_outcome"]
    assert (last["branch"], last["message"]) == ("DR-1.4", refused["message"])


def test_an_outcome_that_comes_after_another_request_has_moved_on_is_noted_and_changes_nothing(middleware):
    middleware.at_sign_up()
    middleware.bank.meanwhile("auth_service", "GET", "/users/asha/devices/", middleware.push)
    middleware.bank.fail("auth_service", "GET", "/users/asha/devices/")
    assert told(middleware.act("check")) == (503, "upstream-unavailable", "DR-0.5")
    assert middleware.status == "Sign_Up_Complete"


def test_an_outage_that_no_step_has_a_branch_for_is_told_as_one(middleware):
    middleware.open()
    middleware.bank.fail("auth_service", "POST", "/users/asha/contacts", UpstreamFailure("auth_service", "is down"))
    answer = middleware.sign_up("email")
    assert told(answer) == (503, "upstream-unavailable", None)
    assert (middleware.status, answer.headers["Retry-After"]) == ("Not_Found", "5")
    assert middleware.look("/history").json["history"][-1]["branch"] is None


def tea(name, allowed, early=None):
    return Action(name, "1", name, allowed, (), Empty, lambda *_: pytest.fail("performed"), early=early)


BOIL, DRINK, POUR = tea("boil", ("Cold",)), tea("drink", ("Hot", "Warm"), "T-1.1"), tea("pour", ("Hot",))
TEA = Flow("tea", "Tea", "tea.md", ("Cold", "Hot", "Warm", "Drunk"), ("Cold",), (BOIL, DRINK, POUR), ())


@pytest.mark.parametrize(
    ("action", "status", "allowed", "branch", "possible"),
    [
        (DRINK, "Cold", ["boil"], "T-1.1", "boil"),
        (DRINK, "Drunk", [], None, "nothing"),
        (BOIL, "Hot", ["drink", "pour"], None, "drink, pour"),
    ],
)
def test_an_action_that_is_not_allowed_is_refused_and_one_that_comes_early_by_its_branch(
    action, status, allowed, branch, possible
):
    decided = []
    call = SimpleNamespace(decide=lambda *rule, **facts: decided.append((*rule, facts)))
    with pytest.raises(Refusal) as refused:
        engine.perform(call, TEA, SimpleNamespace(status=status, is_over=False), action, None)
    refusal = refused.value
    assert (refusal.code, refusal.status) == ("action-not-allowed", 409)
    assert refusal.message == (
        f"{action.name} is not possible while the registration is {status}; possible now: {possible}."
    )
    told_of_branch = {"branch": branch} if branch else {}
    assert refusal.details == {"allowed_actions": allowed, "status_now": status, **told_of_branch}
    facts = {"status": status, "action": action.name}
    assert decided == ([(branch, "flow.allowed_in", facts)] if branch else [])


def test_an_outage_is_told_with_when_to_try_again(monkeypatch):
    def perform(*_):
        raise UpstreamFailure("auth_service", "is down")

    recorded = []
    monkeypatch.setattr(engine, "record_outcome", lambda *given: recorded.append(given))
    action = replace(BOIL, perform=perform)
    call, registration = SimpleNamespace(), SimpleNamespace(status="Cold", id="r", is_over=False)
    with pytest.raises(Refusal) as refused:
        engine.perform(call, TEA, registration, action, None)
    refusal, message = refused.value, "auth_service is down. Try again later."
    assert (refusal.code, refusal.status, refusal.message) == ("upstream-unavailable", 503, message)
    assert (refusal.details, refusal.headers) == ({"details": {}}, {"Retry-After": "5"})
    assert recorded == [(call, TEA, "r", "boil", Outcome(None, message))]


def test_an_outcome_is_kept_with_its_details():
    kept = engine.last_outcome(Outcome("T-1.1", "No.", "Hot", {"left": 1}))
    assert kept == LastOutcome("T-1.1", "No.", {"left": 1})


@pytest.mark.parametrize(
    ("outcome", "more", "expected"),
    [
        (Outcome("DR-1.4", "No."), {}, {"branch": "DR-1.4", "details": {}}),
        (Outcome(None, "No.", details={"field": "pin"}), {}, {"details": {"field": "pin"}}),
        (Outcome(None, "No."), {"upstream_code": "X.Y"}, {"details": {}, "upstream_code": "X.Y"}),
    ],
)
def test_a_refusal_carries_branch_details_field_and_upstream_code(outcome, more, expected):
    refusal = engine.refusal_of(ActionRefused("some-code", 409, outcome, **more))
    assert (refusal.code, refusal.status, refusal.message, refusal.details) == ("some-code", 409, "No.", expected)
    assert refusal.field == outcome.details.get("field")
    assert refusal.headers == {}


def test_a_field_that_is_no_name_is_a_detail_only():
    refusal = engine.refusal_of(ActionRefused("some-code", 409, Outcome(None, "No.", details={"field": 7})))
    assert (refusal.field, refusal.details) == (None, {"details": {"field": 7}})


def test_an_action_that_was_refused_says_why():
    refused = ActionRefused("some-code", 409, Outcome(None, "No."), upstream_code="X.Y", retry_after=7)
    assert str(refused) == "some-code: No."
    assert (refused.code, refused.http_status, refused.upstream_code, refused.retry_after) == (
        "some-code",
        409,
        "X.Y",
        7,
    )


def test_a_refusal_that_may_be_tried_again_says_when():
    assert engine.refusal_of(ActionRefused("c", 503, Outcome(None, ""), retry_after=7)).headers == {"Retry-After": "7"}


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({}, "otp", "otp is missing."),
        ({"otp": 7}, "otp", "otp expected str, got int."),
        (None, "otp", "otp is missing."),
        ([], None, "The body expected object, got array."),
        ("x", None, "The body expected object, got str."),
    ],
)
def test_fields_that_are_wrong_are_refused_by_their_name(given, field, message):
    with pytest.raises(Refusal) as refused:
        engine.decode_body(FLOWS["web"].action("verify-email-otp"), given)
    assert (refused.value.code, refused.value.status, refused.value.field) == ("validation-failed", 400, field)
    assert refused.value.message == message


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_action_leads_to_statuses_of_its_flow_and_is_allowed_in_some(flow):
    for action in flow.actions:
        assert action.allowed
        assert {*action.allowed, *action.leads_to} <= set(flow.statuses)
        assert flow.action(action.name) is action
    assert flow.action("none") is None
    assert set(flow.starts_in) <= set(flow.statuses)


def test_the_answer_of_an_action_is_the_registration_as_it_then_is(middleware):
    middleware.open()
    assert middleware.sign_up().json == middleware.look().json
