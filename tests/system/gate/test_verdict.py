"""The verdict, the report and JUnit always come; exit codes tell "shut" from "could not be said"."""

import json
from xml.etree import ElementTree

import pytest

from registration_sandbox.runtime.embedded import running_sandbox

pytestmark = pytest.mark.thorough


ASHA = "Given Asha, a customer of the bank who has never used the web site"
GOOD = f"""Feature: Good
  Nothing is assumed.

  @WR-1.2 @documented
  Scenario: A good one
    {ASHA}
    When Asha starts to register by customer number
    Then Asha is asked for the mailed code
"""


@pytest.fixture
def good(copy):
    (copy / "features/good.feature").write_text(GOOD)
    return copy


def test_colours_and_control_characters_in_a_failing_step_spoil_neither_junit_nor_the_report(
    good, tmp_path, url, sandbox_command
):
    (good / "steps/colours.py").write_text(
        "from steps.support.sentences import then\n\n\n"
        '@then("everything is green")\n'
        "def green(context):\n"
        '    raise AssertionError("\\x1b[31mnot \\x00 green\\x1b[0m")\n'
    )
    (good / "features/good.feature").write_text(GOOD + "    And everything is green\n")
    kept = ["--junit", tmp_path / "junit", "--report", tmp_path / "report.html", "--results", tmp_path / "r.json"]
    said = sandbox_command("test", "--suite", good, "--url", url, *kept)
    assert (said.returncode, "The gate is shut." in said.stdout) == (1, True)
    assert "\x1b" not in said.stderr
    failure = ElementTree.parse(tmp_path / "junit/TEST-good.xml").getroot().find("testsuite/testcase/failure")
    assert "not � green" in failure.text
    assert "not � green" in (tmp_path / "report.html").read_text("utf-8")


def test_junit_tells_place_branch_seed_and_world_of_a_scenario_and_what_was_said_last(
    good, tmp_path, url, sandbox_command
):
    (good / "features/good.feature").write_text(GOOD.replace("for the mailed code", "to log in"))
    sandbox_command("test", "--suite", good, "--url", url, "--junit", tmp_path, "--results", tmp_path / "r.json")
    case = ElementTree.parse(tmp_path / "TEST-good.xml").getroot().find("testsuite/testcase")
    assert (case.get("file"), case.get("line")) == ("features/good.feature", "5")
    properties = {each.get("name"): each.get("value") for each in case.find("properties")}
    assert (properties["branch"], properties["seed"].isdigit()) == ("WR-1.2", True)
    assert properties["world"].startswith("a-good-one-")
    assert "person → orchestrator  POST /registrations  201" in case.find("failure").text


@pytest.mark.parametrize("option", ["--junit", "--report", "--results"])
def test_a_place_that_cannot_be_written_to_costs_no_verdict(good, tmp_path, url, sandbox_command, option):
    (tmp_path / "file").touch()
    said = sandbox_command("test", "WR-1.2", "--suite", good, "--url", url, option, tmp_path / "file" / "inside")
    assert said.returncode == 4
    assert "Nothing is wrong with this part" in said.stdout
    assert f"Error: {tmp_path / 'file' / 'inside'} cannot be written: " in said.stderr


def test_a_shut_gate_is_shut_wherever_its_files_go(good, tmp_path, url, sandbox_command):
    (tmp_path / "file").touch()
    (good / "features/good.feature").write_text(GOOD.replace("for the mailed code", "to log in"))
    said = sandbox_command("test", "WR-1.2", "--suite", good, "--url", url, "--junit", tmp_path / "file" / "inside")
    assert said.returncode == 1


def test_a_feature_that_begins_with_a_byte_order_mark_is_a_feature(good, url, sandbox_command):
    (good / "features/good.feature").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert sandbox_command("test", "WR-1.2", "--suite", good, "--url", url).returncode == 0


def test_a_feature_that_is_no_text_is_told(good, sandbox_command):
    (good / "features/good.feature").write_bytes(GOOD.encode() + b"\xff")
    said = sandbox_command("test", "--suite", good)
    assert (said.returncode, "features/good.feature is no text in UTF-8" in said.stderr) == (2, True)


def test_the_replay_line_of_another_suite_names_the_suite(good, url, sandbox_command):
    (good / "features/good.feature").write_text(GOOD.replace("for the mailed code", "to log in"))
    said = sandbox_command("test", "WR-1.2", "--suite", good, "--url", url, "--seed", 5)
    assert f"Replay it: sandbox run features/good.feature:5 --seed 5 --suite {good}" in said.stderr


