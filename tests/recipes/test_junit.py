"""The recipe for Java tests: the program by itself, and the JUnit tests where Maven has what it needs at hand."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox
from tests.recipes.conftest import RECIPES

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Require = Callable[[str, bool, str], None]
OLDEST = 17
LIMIT = 180.0

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


@pytest.fixture
def run(running: Sandbox, tmp_path: Path) -> Run:
    """Run a command in a copy of the recipe, on the running sandbox."""
    shutil.copytree(RECIPES / "plain_http_junit", tmp_path, dirs_exist_ok=True)
    environment = {**os.environ, "SANDBOX_URL": running.urls["orchestrator"]}

    def ran(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
        )

    return ran


def java_version() -> int:
    if not shutil.which("java"):
        return 0
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def test_the_program_plays_by_itself(run: Run, require: Require) -> None:
    require("java", java_version() >= OLDEST, f"there is no java of {OLDEST} or newer")
    done = run("java", "src/test/java/Registration.java")
    assert done.returncode == 0, done.stderr
    assert "Asha is registered" in done.stdout
    assert "refused as expired" in done.stdout


def test_the_junit_tests_pass(run: Run, require: Require) -> None:
    require("maven", shutil.which("mvn") is not None, "there is no mvn")
    done = run("mvn", "--offline", "--batch-mode", "test")
    missing = "in offline mode" in done.stdout or "could not be resolved" in done.stdout
    require("maven", not missing, "it has not all that it needs at hand")
    assert done.returncode == 0, done.stdout
    assert "Tests run: 2, Failures: 0, Errors: 0, Skipped: 0" in done.stdout
