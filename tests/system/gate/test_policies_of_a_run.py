"""``--policy``: the specification played under rules of the bank that are others than ours."""

import os

import pytest

from registration_sandbox.gate.results import load
from tests.support.turns import todays_part, todays_shard

pytestmark = pytest.mark.slow

WHOLE_RUN = 900
SHARD = todays_shard(24)
"""A part of the specification each day, all of it where that is asked for."""

WIRES = ["published", "dotnet-sdk", '{"like": "published", "fields": {"otp": "code"}}']
"""How Cymmetri may speak: one of these each day."""

ASHA = "Given Asha, a customer of the bank who has never used the web site"
FEATURE = f"""
Feature: Wrong codes
  Under the rules of the run.

  @WR-2.3
  Scenario: The first wrong code blocks
    {ASHA}
    And Asha is asked for the mailed code
    When Asha enters a wrong code
    Then Asha is told that access is blocked until 09:30

  @WR-2.2
  Scenario: A scenario's own rule comes first
    Given the bank's rule is that three wrong attempts block for 30 minutes
    And Asha, a customer of the bank who has never used the web site
    And Asha is asked for the mailed code
    When Asha enters a wrong code
    Then Asha is told that the code is wrong

  @WR-2.2
  Scenario: One that fails
    {ASHA}
    And Asha is asked for the mailed code
    When Asha enters a wrong code
    Then Asha is told that the code is wrong
"""
ONE_ATTEMPT = "cymmetri.otp.max_attempts=1"


@pytest.fixture
def feature(copy):
    (copy / "features/wrong_codes.feature").write_text(FEATURE)
    return copy


def test_a_rule_holds_in_every_world_whose_scenario_sets_no_other(feature, url, sandbox_command):
    kept = feature / "results.json"
    said = sandbox_command("test", "--suite", feature, "--url", url, "--policy", ONE_ATTEMPT, "--results", kept)
    run = load(kept)
    assert [one.status for one in run.scenarios] == ["passed", "passed", "failed"], said.stderr
    assert run.policies == [ONE_ATTEMPT]
    assert run.scenarios[0].policies == {}
    assert run.scenarios[2].replay.endswith(f"--policy {ONE_ATTEMPT}")
    again = sandbox_command(*run.scenarios[2].replay.split()[1:], "--url", url)
    assert again.returncode == 1
    assert "✗ Then Asha is told that the code is wrong" in again.stdout


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("cymmetri.otp.max_attemps=1", "There is no policy 'cymmetri.otp.max_attemps'. Did you mean"),
        ("cymmetri.otp.max_attempts", "write POLICY=VALUE"),
        ("cymmetri.otp.max_attempts=0", "cymmetri.otp.max_attempts is 0; allowed is: a whole number from 1"),
        ("cymmetri.wire=theirs", "shipped are ours, published, dotnet-sdk"),
    ],
)
def test_a_rule_that_there_cannot_be_is_a_wrong_command(sandbox_command, setting, told):
    said = sandbox_command("test", "--policy", setting)
    assert said.returncode == 2
    assert told in said.stderr


def test_the_rules_of_the_system_under_test_stand_in_its_file(tmp_path, sandbox_command):
    file = tmp_path / "acme.toml"
    file.write_text('[system]\nname = "Acme"\nreplaces = "cymmetri"\nurl = "http://127.0.0.1:9"\n')
    said = sandbox_command("test", "--against", file, "--policy", ONE_ATTEMPT)
    assert said.returncode == 2
    assert "cymmetri is what Acme replaces" in said.stderr
    assert f"{file} tells [policies.cymmetri]" in said.stderr


@pytest.mark.thorough
@pytest.mark.parametrize("wire", WIRES[todays_part(len(WIRES))])
def test_people_who_ask_cymmetri_themselves_follow_its_wire_profile(url, sandbox_command, wire):
    said = sandbox_command(
        "run", "features/web_registration/12_log_in.feature", "features/web_registration/steps_out_of_order.feature",
        "--url", url, "--policy", f"cymmetri.wire={wire}", "--quiet",
    )  # fmt: skip
    assert said.returncode == 0, said.stdout[-2000:]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "settings",
    [
        ["cymmetri.wire=published", "tsg.completion=both"],
        ["cymmetri.wire=dotnet-sdk", "tsg.completion=poll", "orchestrator.poll_interval=PT1S"],
    ],
    ids=["published, push and poll", "dotnet-sdk, poll"],
)
def test_the_whole_specification_holds_under_other_rules(sandbox_command, settings):
    options = [word for setting in settings for word in ("--policy", setting)]
    said = sandbox_command("test", *options, "--shard", SHARD, "--results", os.devnull, patience=WHOLE_RUN)
    assert said.returncode == 0, said.stdout[-2000:] + said.stderr[-2000:]
