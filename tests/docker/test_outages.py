"""The features' outages, played for real: systems are stopped, killed, paused, restarted and cut off."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.runtime.containers import inside, running
from orchestrator.runtime.containers.image import CHECKOUT
from orchestrator.runtime.embedded import free_base_port
from orchestrator.runtime.settings import plan
from steps.support.outages import WANTED
from tests.docker.conftest import thorough

PATIENCE = 2400
SHARD = "1/1" if os.environ.get("SANDBOX_THOROUGH") == "all" else "1/4"
"""Every fourth scenario is played where ``SANDBOX_THOROUGH`` is not ``all``: all of them take nine minutes."""

FEATURES = sorted(path.stem for path in (CHECKOUT / "features/outages").glob("*.feature"))


@pytest.fixture(scope="module")
def settings(docker: Any, made_image: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings by which behave finds a sandbox in containers."""
    data_dir: Path = tmp_path_factory.mktemp("outages")
    wanted = inside.guarded(plan(base_port=free_base_port(), data_dir=data_dir, workers=1, environment={}))
    with running.started(docker, wanted, made_image, lambda told: None):
        yield {
            "SANDBOX_ORCHESTRATOR_URL": wanted.settings.url("orchestrator"),
            "SANDBOX_ADMIN_TOKEN": str(wanted.settings.admin_token),
        }


def played(feature: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Play a feature's scenarios one after the other: what they break, they break for everybody."""
    command = [sys.executable, "-m", "orchestrator", "test", f"features/outages/{feature}.feature", "-j", "1"]
    return subprocess.run(
        [*command, "--shard", SHARD], cwd=CHECKOUT, env={**os.environ, **settings}, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


@thorough
@pytest.mark.parametrize("feature", FEATURES)
def test_nothing_is_lost_or_doubled_by_an_outage(settings, feature):
    said = played(feature, **settings, **{WANTED: "1"})
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"(\d+) scenarios: \1 passed", said.stdout), said.stdout


def test_no_system_is_broken_unless_that_is_wished_for():
    said = played("device_registration", SANDBOX_ORCHESTRATOR_URL="", **{WANTED: ""})
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"(\d+) scenarios: \1 skipped", said.stdout), said.stdout
