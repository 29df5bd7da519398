"""A stack of containers, attacked as a sandbox of processes is: none stumbles, ends, or outgrows what it may have."""

import pytest

from tests.support.runs import PYTEST, Run
from tests.support.turns import WHOLE

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

ATTACKS = ["tests/resilience/torture"] if WHOLE else ["tests/resilience/torture/test_at_random.py"]


def test_a_stack_answers_whatever_it_is_sent_and_no_container_has_ended(compose, docker):
    compose("up", "--wait", "--no-build")
    begun = since_when(compose, docker)
    run = Run(PYTEST, ATTACKS, **compose.settings, SANDBOX_TORTURE_URL=compose.url)
    assert " passed" in run.assert_green()
    assert since_when(compose, docker) == begun
    assert "Traceback" not in compose("logs")


def since_when(compose, docker):
    """Return since when each container runs, all healthy, with the times that it was started again."""
    found = [docker.containers.get(name).attrs for name in compose("ps", "--all", "--quiet").split()]
    assert {each["State"]["Health"]["Status"] for each in found} == {"healthy"}
    return {each["Name"]: (each["State"]["StartedAt"], each["RestartCount"]) for each in found}
