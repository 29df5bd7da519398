"""One sandbox of two processes for all tests here; each test plays in a fresh world whose clock stands still."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.described import check_described
from tests.system.device.bank import Bank

CHITRA = {"name": "Chitra", "cymmetri": {}}
JAI = {"name": "Jai", "cymmetri": {}}
RECEIVERS = ("middleware", "auth_service")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(environment={"SANDBOX_WORKERS": "2"}) as running:
        yield running
        check_described(running)


@pytest.fixture
def fresh(sandbox: RunningSandbox) -> Callable[..., Bank]:
    """Make a world of Chitra and Jai, who use the web site, under policies as given."""

    def make(personas: tuple[dict[str, Any], ...] = (CHITRA, JAI), **policies: Any) -> Bank:
        return Bank(sandbox, personas, policies)

    return make


@pytest.fixture
def bank(fresh: Callable[..., Bank]) -> Bank:
    return fresh()


@pytest.fixture(params=RECEIVERS)
def either(request: pytest.FixtureRequest, fresh: Callable[..., Bank]) -> Bank:
    """A world for each answer to the document's question who receives the TSG's push."""
    return fresh(tsg={"push_receiver": request.param})
