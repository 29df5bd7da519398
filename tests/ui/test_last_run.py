"""The specification's page tells what the last run of the specification proved."""

from pathlib import Path

import pytest
from werkzeug.test import Client

from orchestrator.flows.branches import branches
from registration_sandbox.console.proof import RESULTS_FILE
from registration_sandbox.control_plane.front import Front
from registration_sandbox.gate.results import FeatureText, Run, ScenarioResult, StepResult, Verdict, save
from simulators.kit.web import keeping
from simulators.kit.world import WorldPart
from tests.conftest import settings_in

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


LOCAL = "http://127.0.0.1:8800"
PAGE = "/console/w/default/specification"
FEATURE = "features/web_registration/02_codes.feature"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    front = Front(settings_in(tmp_path))
    keeping.make_world(front.services[0], WorldPart(), "default")
    return Client(front)


def keep(tmp_path: Path, status: Verdict, *, whole: bool = False) -> None:
    """Keep a run of one scenario that claims and takes WR-2.3."""
    scenario = ScenarioResult(
        location=f"{FEATURE}:3", feature="Codes", rule="Wrong codes", name="The third wrong code blocks",
        tags=["WR-2.3", "documented"], status=status, duration=0.1, seed=0, world="w", replay="sandbox test WR-2.3",
        error="" if status == "passed" else "she was not blocked", claimed=["WR-2.3"], taken=["WR-2.3"],
        steps=[StepResult("When", "Asha enters a wrong code three times", status)],
    )  # fmt: skip
    text = FeatureText(FEATURE, "Codes", [], ["Codes are typed."])
    run = Run("0.1.0", "2026-01-05T09:00:00+00:00", 1.0, 0, 1, ["1/1"], whole, [text], [scenario])
    save(run, tmp_path / RESULTS_FILE)


def read(client: Client, path: str = PAGE) -> str:
    return client.get(path, base_url=LOCAL).text


def test_before_any_run_the_features_stand_there_unproven(client: Client) -> None:
    page = read(client)
    assert "Not yet proven here" in page
    assert page.count("not run") == len(branches())
    assert "Web registration, step 2" in page


def test_a_part_of_the_specification_that_passed_opens_no_gate(client: Client, tmp_path: Path) -> None:
    keep(tmp_path, "passed")
    page = read(client)
    assert "Nothing is wrong with what was played" in page
    assert "The gate is" not in page
    assert page.count("not taken") == len(branches()) - 1
    assert "The third wrong code blocks" in page


def test_a_branch_whose_scenario_failed_shuts_the_gate(client: Client, tmp_path: Path) -> None:
    keep(tmp_path, "failed")
    page = read(client)
    assert "The gate is shut" in page
    assert "its scenario failed" in page
    feature = read(client, f"{PAGE}/features/codes")
    assert "Asha enters a wrong code three times" in feature
    assert "she was not blocked" in feature


def test_a_newer_run_takes_the_place_of_the_last_one(client: Client, tmp_path: Path) -> None:
    keep(tmp_path, "passed")
    read(client)
    keep(tmp_path, "failed")
    assert "The gate is shut" in read(client)


def test_a_file_that_holds_no_run_is_told(client: Client, tmp_path: Path) -> None:
    (tmp_path / RESULTS_FILE).write_text("{")
    assert "holds no results of sandbox test" in read(client)


def test_a_feature_that_is_not_there_is_told(client: Client) -> None:
    assert "The specification has no feature" in read(client, f"{PAGE}/features/nowhere")
