"""What generators for Python make of the OpenAPI documents: a client that sends an OTP, and models of every service."""

import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox
from simulators.kit.services import SERVICES
from tests.recipes.test_typescript import ran, run

pytestmark = [pytest.mark.thorough, pytest.mark.slow]

GENERATORS = ("openapi-python-client>=0.26,<1", "datamodel-code-generator>=0.33,<1")
ONLY_LACK = "Unsupported content_type image/png"
"""The generator knows no images."""

PLAY = """
import sys

from orchestrator import Client
from orchestrator.api.registrations import post_registration
from orchestrator.api.web_flow import verify_email_otp
from orchestrator.models import NewWebRegistration, NewWebRegistrationFlow, NewWebRegistrationType, Otp

client = Client(base_url=sys.argv[1])
identity = NewWebRegistration(
    flow=NewWebRegistrationFlow.WEB, device_id="browser", type_=NewWebRegistrationType.CIF, id=sys.argv[2]
)
begun = post_registration.sync(client=client, body=identity)
refused = verify_email_otp.sync_detailed(begun.id, client=client, body=Otp(otp="no code"))
print(begun.status, refused.status_code.value, refused.parsed.code)
"""


@pytest.fixture(scope="module")
def generated(
    running: Sandbox, tmp_path_factory: pytest.TempPathFactory, require: Callable[[str, bool, str], None]
) -> Path:
    """A folder with each service's document, and an environment in which the generators are."""
    directory = tmp_path_factory.mktemp("generated-python")
    run([sys.executable, "-m", "venv", "env"], directory)
    installed = ran(["env/bin/pip", "install", "--quiet", "--disable-pip-version-check", *GENERATORS], directory)
    require("pip", installed.returncode == 0, f"pip could not install the generators: {installed.stderr[-200:]}")
    for name in SERVICES:
        with urllib.request.urlopen(f"{running.urls[name]}/openapi.json", timeout=60) as answer:
            (directory / f"{name}.json").write_bytes(answer.read())
    return directory


@pytest.mark.parametrize("name", SERVICES)
def test_openapi_python_client_leaves_no_operation_out(generated: Path, name: str) -> None:
    command = ["env/bin/openapi-python-client", "generate", "--path", f"{name}.json", "--output-path", name, "--meta"]
    done = ran([*command, "none"], generated)
    assert done.returncode == 0, done.stdout
    flaws = [line for line in done.stdout.splitlines() if "Unable" in line or "not be generated" in line]
    omitted = [line for line in done.stdout.splitlines() if "omitted" in line and ONLY_LACK not in line]
    assert flaws + omitted == []


def test_the_generated_client_sends_an_otp(running: Sandbox, generated: Path) -> None:
    with running.make("new-customer") as world:
        base = f"{running.urls['orchestrator']}/w/{world.id}"
        said = run(["env/bin/python", "-c", PLAY, base, world.persona("Asha").cif], generated)
    assert said.split() == ["Email_Otp_Sent", "400", "validation-failed"]


@pytest.mark.parametrize("name", SERVICES)
def test_datamodel_code_generator_makes_models_that_can_be_imported(generated: Path, name: str) -> None:
    kind = ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"]
    run(["env/bin/datamodel-codegen", "--input", f"{name}.json", *kind, "--output", f"models_{name}.py"], generated)
    run(["env/bin/python", "-c", f"import models_{name}"], generated)
