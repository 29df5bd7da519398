"""The recipe for tests that start the image themselves: by Node, and by Maven where it has all at hand."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recipes.conftest import RECIPES, run_npm

pytestmark = [pytest.mark.thorough, pytest.mark.slow]

Require = Callable[[str, bool, str], None]
LIMIT = 240.0


def copied(tmp_path: Path, language: str) -> Path:
    return Path(shutil.copytree(RECIPES / "testcontainers" / language, tmp_path / language))


def run(command: list[str], cwd: Path, image: str) -> "subprocess.CompletedProcess[str]":
    reaperless = {"TESTCONTAINERS_RYUK_DISABLED": "true"}  # its image is on a registry, and here may be none
    environment = {**os.environ, **reaperless, "SANDBOX_IMAGE": image}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)


def test_node_starts_the_image_and_plays_in_it(tmp_path: Path, made_image: str, require: Require) -> None:
    require("npm", shutil.which("npm") is not None, "there is no npm")
    recipe = copied(tmp_path, "node")
    installed = run_npm(recipe, "install", "--no-audit", "--no-fund", "--silent")
    require("npm", installed.returncode == 0, f"its packages cannot be installed: {installed.stderr[-500:]}")
    checked = run_npm(recipe, "run", "check")
    assert checked.returncode == 0, checked.stdout
    done = run(["npm", "test"], recipe, made_image)
    assert re.search(r"pass 2\b", done.stdout), done.stdout + done.stderr


def test_java_starts_the_image_and_plays_in_it(tmp_path: Path, made_image: str, require: Require) -> None:
    require("maven", shutil.which("mvn") is not None, "there is no mvn")
    done = run(["mvn", "--offline", "--batch-mode", "test"], copied(tmp_path, "java"), made_image)
    missing = "in offline mode" in done.stdout or "could not be resolved" in done.stdout
    require("maven", not missing, "it has not all that it needs at hand")
    assert "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0" in done.stdout, done.stdout
