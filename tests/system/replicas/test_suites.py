"""The specification, played against two replicas of every service behind a load balancer, by two teams at once."""

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from registration_sandbox.runtime.settings import url_variable
from tests.support.runs import SPECIFICATION, Run

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


def test_two_runs_of_the_specification_at_once_are_green(sandbox: RunningSandbox) -> None:
    there = {url_variable(name): url for name, url in sandbox.urls.items()}
    for run in [Run(SPECIFICATION, **there) for _ in range(2)]:
        assert " passed" in run.assert_green()
