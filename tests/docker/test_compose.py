"""docker-compose.yml: as it stands, and as it runs."""

import json
import os
import secrets
import shutil
import subprocess
import sys

import pytest
import yaml

from orchestrator.runtime.containers import inside
from orchestrator.runtime.containers.image import CHECKOUT, IMAGE
from orchestrator.runtime.containers.stack import CONFINED, SERVICE
from orchestrator.runtime.embedded import free_base_port
from orchestrator.runtime.settings import plan, url_variable
from simulators.kit.settings import SERVICES
from tests.docker.conftest import thorough

PATIENCE = 300
DECLARED = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text("utf-8"))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_declared_as_sandbox_up_docker_starts_it(service, tmp_path):
    declared = DECLARED["services"][service]
    assert declared["command"] == ["up", "--only", service]
    assert declared["image"] == IMAGE
    assert declared["labels"][SERVICE] == service
    number = inside.port_of(service)
    assert declared["ports"] == [f"127.0.0.1:{number}:{number}"]
    assert declared["volumes"] == [f"{service}:/data"]
    told = inside.environment_of(service, inside.guarded(plan(data_dir=tmp_path, environment={})))
    given = {name: value for name, value in declared["environment"].items() if value}
    assert {name: value for name, value in given.items() if name.endswith("_URL") and "$" not in value} == {
        name: value for name, value in told.items() if name.endswith("_URL")
    }
    assert told.keys() <= given.keys()
    assert declared["environment"][url_variable(service)] == ""


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_confined_as_sandbox_up_docker_confines_it(service):
    declared = DECLARED["services"][service]
    confined = {**CONFINED, "tmpfs": list(CONFINED["tmpfs"])}
    assert {name: as_list(declared[name]) for name in confined} == {name: as_list(confined[name]) for name in confined}


def as_list(value):
    return value if isinstance(value, list) else [value]


@pytest.fixture
def compose(docker, made_image, require, tmp_path):
    """Run ``docker compose`` on a project of the tests' own, on free ports; it is gone at the end."""
    version = ["docker", "compose", "version"]
    there = shutil.which("docker") and not subprocess.run(version, capture_output=True, check=False).returncode
    require("docker", bool(there), "there is no docker compose")
    base_port = free_base_port()
    moved = tmp_path / "ports.yml"
    ports = "".join(
        f'  {service}: {{ports: !override ["127.0.0.1:{base_port + n}:{inside.port_of(service)}"]}}\n'
        for n, service in enumerate(SERVICES)
    )
    moved.write_text(f"services:\n{ports}")
    project = [
        "-p",
        f"sandbox-test-{secrets.token_hex(4)}",
        "-f",
        str(CHECKOUT / "docker-compose.yml"),
        "-f",
        str(moved),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}

    def run(*arguments, **settings):
        command = ["docker", "compose", *project, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, env={**environment, **settings}, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run.base_port = base_port
    yield run
    run("down", "--volumes", "--timeout", "1")


@thorough
def test_up_wait_brings_up_a_sandbox_that_the_specification_can_be_played_on(compose):
    compose("up", "--wait", "--no-build")
    found = [json.loads(line) for line in compose("ps", "--format", "json").splitlines()]
    assert {each["Service"]: each["Health"] for each in found} == dict.fromkeys(SERVICES, "healthy")
    token = DECLARED["x-environment"]["SANDBOX_ADMIN_TOKEN"].removeprefix("${SANDBOX_ADMIN_TOKEN:-").removesuffix("}")
    settings = {
        **os.environ,
        "SANDBOX_ORCHESTRATOR_URL": f"http://127.0.0.1:{compose.base_port}",
        "SANDBOX_ADMIN_TOKEN": token,
    }
    played = subprocess.run(
        [sys.executable, "-m", "behave", "--no-color", "--format", "progress", "features/journeys"],
        cwd=CHECKOUT, env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert played.returncode == 0, played.stdout
    assert "0 failed" in played.stdout


def test_the_database_and_the_mail_server_are_there_for_those_who_ask(compose):
    def services(*profiles, **settings):
        chosen = [f"--profile={name}" for name in profiles]
        return json.loads(compose(*chosen, "config", "--format", "json", **settings))["services"]

    assert sorted(services()) == sorted(SERVICES)
    with_both = services(
        "postgres", "mail", SANDBOX_DATABASE_URL="postgresql://sandbox:sandbox@postgres/sandbox",
        SANDBOX_SMTP_URL="smtp://mailpit:1025",
    )  # fmt: skip
    assert with_both.keys() - set(SERVICES) == {"postgres", "mailpit"}
    for service in SERVICES:
        assert with_both[service]["environment"]["SANDBOX_DATABASE_URL"].endswith("@postgres/sandbox")
        assert with_both[service]["environment"]["SANDBOX_SMTP_URL"] == "smtp://mailpit:1025"
        assert with_both[service]["depends_on"]["postgres"]["condition"] == "service_healthy"
