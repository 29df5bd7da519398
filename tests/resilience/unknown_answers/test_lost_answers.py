"""The answer of Cymmetri is lost at a step of web registration: what is said to be possible next is possible."""

from typing import Any

import pytest

from tests.resilience.unknown_answers.conftest import Fresh
from tests.resilience.unknown_answers.odd import is_later
from tests.resilience.unknown_answers.test_cymmetri import WebVisit
from tests.support.registrant import BASE, PASSWORD
from tests.support.world import Said, World

pytestmark = pytest.mark.thorough


LOST: dict[str, dict[str, Any]] = {
    "the answer is lost": {"lose_response": True},
    "half of it comes": {"truncate": True},
}
NEVER_DONE: dict[str, Any] = {"reset": True}
LEADING_ON = ("verify-email-otp", "verify-mobile-otp", "authenticate", "save-user-id", "validate-password")
LOOK = f"{BASE}/existingUserId"


def walk_to(visit: WebVisit, action: str) -> tuple[str, dict[str, Any]]:
    """Go on until an action is the next; return Cymmetri's operation, and the right fields."""
    visit.begin()
    for each, operation, fields, _ in visit.steps():
        if each == action:
            return operation, fields
        assert visit.act(each, fields).status == 200
    raise AssertionError(action)


def now(visit: WebVisit) -> dict[str, Any]:
    body: dict[str, Any] = visit.world.ask("orchestrator", "GET", f"/registrations/{visit.id}").body
    return body


def asked(world: World, operation: str) -> list[int]:
    """Return how Cymmetri has answered an operation."""
    return [each["status"] for each in world.exchanges(service="cymmetri", path=f"*/{operation}")]


def goes_all_the_way(world: World) -> None:
    """Let the customer begin again and be registered, no wrong attempt being counted against her."""
    visit = WebVisit(world)
    begun = visit.begin()
    assert (begun.status, begun.body["last_outcome"]["details"]["attemptsLeft"]) == (201, 3)
    for action, _, fields, after in visit.steps():
        done = visit.act(action, fields)
        assert (done.status, done.body["status"]) == (200, after)


def is_over(visit: WebVisit, said: Said) -> None:
    """Check that an answer, and the registration from now on, say that nothing is possible but to begin again."""
    assert "Begin again" in said.body["detail"]
    assert said.body["allowed_actions"] == now(visit)["allowed_actions"] == []
    assert said.body["status_now"] == now(visit)["status"]


@pytest.fixture(params=LOST)
def loss(request: pytest.FixtureRequest) -> dict[str, Any]:
    return LOST[request.param]


@pytest.mark.parametrize("action", LEADING_ON)
def test_after_a_step_that_was_carried_out_unheard_nothing_is_possible_but_to_begin_again(
    fresh: Fresh, action: str, loss: dict[str, Any]
) -> None:
    world = fresh()
    visit = WebVisit(world)
    operation, fields = walk_to(visit, action)
    world.fault("cymmetri", "POST", f"{BASE}/{operation}", loss)
    said = visit.act(action, fields)
    is_later(said)
    is_over(visit, said)
    for again in (action, "list-factors"):
        refused = visit.act(again, fields)
        assert (refused.status, refused.body["code"]) == (409, "action-not-allowed")
        is_over(visit, refused)
    assert asked(world, operation) == [200], "what was repeated was not asked of Cymmetri"
    goes_all_the_way(world)


@pytest.mark.parametrize("action", LEADING_ON)
def test_what_cymmetri_could_not_be_asked_about_is_asked_before_it_is_repeated(fresh: Fresh, action: str) -> None:
    world = fresh()
    visit = WebVisit(world)
    operation, fields = walk_to(visit, action)
    world.fault("cymmetri", "POST", f"{BASE}/{operation}", {"lose_response": True})
    world.fault("cymmetri", "GET", LOOK, {"status": 503}, times=2)
    is_later(visit.act(action, fields))
    assert action in now(visit)["allowed_actions"]
    is_later(visit.act(action, fields))
    refused = visit.act(action, fields)
    assert (refused.status, refused.body["code"]) == (409, "action-not-allowed")
    is_over(visit, refused)
    assert asked(world, operation) == [200]
    goes_all_the_way(world)


