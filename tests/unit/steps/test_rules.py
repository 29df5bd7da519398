"""The rules of a scenario's world: whose comes first, and what follows for those who act in it."""

from datetime import timedelta

from registration_sandbox.gate.system import System, ourselves
from steps.support.rules import Rules

OURS = ourselves("http://127.0.0.1:1")


def test_a_scenario_comes_before_the_run_and_a_change_before_both() -> None:
    rules = Rules(OURS, {"cymmetri": {"otp": {"digits": 8, "max_attempts": 1}}})
    rules.settle({"cymmetri": {"otp": {"max_attempts": 2}}})
    assert rules.for_world() == {"cymmetri": {"otp": {"digits": 8, "max_attempts": 2}}}
    assert rules.settled == {"cymmetri": {"otp": {"max_attempts": 2}}}
    assert rules.change({"cymmetri": {"wire": "published"}}) == {"cymmetri": {"wire": "published"}}
    assert rules.find_translator() is not None
    assert rules.settled == {"cymmetri": {"otp": {"max_attempts": 2}}}


def test_people_speak_as_the_worlds_cymmetri_does_or_as_the_one_that_is_judged() -> None:
    published = {"cymmetri": {"wire": "published"}}
    assert Rules(OURS, {}).find_translator() is None
    assert Rules(OURS, published).find_translator() is not None
    judged = System("Acme", "cymmetri", "http://127.0.0.1:1", policies=published)
    assert Rules(judged, {}).find_translator() is not None
    assert Rules(System("Acme", "cymmetri", "http://127.0.0.1:1"), published).find_translator() is None


def test_where_the_bank_polls_it_knows_of_a_sign_up_an_interval_later() -> None:
    polled = {"tsg": {"completion": "poll"}, "orchestrator": {"poll_interval": "PT2S"}}
    assert Rules(OURS, polled).find_poll_interval() == timedelta(seconds=2)
    assert Rules(OURS, {"tsg": {"completion": "poll"}}).find_poll_interval() == timedelta(seconds=5)
    assert Rules(OURS, {"tsg": {"completion": "both"}}).find_poll_interval() == timedelta()


def test_a_scenario_that_settles_how_the_bank_learns_tells_the_time_itself() -> None:
    rules = Rules(OURS, {"tsg": {"completion": "poll"}})
    rules.settle({"tsg": {"completion": "poll"}})
    assert rules.find_poll_interval() == timedelta()
