"""The recipe for Python tests, run as its README says."""

import shutil

import pytest

from registration_sandbox.client import Sandbox
from tests.recipes.conftest import RECIPES

pytestmark = pytest.mark.slow


def test_the_tests_of_the_recipe_pass(
    pytester: pytest.Pytester, running: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SANDBOX_ORCHESTRATOR_URL", raising=False)
    shutil.copy(RECIPES / "pytest_plugin" / "test_registration.py", pytester.path)
    options = ("-p", "no:cacheprovider", "-p", "no:faker", "-p", "no:hypothesispytest")
    done = pytester.runpytest_inprocess(*options, "--sandbox-url", running.urls["orchestrator"])
    done.assert_outcomes(passed=4)
