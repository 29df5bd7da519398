"""What the recipes are run with."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox

RECIPES = Path(__file__).parents[2] / "recipes"
OWN_MIDDLEWARE = RECIPES / "own_middleware"
BUILD_TIMEOUT = 180.0


@pytest.fixture(scope="package")
def running() -> Iterator[Sandbox]:
    with Sandbox.started() as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, require: Callable[[str, bool, str], None]) -> Path:
    """Build a copy of the recipe; return its folder."""
    require("npm", shutil.which("npm") is not None, "there is no npm")
    copy = tmp_path_factory.mktemp("own-middleware") / "recipe"
    shutil.copytree(OWN_MIDDLEWARE, copy, ignore=shutil.ignore_patterns("node_modules", "dist", "*.sqlite*"))
    installed = run_npm(copy, "ci")
    require("npm", installed.returncode == 0, f"its packages cannot be installed: {installed.stderr[-500:]}")
    compiled = run_npm(copy, "run", "build")
    assert compiled.returncode == 0, compiled.stdout + compiled.stderr
    return copy


def run_npm(directory: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["npm", *arguments]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=BUILD_TIMEOUT, check=False)
