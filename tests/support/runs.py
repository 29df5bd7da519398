"""Whole runs of the specification, or of other tests, as programs of their own."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.support.turns import WHOLE

PROJECT = Path(__file__).parents[2]
PATIENCE = 900.0
TOLD = 6000

PART = "1/1" if WHOLE else "1/32"
SPECIFICATION = ("registration_sandbox", "test", "-j", "1", "--shard", PART, "--results", os.devnull)
"""Every thirty-second scenario, or all where all is wanted: exit code 0 says that nothing is wrong with them."""

BEHAVE = ("behave", "--no-color", "--format", "progress3")
PYTEST = ("pytest", "-p", "no:cacheprovider", "-v")


class Run:
    """A run that has begun."""

    def __init__(self, module: Iterable[str], paths: Iterable[str] = (), **environment: str) -> None:
        """Run a module, with these settings and none of this run's own but how long is to be attacked."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("SANDBOX_", "PYTEST_"))}
        ours |= {name: value for name, value in os.environ.items() if name.startswith("SANDBOX_TORTURE_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", *module, *paths], cwd=PROJECT, env=ours | environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def assert_green(self) -> str:
        """Wait for the end; return what was said. Fails, telling the last of it, unless everything passed."""
        try:
            said, _ = self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            said, _ = self._process.communicate()
        assert self._process.returncode == 0, said[-TOLD:]
        return said
