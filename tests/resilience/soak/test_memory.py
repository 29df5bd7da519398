"""Customers come and go through both flows, hundreds of them: the processes that serve take no more memory for it.

A run of it is bounded; ``SANDBOX_TORTURE_FLOWS`` is how many customers come.
"""

import os

import psutil
import pytest

from registration_sandbox.cli.story import SCENARIO, Story
from registration_sandbox.client import Sandbox
from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox

pytestmark = pytest.mark.thorough

FLOWS = int(os.environ.get("SANDBOX_TORTURE_FLOWS", "60"))
WARM_UP = 120
"""Customers after whom all is loaded and remembered that ever will be."""

FLAT = 8 * 1024 * 1024
"""Bytes by which what the processes take may differ, all of them together, however many customers have come."""


def tell_nobody(*_: object) -> None:
    """Leave the story untold."""


def taken(running: RunningSandbox) -> int:
    """Return the bytes that its processes have for themselves."""
    return sum(int(each.memory_full_info().uss) for each in psutil.Process(running.process.pid).children())


def serve(sandbox: Sandbox, customers: int) -> None:
    for _ in range(customers):
        with sandbox.make(SCENARIO) as world:
            Story(world, tell_nobody, tell_nobody).play()


def test_memory_stays_as_it_is_however_many_customers_come() -> None:
    with running_sandbox(environment={"SANDBOX_WORKERS": "2"}) as running:
        sandbox = Sandbox(running.urls)
        serve(sandbox, WARM_UP)
        before = taken(running)
        serve(sandbox, FLOWS)
        assert taken(running) - before < FLAT
        assert [world.world for world in sandbox.worlds()] == ["default"]
