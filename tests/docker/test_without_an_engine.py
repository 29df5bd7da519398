"""What there is to ``sandbox up --docker`` where no engine answers, or before one is asked."""

import os
import subprocess
import sys

import pytest

from orchestrator.runtime.containers import inside
from orchestrator.runtime.settings import plan

PATIENCE = 30


def typed(*arguments, **environment):
    command = [sys.executable, "-m", "orchestrator", "up", *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, env=kept | environment, check=False
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("engine", ["unix:///nowhere/docker.sock", "tcp://127.0.0.1:9", "nonsense://"])
def test_without_an_engine_one_clear_line_says_so(tmp_path, engine):
    code, out, err = typed("--docker", "--data-dir", tmp_path, DOCKER_HOST=engine)
    assert (code, out) == (1, "")
    (line,) = err.strip().splitlines()
    assert line.startswith("Error: No container engine answers")
    assert "without --docker needs none" in line


def test_an_image_goes_with_containers_only(tmp_path):
    code, _, err = typed("--image", "registration-sandbox", "--data-dir", tmp_path)
    assert code == 2
    assert "--docker" in err


def told(service, data_dir, **environment):
    return inside.environment_of(service, inside.guarded(plan(data_dir=data_dir, environment=environment)))


def test_a_container_is_told_of_the_others_and_not_of_itself(tmp_path):
    environment = told("cbs", tmp_path)
    assert "SANDBOX_CBS_URL" not in environment
    assert environment["SANDBOX_AUTH_SERVICE_URL"] == "http://auth-service:8803"


def test_all_containers_share_their_secrets(tmp_path):
    shared = [name for name in told("cbs", tmp_path) if not name.endswith("_URL") and name != "SANDBOX_ADMIN_TOKEN"]
    assert len(shared) >= 5
    assert {name: told("tsg", tmp_path)[name] for name in shared} == {
        name: told("cbs", tmp_path)[name] for name in shared
    }
    assert told("tsg", tmp_path, SANDBOX_ADMIN_TOKEN="mine")["SANDBOX_ADMIN_TOKEN"] == "mine"


@pytest.mark.parametrize(
    ("from_here", "from_a_container"),
    [
        ("https://ciam.bank.test/", "https://ciam.bank.test"),
        ("http://127.0.0.1:9801", "http://host.docker.internal:9801"),
        ("http://user:secret@localhost:9801/base", "http://user:secret@host.docker.internal:9801/base"),
        ("http://[::1]", "http://host.docker.internal"),
    ],
)
def test_a_real_system_is_told_as_containers_reach_it(tmp_path, from_here, from_a_container):
    assert told("cbs", tmp_path, SANDBOX_CYMMETRI_URL=from_here)["SANDBOX_CYMMETRI_URL"] == from_a_container
