"""``sandbox test``, ``run`` and ``report`` as a CI job uses them, on copies of the specification that are broken."""

import json
import signal
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from registration_sandbox.gate.results import load
from registration_sandbox.gate.suite import default_root

pytestmark = pytest.mark.slow


ASHA = "Given Asha, a customer of the bank who has never used the web site"
BROKEN = f"""
Feature: Broken in every way
  Nothing is assumed.

  @WR-1.2 @documented
  Scenario: A good one
    {ASHA}
    When Asha starts to register by customer number
    Then Asha is asked for the mailed code

  @WR-1.3 @documented
  Scenario: One that claims a branch which it does not take
    {ASHA}
    When Asha starts to register by customer number
    Then Asha is asked for the mailed code

  @WR-1.2
  Scenario: One that fails
    {ASHA}
    When Asha starts to register by customer number
    Then Asha is asked to log in

  @WR-77.1
  Scenario: One whose tag is misspelt
    {ASHA}
    When Asha starts to register by customer number
    Then Asha is asked for the mailed code

  Scenario: One that takes a branch which nobody claims
    {ASHA}
    And Asha is asked for the mailed code
    When Asha enters a wrong code
    Then Asha is told that the code is wrong

  @WR-1.2
  Scenario: One with a sentence that nobody defined
    {ASHA}
    When Asha stands on her head
    Then Asha is asked to log in
"""
PLAYED = 6


