"""One sandbox of two processes for all examples; each example plays in a fresh world whose clock stands still."""

from collections.abc import Iterator

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(environment={"SANDBOX_WORKERS": "2"}) as running:
        yield running
