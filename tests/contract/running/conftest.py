"""One sandbox for all of these tests, and worlds of it."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox, running_sandbox
from tests.contract.running.wire import Wire
from tests.support.described import check_described
from tests.support.world import World


@pytest.fixture(scope="package")
def sandbox() -> Iterator[RunningSandbox]:
    """A sandbox that runs as a newcomer's does; whatever was asked of it, it must not have stumbled.

    Every status that it answered must be described.
    """
    with tempfile.TemporaryDirectory(prefix="sandbox-") as directory:
        with running_sandbox(Path(directory)) as running:
            yield running
            check_described(running)
        log = (Path(directory) / LOG_FILE).read_text("utf-8")
    assert "Traceback" not in log, log


@pytest.fixture(scope="package")
def wire(sandbox: RunningSandbox) -> Wire:
    return Wire(sandbox.urls)


@pytest.fixture(scope="package")
def new_world(sandbox: RunningSandbox) -> Callable[..., World]:
    """Make a world of a scenario: by its name, or of a whole one given as fields."""

    def make(known: str | None = None, /, **scenario: Any) -> World:
        return World(sandbox, {"scenario": known, **scenario} if known else scenario)

    return make


@pytest.fixture
def asha(new_world: Callable[..., World]) -> World:
    """A frozen world of Asha, a customer of the bank with both cards."""
    cards = [{"type": "DEBIT"}, {"type": "CREDIT"}]
    clock = {"set": "2026-01-05T09:00:00Z", "frozen": True}
    return new_world(seed=7, clock=clock, personas=[{"name": "Asha", "cbs": {"cards": cards}}])


@pytest.fixture
def chitra(new_world: Callable[..., World]) -> World:
    """A frozen world of Chitra, who has a web account and a phone, and of Jai, whose phone is active everywhere."""
    clock = {"set": "2026-01-05T09:00:00Z", "frozen": True}
    people = [
        {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}]},
        {"name": "Jai", "cymmetri": {}, "phones": [{"tsg": "registered", "auth_service": True}]},
    ]
    return new_world(seed=7, clock=clock, personas=people)