@pytest.fixture(scope="module")
def broken(tmp_path_factory, url, sandbox_command):
    """What ``sandbox test`` says of a suite that is broken in every way, and what it leaves behind."""
    import shutil

    root = tmp_path_factory.mktemp("broken")
    shutil.copytree(default_root() / "steps", root / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(default_root() / "environment.py", root)
    (root / "features").mkdir()
    (root / "features/broken.feature").write_text(BROKEN)
    kept = ["--junit", root / "junit", "--results", root / "results.json"]
    return root, sandbox_command("test", "--suite", root, "--url", url, "-j", 2, *kept)


def test_a_broken_specification_shuts_the_gate(broken):
    _, said = broken
    assert said.returncode == 1
    assert "The gate is shut." in said.stdout
    assert f"{PLAYED} scenarios: 4 passed, 2 failed" in said.stdout


@pytest.mark.parametrize(
    "reason",
    [
        "branch-not-taken: WR-11.1 ",
        "branch-claimed-not-taken: 'One that claims a branch which it does not take' claims WR-1.3",
        "branch-taken-unclaimed: WR-2.2 is taken, as by features/broken.feature:",
        "unknown-branch: features/broken.feature:24 claims WR-77.1",
        "unused-step: The step definition at steps/device_registration.py:",
    ],
)
def test_every_reason_is_told(broken, reason):
    _, said = broken
    assert reason in said.stdout


def test_a_failing_scenario_is_told_with_what_was_said_last_and_the_command_that_replays_it(
    broken, url, sandbox_command
):
    root, said = broken
    assert "FAILED One that fails  (features/broken.feature:18)" in said.stderr
    assert "POST /ciamregsrvc/webRegistration/checkIdentity  200 WR-1.2" in said.stderr
    command = next(
        line for line in said.stderr.splitlines() if "Replay it: sandbox run features/broken.feature:18" in line
    )
    replayed = sandbox_command(*command.split("sandbox ")[1].split(), "--suite", root, "--url", url)
    assert replayed.returncode == 1
    assert "✗ Then Asha is asked to log in" in replayed.stdout
    assert "✓ When Asha starts to register by customer number" in replayed.stdout


def test_a_sentence_without_a_step_definition_fails_its_scenario(broken):
    _, said = broken
    assert "When Asha stands on her head\n    No step definition fits this sentence." in said.stderr


def test_junit_tells_each_scenario_and_each_reason(broken):
    root, _ = broken
    feature = ElementTree.parse(root / "junit/TEST-broken.xml").getroot().find("testsuite")
    assert (feature.get("tests"), feature.get("failures")) == (str(PLAYED), "2")
    failed = next(case for case in feature if case.get("name") == "One that fails")
    assert "Replay it: sandbox run features/broken.feature:18" in failed.find("failure").text
    gate = ElementTree.parse(root / "junit/TEST-branch-gate.xml").getroot().find("testsuite")
    assert "unknown-branch WR-77.1" in {case.get("name") for case in gate}
    assert int(gate.get("errors")) == int(gate.get("tests"))


def test_the_results_tell_what_was_said_in_each_sentence(broken):
    root, _ = broken
    good = load(root / "results.json").scenarios[0]
    assert good.name == "A good one"
    assert [step.exchanges > 0 for step in good.steps] == [False, True, True]
    assert sum(step.exchanges for step in good.steps) == len(good.exchanges)
    assert (good.claimed, good.taken) == (["WR-1.2"], ["WR-1.2"])
    assert [left.status for left in good.registrations] == ["Email_Otp_Sent"]


@pytest.mark.thorough
def test_the_same_seed_makes_the_same_people(copy, url, sandbox_command):
    (copy / "features/good.feature").write_text(BROKEN[: BROKEN.index("  @WR-1.3")])

    def played(seed):
        said = sandbox_command("run", "good", "--suite", copy, "--url", url, "--json", "--seed", seed)
        return json.loads(said.stdout)

    first, again, other = played(3), played(3), played(4)
    people = [each["exchanges"][0]["request"]["id"] for each in (first, again, other)]
    assert people[0] == people[1] != people[2]
    assert first["world"] != again["world"]


@pytest.mark.thorough
def test_shards_are_judged_together_by_the_report(copy, tmp_path, url, sandbox_command):
    (copy / "features/good.feature").write_text(BROKEN[: BROKEN.index("  @WR-1.2\n  Scenario: One that fails")])
    for number in (1, 2):
        results = tmp_path / f"{number}.json"
        said = sandbox_command("test", "--suite", copy, "--url", url, "--shard", f"{number}/2", "--results", results)
        assert "1 scenarios" in said.stdout
        assert "branch-not-taken" not in said.stdout
    both = sandbox_command("report", tmp_path / "1.json", tmp_path / "2.json", "-o", tmp_path / "both.html", "--gate")
    assert both.returncode == 1
    assert "branch-not-taken: WR-11.1" in both.stdout
    assert "claims WR-1.3 but did not take it" in both.stdout
    assert (tmp_path / "both.html").read_text("utf-8").startswith("<!doctype html>")
    one = sandbox_command("report", tmp_path / "1.json", "-o", tmp_path / "one.html", "--gate")
    assert (one.returncode, "only a whole run opens the gate" in one.stdout) == (1, True)


def test_a_world_is_gone_when_its_scenario_is_over(broken, url):
    import requests

    root, _ = broken
    played = {scenario.world for scenario in load(root / "results.json").scenarios}
    left = {world["world"] for world in requests.get(f"{url}/_sandbox/worlds", timeout=5).json()["worlds"]}
    assert len(played) == PLAYED
    assert not played & left


def test_a_wish_that_fits_nothing_is_a_wrong_command(sandbox_command):
    said = sandbox_command("test", "WR-2.33")
    assert said.returncode == 2
    assert "Did you mean 'WR-2.3'?" in said.stderr


@pytest.mark.thorough
def test_where_no_sandbox_answers_the_run_says_so(sandbox_command):
    said = sandbox_command("run", "WR-1.3", "--url", "http://127.0.0.1:9")
    assert said.returncode == 3
    assert "http://127.0.0.1:9" in said.stderr


@pytest.mark.thorough
def test_ctrl_c_ends_the_run_and_its_sandbox_and_keeps_what_was_played(tmp_path):
    results = tmp_path / "results.json"
    command = [sys.executable, "-m", "registration_sandbox", "test", "-j", "1", "--results", str(results)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        begun = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert "scenarios" in begun
    assert process.returncode == 130
    assert "Interrupted" in err
    assert load(results).whole is False
