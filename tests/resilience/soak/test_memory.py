"""Customers come and go through both flows, hundreds of them: the processes that serve take no more memory for it.

A run of it is bounded; ``SANDBOX_TORTURE_FLOWS`` is how many customers come.
"""

import os

import psutil
import pytest

from registration_sandbox.cli.story import SCENARIO, Story
from registration_sandbox.client import Sandbox
from registration_sandbox.runtime.embedded import OWN_FILES, RunningSandbox, running_sandbox

pytestmark = pytest.mark.thorough

FLOWS = int(os.environ.get("SANDBOX_TORTURE_FLOWS", "60"))
WARM_UP = 120
"""Customers after whom all is loaded and remembered that ever will be."""

FLAT = 4 * 1024 * 1024
"""Bytes by which memory may differ whatever has come, in all processes together."""

A_CUSTOMER = 16 * 1024
"""Bytes by which it may be more for each customer: less than one kept world takes."""


def say_nothing(*_: object) -> None:
    """Leave the story untold."""


def memory_of(running: RunningSandbox) -> tuple[set[int], int]:
    """Return its processes, and the bytes that they have for themselves."""
    children = psutil.Process(running.process.pid).children()
    return {each.pid for each in children}, sum(int(each.memory_full_info().uss) for each in children)


def serve(sandbox: Sandbox, customers: int) -> None:
    for _ in range(customers):
        with sandbox.make(SCENARIO) as world:
            Story(world, say_nothing, say_nothing).play()


def test_memory_stays_as_it_is_however_many_customers_come() -> None:
    with running_sandbox(environment={**OWN_FILES, "SANDBOX_WORKERS": "2"}) as running:
        sandbox = Sandbox(running.urls)
        serve(sandbox, WARM_UP)
        processes, before = memory_of(running)
        serve(sandbox, FLOWS)
        assert memory_of(running)[0] == processes
        assert memory_of(running)[1] - before < FLAT + A_CUSTOMER * FLOWS
        assert [world.world for world in sandbox.worlds()] == ["default"]
