"""A customer's way through both flows, on PostgreSQL; every other one is in ``test_suites``."""

import pytest

from registration_sandbox.runtime.embedded import running_sandbox
from tests.support.runs import BEHAVE, Run

pytestmark = pytest.mark.thorough


def test_a_customer_goes_all_the_way_on_postgresql(new_database: str) -> None:
    feature = "features/journeys/a_customer_goes_digital.feature"
    with running_sandbox(environment={"SANDBOX_DATABASE_URL": new_database}) as sandbox:
        said = Run(BEHAVE, [feature], SANDBOX_URL=sandbox.urls["control_plane"]).assert_green()
    assert " 0 failed" in said