def test_what_cymmetri_carries_out_after_it_was_asked_is_not_repeated(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    operation, fields = walk_to(visit, "verify-email-otp")
    world.fault("cymmetri", "POST", f"{BASE}/{operation}", {"delay": {"ms": 8000}})
    is_later(visit.act("verify-email-otp", fields))
    assert "verify-email-otp" in now(visit)["allowed_actions"]
    assert world.client.code(visit.asha["mobile"], "mobile-otp", "sms"), "the code was verified after all"
    refused = visit.act("verify-email-otp", fields)
    assert (refused.status, refused.body["code"]) == (409, "action-not-allowed")
    is_over(visit, refused)
    assert asked(world, operation) == [200], "the right code was not counted as a guess"


def test_a_verified_email_whose_next_code_could_not_be_sent_is_not_verified_again(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    operation, fields = walk_to(visit, "verify-email-otp")
    world.fault("mailroom", "POST", "/messages", {"status": 503})
    world.fault("cymmetri", "POST", f"{BASE}/{operation}", {"truncate": True})
    is_later(visit.act("verify-email-otp", fields))
    refused = visit.act("verify-email-otp", fields)
    assert (refused.status, refused.body["code"]) == (409, "action-not-allowed")
    is_over(visit, refused)
    assert asked(world, operation) == [503], "the right code was not counted as a guess"


@pytest.mark.parametrize("action", [*LEADING_ON, "set-password"])
@pytest.mark.parametrize("looks", [0, 1])
def test_a_step_that_was_not_carried_out_is_repeated(fresh: Fresh, action: str, looks: int) -> None:
    world = fresh()
    visit = WebVisit(world)
    operation, fields = walk_to(visit, action)
    world.fault("cymmetri", "POST", f"{BASE}/{operation}", NEVER_DONE)
    if looks:
        world.fault("cymmetri", "GET", LOOK, {"status": 503})
    is_later(visit.act(action, fields))
    assert action in now(visit)["allowed_actions"]
    assert visit.act(action, fields).status == 200


def test_a_user_id_that_was_changed_unheard_is_no_longer_to_be_gone_on_with(fresh: Fresh, loss: dict[str, Any]) -> None:
    world = fresh()
    visit = WebVisit(world)
    walk_to(visit, "set-password")
    world.fault("cymmetri", "POST", f"{BASE}/saveuserid", loss)
    is_over(visit, visit.act("save-user-id", {"userId": "asha.second"}))
    goes_all_the_way(world)


def test_a_password_that_was_set_unheard_is_set(fresh: Fresh, loss: dict[str, Any]) -> None:
    world = fresh()
    visit = WebVisit(world)
    _, fields = walk_to(visit, "set-password")
    world.fault("cymmetri", "POST", f"{BASE}/setIbPassword", loss)
    said = visit.act("set-password", fields)
    assert (said.status, said.body["status"], said.branches) == (200, "Registered", ["WR-11.1"])
    assert WebVisit(world).begin().body["status"] == "Login_Required"


def test_a_password_that_was_set_unheard_is_found_by_the_repeat(fresh: Fresh) -> None:
    world = fresh()
    visit = WebVisit(world)
    _, fields = walk_to(visit, "set-password")
    world.fault("cymmetri", "POST", f"{BASE}/setIbPassword", {"lose_response": True})
    world.fault("cymmetri", "GET", LOOK, {"status": 503})
    is_later(visit.act("set-password", fields))
    other = {"password": f"{PASSWORD}!", "confirmPassword": f"{PASSWORD}!"}
    said = visit.act("set-password", other)
    assert (said.status, said.body["status"]) == (200, "Registered")
    assert "given first" in said.body["last_outcome"]["message"]
    assert asked(world, "setIbPassword") == [200]


@pytest.mark.parametrize("channel", ["email", "mobile"])
def test_a_code_that_was_sent_again_unheard_is_the_one_that_counts(
    fresh: Fresh, channel: str, loss: dict[str, Any]
) -> None:
    world = fresh(cymmetri={"otp": {"resend_after": "PT0S"}})
    visit = WebVisit(world)
    walk_to(visit, f"verify-{channel}-otp")
    world.fault("cymmetri", "POST", f"{BASE}/resendOtp{channel.capitalize()}", loss)
    is_later(visit.act(f"resend-{channel}-otp", {}))
    assert now(visit)["allowed_actions"] == [f"verify-{channel}-otp", f"resend-{channel}-otp"]
    (sent, *_) = world.messages(purpose=f"{channel}-otp")
    assert visit.act(f"verify-{channel}-otp", {"otp": sent["code"]}).status == 200


def test_an_identity_that_was_checked_unheard_is_checked_again(fresh: Fresh, loss: dict[str, Any]) -> None:
    world = fresh()
    world.fault("cymmetri", "POST", f"{BASE}/checkIdentity", loss)
    visit = WebVisit(world)
    said = visit.begin()
    is_later(said)
    assert (said.body["branch"], visit.id) == ("WR-1.5", "")
    goes_all_the_way(world)


@pytest.mark.parametrize(
    ("action", "operation"), [("list-factors", "mfa/list"), ("existing-user-id", "existingUserId")]
)
def test_a_question_whose_answer_is_lost_is_asked_again(
    fresh: Fresh, action: str, operation: str, loss: dict[str, Any]
) -> None:
    world = fresh()
    visit = WebVisit(world)
    walk_to(visit, action)
    world.fault("cymmetri", "GET", f"{BASE}/{operation}", loss)
    is_later(visit.act(action, {}))
    assert action in now(visit)["allowed_actions"]
    assert visit.act(action, {}).status == 200


def test_an_email_that_is_verified_without_a_mobile_to_go_on_with_leaves_nothing_to_do(fresh: Fresh) -> None:
    world = fresh()
    world.client.control("PATCH", "/people/Asha", {"mobile": None})
    visit = WebVisit(world)
    _, fields = walk_to(visit, "verify-email-otp")
    assert visit.act("verify-email-otp", fields).body["code"] == "mobile-not-registered"
    assert now(visit)["allowed_actions"] == []
    assert visit.act("verify-email-otp", fields).status == 409
    assert asked(world, "VerifyEmailOtp") == [409], "the right code was not counted as a guess"
