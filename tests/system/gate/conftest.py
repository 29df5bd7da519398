"""A sandbox for the gate's tests, and a copy of the specification to break."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registration_sandbox.gate.suite import default_root
from registration_sandbox.runtime.embedded import running_sandbox

LONGEST = 60


@pytest.fixture(scope="package")
def url() -> Iterator[str]:
    with running_sandbox() as sandbox:
        yield sandbox.urls["orchestrator"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A suite that has the project's step definitions and hooks, and only the features that a test puts there."""
    root = tmp_path / "suite"
    shutil.copytree(default_root() / "steps", root / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(default_root() / "environment.py", root)
    (root / "features").mkdir()
    return root


@pytest.fixture(scope="session")
def sandbox_command() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run ``sandbox`` as a user does."""

    def run(*arguments: object, patience: float = LONGEST, **environment: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "registration_sandbox", *map(str, arguments)]
        settings = {**os.environ, "NO_COLOR": "1", **environment}
        return subprocess.run(command, capture_output=True, text=True, timeout=patience, env=settings, check=False)

    return run
