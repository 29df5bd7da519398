"""One sandbox for all tests here; each test plays in a fresh world and has systems say what no document says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.described import check_described
from tests.support.phone_owner import CHITRA
from tests.support.world import World

Fresh = Callable[..., World]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running
        check_described(running)
        log = (running.data_dir / "sandbox.log").read_text("utf-8")
        assert "Traceback" not in log, log


@pytest.fixture
def fresh(sandbox: RunningSandbox) -> Fresh:
    """Make a world of Asha, a customer of the bank, and Chitra, who has a web account and a phone."""

    def make(**policies: Any) -> World:
        asha = {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}}
        return World(sandbox, {"personas": [asha, CHITRA], "policies": policies})

    return make
