"""One sandbox of two processes for all tests here; each test plays in a fresh world."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.world import World


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(environment={"SANDBOX_WORKERS": "2"}) as running:
        yield running


@pytest.fixture
def fresh(sandbox: RunningSandbox) -> Callable[..., World]:
    """Make a world of people who are customers of the bank, under Cymmetri's policies as given."""

    def make(*names: str, personas: list[dict[str, Any]] | None = None, **cymmetri: Any) -> World:
        people = personas or [{"name": name} for name in names or ("Asha",)]
        return World(sandbox, {"personas": people, "policies": {"cymmetri": cymmetri}})

    return make
