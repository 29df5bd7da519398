"""Schemathesis against each service's OpenAPI document: no 5xx, and no answer that the document does not describe.

A run of it is bounded; ``SANDBOX_TORTURE_EXAMPLES`` makes more requests, from a seed that its output names.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulators.kit.services import SERVICES
from tests.resilience.torture.target import (
    ADMIN_TOKEN,
    ENDLESS,
    SCRATCH,
    UNMAKING,
    WORLD,
    attacked_sandbox,
    credentials,
)

EXAMPLES = os.environ.get("SANDBOX_TORTURE_EXAMPLES")
BOUNDED = ["--max-examples=5", "--seed=7"]
LIMIT = 60 * 60

pytestmark = pytest.mark.thorough

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
OPTIONS = ("--no-color", "run", f"--checks={CHECKS}", "--phases=coverage,fuzzing,stateful", "--continue-on-failure",
           "--request-timeout=40", "--suppress-health-check=all", "--warnings=off", "--no-shrink")  # fmt: skip

CONFIGURATION = f"""
[parameters]
"path.world" = "{SCRATCH}"
"query.wait" = 0.05
"query.timeout" = 0.05
"""
"""What the control plane does is done to one world, in which nobody plays, and nothing is waited for."""

AS_ADMIN = (
    f"""
[[operations]]
include-path-regex = "^/_sandbox/"
headers = {{ Authorization = "Bearer {ADMIN_TOKEN}" }}
"""
    if ADMIN_TOKEN
    else ""
)


@dataclass
class Target:
    """A sandbox, and the header with which each service is asked in the world ``torture``."""

    urls: dict[str, str]
    headers: dict[str, str]
    configuration: Path

    def fuzz(self, service: str, *options: str) -> None:
        command = [str(Path(sys.executable).with_name("schemathesis")), f"--config-file={self.configuration}", *OPTIONS]
        command += [f"--header=baggage: sandbox.world={WORLD}", f"--header={self.headers.get(service, 'Accept: */*')}"]
        command += [*([f"--max-examples={EXAMPLES}"] if EXAMPLES else BOUNDED), *options]
        place = self.configuration.parent
        ended = subprocess.run(
            [*command, f"{self.urls[service]}/openapi.json"],
            cwd=place, capture_output=True, text=True, timeout=LIMIT, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    directory = Path(tmp_path_factory.mktemp("torture"))
    configuration = directory / "schemathesis.toml"
    configuration.write_text(CONFIGURATION + AS_ADMIN)
    with attacked_sandbox(directory / "data") as wire:
        headers = {service: ": ".join(header) for service, header in credentials(wire).items()}
        yield Target(wire.urls, headers, configuration)


@pytest.mark.parametrize("service", SERVICES)
def test_no_request_gets_a_server_error_or_an_answer_that_is_not_described(target: Target, service: str) -> None:
    target.fuzz(service, f"--exclude-operation-id-regex={UNMAKING}", f"--exclude-path={ENDLESS}")


@pytest.mark.parametrize("service", SERVICES)
def test_nor_does_one_that_unmakes_worlds(target: Target, service: str) -> None:
    target.configuration.write_text(AS_ADMIN)
    try:
        target.fuzz(service, f"--include-operation-id-regex={UNMAKING}")
    finally:
        target.configuration.write_text(CONFIGURATION + AS_ADMIN)
