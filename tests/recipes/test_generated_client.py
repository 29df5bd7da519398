"""A client that is generated from the OpenAPI document plays both flows; Spectral finds nothing in the documents."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox
from simulators.kit.services import SERVICES
from tests.recipes.conftest import RECIPES
from tests.recipes.test_typescript import ran, run

pytestmark = [pytest.mark.thorough, pytest.mark.slow]

WRONG = {
    "a number for the OTP": ("body: { otp }", "body: { otp: 123456 }"),
    "no OTP at all": ("body: { otp }", "body: {}"),
    "another action's body": ("body: { otp }", 'body: { userId: "asha" }'),
    "an action that there is not": ("actions/verify-email-otp", "actions/verify-the-otp"),
    "a flow that there is not": ('flow: "web"', 'flow: "branch"'),
    "a status that there is not": (
        'assert.equal(status, "Register_Complete")',
        'if (status === "Registered!") throw status',
    ),
}


def install(directory: Path, require: Callable[[str, bool, str], None], *packages: str) -> None:
    """Install packages, or those that the folder names."""
    installed = shutil.which("npm") and ran(
        ["npm", "install", "--no-audit", "--no-fund", "--silent", *packages], directory
    )
    require("npm", bool(installed and installed.returncode == 0), "npm is not there, or its registry is out of reach")


@pytest.fixture(scope="module")
def recipe(
    running: Sandbox, tmp_path_factory: pytest.TempPathFactory, require: Callable[[str, bool, str], None]
) -> Path:
    """The recipe with its client generated."""
    directory = tmp_path_factory.mktemp("generated")
    shutil.copytree(RECIPES / "generated_client_typescript", directory, dirs_exist_ok=True)
    install(directory, require)
    run(["npm", "run", "generate"], directory, SANDBOX_URL=running.urls["orchestrator"])
    return directory


def test_a_generated_client_plays_both_flows(running: Sandbox, recipe: Path) -> None:
    run(["npm", "run", "build"], recipe)
    said = run(["node", "build/register.js"], recipe, SANDBOX_URL=running.urls["orchestrator"])
    assert said.split() == ["Registered", "Device_Activate"]


@pytest.mark.parametrize("what", WRONG)
def test_the_compiler_refuses(recipe: Path, what: str) -> None:
    right, wrong = WRONG[what]
    text = (recipe / "register.ts").read_text("utf-8")
    assert text.count(right) == 1
    (recipe / "register.ts").write_text(text.replace(right, wrong), "utf-8")
    try:
        assert ran(["npm", "run", "check"], recipe).returncode != 0
    finally:
        (recipe / "register.ts").write_text(text, "utf-8")


def test_spectral_finds_nothing_in_any_service_s_document(
    running: Sandbox, tmp_path: Path, require: Callable[[str, bool, str], None]
) -> None:
    import urllib.request

    install(tmp_path, require, "@stoplight/spectral-cli@^6.15.0")
    (tmp_path / ".spectral.yaml").write_text('extends: ["spectral:oas"]\n', "utf-8")
    for name in SERVICES:
        with urllib.request.urlopen(f"{running.urls[name]}/openapi.json", timeout=60) as answer:
            (tmp_path / f"{name}.json").write_text(json.dumps(json.load(answer)), "utf-8")
    command = ["npx", "spectral", "lint", "--fail-severity", "hint", *(f"{name}.json" for name in SERVICES)]
    run(command, tmp_path)
