"""A customer's way through both flows, on PostgreSQL; every other one is in ``test_suites``."""

import pytest

from tests.support.runs import BEHAVE, Run

pytestmark = pytest.mark.thorough


def test_a_customer_goes_all_the_way_on_postgresql(new_database: str) -> None:
    said = Run(
        BEHAVE, ["features/journeys/a_customer_goes_digital.feature"], SANDBOX_DATABASE_URL=new_database
    ).assert_green()
    assert " 0 failed" in said
