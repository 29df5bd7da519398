"""The foreign middleware before the gate: it passes what it claims, and each of its planted bugs is caught."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from registration_sandbox.gate.results import load
from registration_sandbox.runtime.embedded import free_base_port
from tests.support.turns import WHOLE, todays_part

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


DEVICE = "features/device_registration"
PART = [DEVICE] if WHOLE else [DEVICE, "--shard", "1/8"]
CLAIMED_BY_OUTCOME = 34 if WHOLE else 6
PATIENCE = 900.0

BUGS = {
    "auth-outage-read-as-not-found": "DR-0.5",
    "another-users-device-opened": "DR-0.7",
    "contact-not-checked": "DR-1.4",
    "old-code-not-voided": "DR-1.6",
    "limit-ignored": "DR-1.9",
    "blank-reference-taken": "DR-2.6",
    "foreign-reference-taken": "DR-2.7",
    "incomplete-push-taken": "DR-2.8",
    "signature-not-checked": "DR-2.9",
    "stale-push-taken": "DR-2.9",
    "push-twice-notifies-twice": "DR-2.10",
    "other-phone-taken": "DR-2.16",
    "lost-answer-registers-twice-notifies-twice": "DR-3.4",
    "tsg-outage-at-activate-activates": "DR-4.3",
    "another-users-device-taken": "DR-4.4",
}
"""Planted bugs of the recipe, and the branches that they break."""

TODAYS = list(BUGS.items())[todays_part(3)]
"""A third of them each day, all of them where that is asked for."""


@pytest.fixture
def acme(built: Path) -> Path:
    """The file that describes the middleware to the gate, on a free port."""
    port = str(free_base_port())
    file = built / f"acme-{port}.toml"
    file.write_text((built / "acme.toml").read_text("utf-8").replace("9900", port), "utf-8")
    return file


def play(acme: Path, *wanted: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "registration_sandbox", "test", *map(str, wanted), "--against", str(acme)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_it_passes_what_it_claims_by_outcome(acme: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    done = play(acme, *PART, "--results", results)
    assert done.returncode == 0, done.stdout + done.stderr
    states = [branch.state for branch in load(results).branches.values()]
    assert states.count("by-outcome") >= CLAIMED_BY_OUTCOME


@pytest.mark.parametrize(("bug", "branch"), TODAYS)
def test_a_planted_bug_shuts_the_gate_and_its_branch_is_named(acme: Path, bug: str, branch: str) -> None:
    done = play(acme, branch, PLANTED_BUG=bug)
    assert done.returncode == 1, done.stdout + done.stderr
    assert any("scenario-failed" in line and f"({branch})" in line for line in done.stdout.splitlines()), done.stdout


def test_the_bugs_that_are_tried_are_the_recipes(built: Path) -> None:
    listed = subprocess.run(["node", "dist/server.js", "--bugs"], cwd=built, capture_output=True, text=True, check=True)
    known = {bug["name"]: bug["branch"] for bug in json.loads(listed.stdout)}
    assert BUGS.items() <= known.items()
