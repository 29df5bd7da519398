"""``sandbox policy``."""

import json

import pytest

from tests.system.cli.conftest import World


def test_every_policy_is_told_with_its_value(world: World) -> None:
    lines = world.type("policy").lines
    assert lines[0].split() == ["POLICY", "VALUE", "DEFAULT,", "IF", "ANOTHER"]
    assert ["cymmetri.otp.max_attempts", "3"] in [line.split() for line in lines]
    assert {line.split(".")[0] for line in lines[1:]} >= {"cymmetri", "tsg", "orchestrator", "auth_service"}
    assert json.loads(world.type("policy", "--json").out)["policies"]["cymmetri"]["otp"]["max_attempts"] == 3


def test_policies_are_changed_and_set_to_their_defaults_again(world: World) -> None:
    said = world.type(
        "policy", "set", "cymmetri.otp.max_attempts=5", "cymmetri.block=PT1H", "tsg.push_receiver=auth_service"
    )
    assert said.lines[0] == f"cymmetri.otp.max_attempts is 5 in the world {world.name}."
    assert [line.split() for line in world.type("policy", "get", "cymmetri.block").lines[1:]] == [
        ["cymmetri.block", "PT1H", "PT30M"]
    ]
    assert "5" in world.type("policy", "get", "cymmetri.otp").out
    assert "is 3 in" in world.type("policy", "set", "cymmetri.otp.max_attempts=default").out
    assert json.loads(world.type("policy", "get", "cymmetri.otp.max_attempts", "--json").out) == {
        "cymmetri.otp.max_attempts": 3
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["get", "cymmetri.opt"], "Did you mean cymmetri.otp?"),
        (["set", "cymmetri.otp.max_attemps=5"], "Did you mean cymmetri.otp.max_attempts?"),
        (["set", "cymmetri.otp.max_attempts"], "write POLICY=VALUE"),
        (["set", "cymmetri.otp.max_attempts=0", "cymmetri.block=PT1H"], "policies.cymmetri.otp.max_attempts"),
        (["set", "cymmetri.otp.max_attempts=many"], "a whole number"),
        (["sett"], "Did you mean set?"),
    ],
)
def test_a_change_that_cannot_be_made_is_told_and_changes_nothing(world: World, words: list[str], told: str) -> None:
    before = world.type("policy", "--json").out
    said = world.type("policy", *words)
    assert said.code
    assert told in said.err
    assert world.type("policy", "--json").out == before
