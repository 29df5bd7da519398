"""The specification and the tests of a running sandbox, on PostgreSQL. Each has a database of its own."""

import os

import pytest

from registration_sandbox.runtime.embedded import running_sandbox
from tests.support.runs import PYTEST, SPECIFICATION, Run

pytestmark = pytest.mark.thorough


SIDE_BY_SIDE = ("test_command_line.py", "test_outside.py", "test_mail_in.py", "test_metrics.py")
"""Tests that start a sandbox beside another, and count what it has: on one database they would be replicas of each
other."""

SUITES: dict[str, list[str]] = {
    "conformance": ["tests/contract/running", *(f"--ignore=tests/contract/running/{name}" for name in SIDE_BY_SIDE)],
    "contention": ["tests/resilience/contention"],
    "device": ["tests/system/device"],
    "property": ["tests/system/property"],
    "torture": ["tests/resilience/torture"],
}
OTHERS = [name for name in SUITES if name != "contention"]


everything = pytest.mark.skipif(
    os.environ.get("SANDBOX_THOROUGH") != "all", reason="thorough: SANDBOX_THOROUGH=all runs every suite on PostgreSQL"
)


def test_the_specification_is_green_on_postgresql(new_database: str) -> None:
    with running_sandbox(environment={"SANDBOX_DATABASE_URL": new_database}) as sandbox:
        assert " passed" in Run(SPECIFICATION, SANDBOX_URL=sandbox.urls["control_plane"]).assert_green()


@pytest.mark.parametrize("suite", ["contention", *(pytest.param(name, marks=everything) for name in OTHERS)])
def test_the_tests_of_a_running_sandbox_are_green_on_postgresql(suite: str, new_database: str) -> None:
    assert " passed" in Run(PYTEST, SUITES[suite], SANDBOX_DATABASE_URL=new_database).assert_green()


KILLS = {
    "at every step": ["tests/system/end_to_end/test_kill.py", "-k", "orchestrator"],
    "in the middle of the work": ["tests/system/device/test_kills.py"],
}


@everything
@pytest.mark.parametrize("killed", KILLS)
def test_services_that_are_killed_lose_and_double_nothing_on_postgresql(killed: str, new_database: str) -> None:
    run = Run(PYTEST, KILLS[killed], SANDBOX_DATABASE_URL=new_database, SANDBOX_THOROUGH="1")
    assert " passed" in run.assert_green()
