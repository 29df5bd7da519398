"""Our own middleware, judged by outcome alone: its decisions and its journal are not looked at."""

import json
import sys
from pathlib import Path

import pytest

from orchestrator.flows.branches import branches
from registration_sandbox.gate.results import load
from registration_sandbox.runtime.embedded import free_base_port
from tests.support.turns import TODAY, WHOLE

pytestmark = pytest.mark.thorough


CHECKOUT = Path(__file__).parents[3]
STEPS = (["DR-0", "DR-4"], ["DR-1", "DR-3"], ["DR-2"])[TODAY % 3]
"""The steps of a third of the device's scenarios each day; all is played where that is asked for."""

OF_CYMMETRI = "WR-7.2"
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from tests.system.gate.our_middleware import main; main()"


@pytest.fixture
def ours(tmp_path):
    """The file that names our own middleware, started by a command of its own."""
    file = tmp_path / "ours.toml"
    file.write_text(
        f"""[system]
name = "The sandbox's own middleware"
replaces = "orchestrator"
url = "http://127.0.0.1:{free_base_port()}"
health = "/healthz"
command = {json.dumps([sys.executable, "-c", PROGRAM, str(CHECKOUT)])}
clock = "hook"
clock_url = "/test/clock"
"""
    )
    return file


def test_our_own_middleware_passes_by_outcome(ours, tmp_path, sandbox_command):
    wanted = [] if WHOLE else [*STEPS, OF_CYMMETRI]
    results = tmp_path / "results.json"
    said = sandbox_command(
        "test", *wanted, "--against", ours, "--results", results, "--report", tmp_path / "report.html", patience=900
    )
    assert said.returncode == 0, said.stdout + said.stderr
    run = load(results)
    played = {id for one in run.scenarios if one.status == "passed" for id in one.claimed}
    its_own = {id for id, branch in branches().items() if branch.decided_by == "orchestrator"}
    by_outcome = {id for id, state in run.branches.items() if state.state == "by-outcome"}
    assert by_outcome <= its_own & played
    assert {id for id in its_own & played if WHOLE or id.partition(".")[0] in STEPS} <= by_outcome
    assert len(by_outcome) > (30 if WHOLE else 5)
    assert run.branches[OF_CYMMETRI].state == "observed"
    assert not any(exchange.service == "orchestrator" for one in run.scenarios for exchange in one.exchanges)
    assert {one.error.partition(" ")[0] for one in run.scenarios if one.status == "not-tried"} <= {"The"}


def test_the_certificate_tells_system_claims_and_what_is_by_outcome(ours, tmp_path, sandbox_command):
    ours.write_text(ours.read_text() + '[claims]\nbranches = ["DR-1.*"]\nexcept = {"DR-1.3" = "no QR code with us"}\n')
    report = tmp_path / "ours.html"
    said = sandbox_command(
        "test", "features/device_registration/01_sign_up.feature", "--against", ours, "--report", report
    )
    assert said.returncode == 0, said.stdout + said.stderr
    page = report.read_text("utf-8")
    assert "Certificate of The sandbox&#39;s own middleware" in page
    assert "no QR code with us" in page
    assert "proven by outcome" in page
    kept = load(tmp_path / "ours.json")
    assert kept.branches["DR-1.1"].state == "by-outcome"
    assert kept.branches["DR-1.3"].state == "excepted"
    assert kept.branches["WR-1.1"].state == "not-claimed"
    compared = sandbox_command("report", "--compare", tmp_path / "ours.json", tmp_path / "ours.json")
    assert (compared.returncode, "Better: 0\nWorse: 0" in compared.stdout) == (0, True)
