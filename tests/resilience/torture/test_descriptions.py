"""Schemathesis against each service's OpenAPI document: no 5xx, and no answer that the document does not describe.

A run of it is bounded; ``SANDBOX_TORTURE_EXAMPLES`` makes more requests, from a seed that its output names.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox, running_sandbox
from simulators.kit.services import SERVICES
from tests.contract.running.wire import Wire

EXAMPLES = os.environ.get("SANDBOX_TORTURE_EXAMPLES")
BOUNDED = ["--max-examples=5", "--seed=7"]
LIMIT = 60 * 60

pytestmark = pytest.mark.thorough

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
OPTIONS = ("--no-color", "run", f"--checks={CHECKS}", "--phases=coverage,fuzzing,stateful", "--continue-on-failure",
           "--request-timeout=40", "--suppress-health-check=all", "--warnings=off", "--no-shrink")  # fmt: skip

UNMAKING = "(?i)deleteWorld$|takeover$"
"""The operations after which a world is no longer there: they are tried apart, on worlds that are not."""

ENDLESS = "/_sandbox/events"

CONFIGURATION = """
[parameters]
"path.world" = "scratch"
"query.wait" = 0.05
"query.timeout" = 0.05
"""
"""What the control plane does is done to one world, in which nobody plays, and nothing is waited for."""


@dataclass
class Target:
    """A sandbox, and the credentials with which each service is asked in the world ``torture``."""

    sandbox: RunningSandbox
    headers: dict[str, str]
    configuration: Path

    def fuzz(self, service: str, *options: str) -> None:
        command = [str(Path(sys.executable).with_name("schemathesis")), f"--config-file={self.configuration}", *OPTIONS]
        command += ["--header=baggage: sandbox.world=torture", f"--header={self.headers.get(service, 'Accept: */*')}"]
        command += [*([f"--max-examples={EXAMPLES}"] if EXAMPLES else BOUNDED), *options]
        place = self.configuration.parent
        ended = subprocess.run(
            [*command, f"{self.sandbox.urls[service]}/openapi.json"],
            cwd=place, capture_output=True, text=True, timeout=LIMIT, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A sandbox that has not stumbled at the end, whatever was asked of it."""
    directory = Path(tmp_path_factory.mktemp("torture"))
    configuration = directory / "schemathesis.toml"
    configuration.write_text(CONFIGURATION)
    with running_sandbox(directory / "data") as running:
        wire = Wire(running.urls)
        for world in ("scratch", "torture"):
            assert wire.ask("orchestrator", "PUT", f"/_sandbox/worlds/{world}", {"scenario": "default"}).status == 201
        yield Target(running, credentials(wire), configuration)
    assert "Traceback" not in (directory / "data" / LOG_FILE).read_text("utf-8")


def credentials(wire: Wire) -> dict[str, str]:
    """Return a header by service: the institution's keys, and the token of a user who is logged in."""
    keys = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json
    people: list[dict[str, Any]] = wire.ask("orchestrator", "GET", "/_sandbox/worlds/torture/personas").json["personas"]
    (jai,) = (person for person in people if person["name"] == "Jai")
    login = {"username": jai["username"], "password": jai["password"]}
    token = wire.ask("auth_service", "POST", "/auth/login", login, world="torture").json["token"]
    return {
        "orchestrator": f"Authorization: Bearer {token}",
        "tsg": f"X-API-Key: {keys['SANDBOX_TSG_API_KEY']}",
        "auth_service": f"X-API-Key: {keys['SANDBOX_AUTH_SERVICE_API_KEY']}",
    }


@pytest.mark.parametrize("service", SERVICES)
def test_no_request_gets_a_server_error_or_an_answer_that_is_not_described(target: Target, service: str) -> None:
    target.fuzz(service, f"--exclude-operation-id-regex={UNMAKING}", f"--exclude-path={ENDLESS}")


@pytest.mark.parametrize("service", SERVICES)
def test_nor_does_one_that_unmakes_worlds(target: Target, service: str) -> None:
    target.configuration.write_text("")
    try:
        target.fuzz(service, f"--include-operation-id-regex={UNMAKING}")
    finally:
        target.configuration.write_text(CONFIGURATION)