def test_a_shard_does_not_say_that_everything_is_proven(good, tmp_path, url, sandbox_command):
    (good / "features/good.feature").write_text(GOOD + GOOD.partition("\n\n")[2].replace("A good one", "Another one"))
    said = sandbox_command("test", "--suite", good, "--url", url, "--shard", "1/2", "--junit", tmp_path)
    assert "1 of 123 branches proven by this part." in said.stdout
    (case,) = ElementTree.parse(tmp_path / "TEST-branch-gate.xml").getroot().iter("testcase")
    assert case.get("name") == "nothing is wrong with this part of the run"


def test_outages_are_counted_only_where_they_are_asked_for(sandbox_command, good, url):
    (good / "features/outages.feature").write_text(GOOD.replace("Feature: Good", "@docker\nFeature: Outages"))
    said = sandbox_command("test", "WR-1.2", "--suite", good, "--url", url)
    assert "1 scenarios: 1 passed" in said.stdout
    asked_for = sandbox_command("test", "features/outages.feature", "--suite", good, "--url", url)
    assert "1 scenarios: 1 skipped" in asked_for.stdout


@pytest.fixture(scope="module")
def guarded():
    with running_sandbox(environment={"SANDBOX_ADMIN_TOKEN": "the-right-token"}) as sandbox:
        yield sandbox.urls["orchestrator"]


@pytest.mark.parametrize(("token", "told"), [("", "wants an admin token"), ("wrong", "refuses the admin token")])
@pytest.mark.parametrize("command", ["test", "run"])
def test_an_admin_token_that_is_missing_or_wrong_is_told_before_the_first_scenario(
    guarded, sandbox_command, command, token, told
):
    said = sandbox_command(command, "WR-1.2", "--url", guarded, SANDBOX_ADMIN_TOKEN=token)
    assert said.returncode == 5
    (line,) = said.stderr.splitlines()
    assert told in line
    assert not said.stdout


def test_the_right_admin_token_opens_the_sandbox(guarded, sandbox_command, good):
    said = sandbox_command("test", "WR-1.2", "--suite", good, "--url", guarded, SANDBOX_ADMIN_TOKEN="the-right-token")
    assert said.returncode == 0


@pytest.mark.parametrize("service", ["cymmetri", "mailroom"])
def test_a_url_that_is_no_sandboxes_is_told_before_the_first_scenario(url, sandbox_command, service):
    port = int(url.rpartition(":")[2]) + {"cymmetri": 1, "mailroom": 5}[service]
    said = sandbox_command("test", "WR-1.2", "--url", f"http://127.0.0.1:{port}")
    assert said.returncode == 3
    (line,) = said.stderr.splitlines()
    assert "is no sandbox" in line


def test_a_url_that_is_none_is_a_usage_error(sandbox_command):
    said = sandbox_command("test", "--url", "localhost:8800")
    assert (said.returncode, "it must be a URL like http://127.0.0.1:8800" in said.stderr) == (2, True)


@pytest.mark.parametrize("name", ["Zoë", "O'Brien", "Anne-Marie", "Łukasz"])
def test_people_may_have_any_name(good, url, sandbox_command, name):
    (good / "features/good.feature").write_text(
        GOOD.replace("Asha", name)
        + f"""
  @WR-2.1
  Scenario: Another one
    {ASHA.replace("Asha", name)}
    And {name} is asked for the mailed code
    And {name} waits and has another code sent
    When {name} enters the mailed code
    Then {name} is shown only part of the mobile number
    And {name}'s first texted code still works
"""
    )
    said = sandbox_command("test", "--tags", "@WR-1.2 or @WR-2.1", "--suite", good, "--url", url)
    assert said.returncode == 0, said.stdout + said.stderr


def test_runs_are_compared(good, tmp_path, url, sandbox_command):
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    sandbox_command("test", "WR-1.2", "--suite", good, "--url", url, "--results", old)
    (good / "features/good.feature").write_text(GOOD.replace("for the mailed code", "to log in"))
    sandbox_command("test", "WR-1.2", "--suite", good, "--url", url, "--results", new)
    worse = sandbox_command("report", "--compare", old, new)
    assert (worse.returncode, "Worse: 1\n  WR-1.2: observed → failed" in worse.stdout) == (1, True)
    better = sandbox_command("report", "--compare", new, old)
    assert (better.returncode, "Better: 1\n  WR-1.2: failed → observed" in better.stdout) == (0, True)
    assert json.loads(old.read_text())["branches"]["WR-1.2"]["state"] == "observed"
    assert sandbox_command("report", "--compare", old).returncode == 2
