"""docker-compose.yml: it declares every service of the table, and comes up as a sandbox."""

import json
import subprocess
import sys

import pytest

from registration_sandbox.runtime.container import CHECKOUT, IMAGE
from registration_sandbox.runtime.settings import url_variable
from simulators.kit.services import SERVICES
from steps.support.stack import SERVICE
from tests.system.docker.conftest import COMPOSE_PATIENCE, DECLARED, FIRST_PORT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_declared_as_the_table_has_it(service):
    declared = DECLARED["services"][service]
    assert declared["command"] == ["up", "--only", service]
    assert declared["image"] == IMAGE
    assert declared["labels"][SERVICE] == service
    port = FIRST_PORT + SERVICES.index(service)
    assert declared["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert declared["volumes"] == [f"{service}:/data"]
    urls = {
        url_variable(other): f"http://{other.replace('_', '-')}:{FIRST_PORT + number}"
        for number, other in enumerate(SERVICES)
    } | {url_variable(service): ""}
    assert {name: declared["environment"][name] for name in urls} == urls
    for secret in ("TSG_API_KEY", "TSG_PUSH_SECRET", "AUTH_SERVICE_API_KEY", "SIGNING_KEY", "ADMIN_TOKEN"):
        assert declared["environment"][f"SANDBOX_{secret}"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_confined(service):
    declared = DECLARED["services"][service]
    assert declared["read_only"] is True
    assert declared["cap_drop"] == ["ALL"]
    assert declared["security_opt"] == ["no-new-privileges"]
    assert {"tmpfs", "pids_limit", "mem_limit"} <= declared.keys()


@pytest.mark.thorough
def test_up_wait_brings_up_a_sandbox_that_the_specification_can_be_played_on(compose):
    compose("up", "--wait", "--no-build")
    found = [json.loads(line) for line in compose("ps", "--format", "json").splitlines()]
    assert {each["Service"]: each["Health"] for each in found} == dict.fromkeys(SERVICES, "healthy")
    played = subprocess.run(
        [sys.executable, "-m", "registration_sandbox", "test", "features/journeys", "--url", compose.url],
        cwd=CHECKOUT, env=compose.settings | {"PATH": ""}, capture_output=True, text=True, timeout=COMPOSE_PATIENCE,
        check=False,
    )  # fmt: skip
    assert " passed" in played.stdout, played.stdout + played.stderr
    assert " failed" not in played.stdout, played.stdout


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
