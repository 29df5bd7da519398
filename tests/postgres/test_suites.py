"""The specification and the tests of a running sandbox, on PostgreSQL. Each has a database of its own."""

import pytest

from tests.support.runs import BEHAVE, PYTEST, Run

SUITES = {
    "conformance": ["tests/conformance", "--ignore=tests/conformance/test_command_line.py"],
    "contention": ["tests/contention"],
    "device": ["tests/device"],
    "property": ["tests/property"],
    "a service killed at every step": ["tests/end_to_end/test_kill.py"],
}
"""What is left out starts one sandbox beside another, each with people of its own: on one database they share them."""


def test_the_whole_specification_is_green_on_postgresql(new_database: str) -> None:
    assert " 0 failed" in Run(BEHAVE, SANDBOX_DATABASE_URL=new_database).assert_green()


@pytest.mark.parametrize("suite", SUITES)
def test_the_tests_of_a_running_sandbox_are_green_on_postgresql(suite: str, new_database: str) -> None:
    assert " passed" in Run(PYTEST, SUITES[suite], SANDBOX_DATABASE_URL=new_database).assert_green()
