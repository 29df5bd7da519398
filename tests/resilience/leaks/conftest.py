"""One sandbox for all tests here."""

from collections.abc import Iterator

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running
