"""The features' outages, played for real: systems are stopped, killed, paused, restarted and cut off."""

import os
import re
import subprocess
import sys

import pytest

from registration_sandbox.gate.suite import OUTAGES_WANTED as WANTED
from registration_sandbox.runtime.container import CHECKOUT
from tests.support.turns import WHOLE
from tests.system.docker.conftest import Compose

pytestmark = pytest.mark.slow


PATIENCE = 2400
SHARD = "1/1" if WHOLE else "1/8"
"""Every eighth scenario is played where ``SANDBOX_THOROUGH`` is not ``all``: all of them take nine minutes."""

FEATURES = sorted(path.stem for path in (CHECKOUT / "features/outages").glob("*.feature"))


@pytest.fixture(scope="module")
def settings(compose: Compose) -> dict[str, str]:
    """The settings by which the gate finds a sandbox of seven containers."""
    compose("up", "--wait", "--no-build")
    return compose.settings


def played(feature: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Play a feature's scenarios one after the other: what they break, they break for everybody."""
    command = [sys.executable, "-m", "registration_sandbox", "test", f"features/outages/{feature}.feature", "-j", "1"]
    return subprocess.run(
        [*command, "--shard", SHARD], cwd=CHECKOUT, env={**os.environ, **settings}, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("feature", FEATURES)
def test_nothing_is_lost_or_doubled_by_an_outage(settings, feature):
    said = played(feature, **settings, **{WANTED: "1"})
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"(\d+) scenarios: \1 passed", said.stdout), said.stdout


@pytest.mark.thorough
def test_no_system_is_broken_unless_that_is_wished_for():
    said = played("device_registration", SANDBOX_ORCHESTRATOR_URL="", SANDBOX_URL="", **{WANTED: ""})
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"(\d+) scenarios: \1 skipped", said.stdout), said.stdout
