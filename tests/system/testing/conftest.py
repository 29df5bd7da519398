"""One sandbox for all tests here."""

from collections.abc import Iterator

import pytest

from registration_sandbox.client import Sandbox


@pytest.fixture(scope="package")
def running() -> Iterator[Sandbox]:
    with Sandbox.started() as sandbox:
        yield sandbox
