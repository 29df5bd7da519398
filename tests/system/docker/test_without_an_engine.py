"""What there is to ``sandbox up --docker`` where no engine answers, or before one is asked."""

import os
import subprocess
import sys

import pytest

from registration_sandbox.runtime import container
from registration_sandbox.runtime.settings import plan

pytestmark = pytest.mark.slow


PATIENCE = 30


def typed(*arguments, **environment):
    command = [sys.executable, "-m", "registration_sandbox", "up", *map(str, arguments)]
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


def environment_inside(data_dir, **environment):
    return container.environment_of(plan(data_dir=data_dir, environment=environment))


def test_the_container_listens_on_the_ports_that_are_seen_outside_and_shares_the_secrets(tmp_path):
    inside = environment_inside(tmp_path, SANDBOX_BASE_PORT="9100", SANDBOX_ADMIN_TOKEN="mine")
    assert inside["SANDBOX_BASE_PORT"] == "9100"
    assert inside["SANDBOX_ADMIN_TOKEN"] == "mine"
    secrets = {name for name in inside if name.endswith(("_KEY", "_SECRET"))}
    assert len(secrets) == 4
    assert {name: inside[name] for name in secrets}.items() <= environment_inside(tmp_path).items()
    assert not [name for name in inside if name.endswith("_URL")]


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
    assert environment_inside(tmp_path, SANDBOX_CYMMETRI_URL=from_here)["SANDBOX_CYMMETRI_URL"] == from_a_container


def test_a_collector_on_this_machine_is_told_as_containers_reach_it(tmp_path):
    inside = environment_inside(tmp_path, SANDBOX_OTLP_ENDPOINT="http://127.0.0.1:4318")
    assert inside["SANDBOX_OTLP_ENDPOINT"] == "http://host.docker.internal:4318"
