"""A middleware for each test, with a bank around it that answers as told."""

import pytest

from tests.unit.orchestrator.bank import Middleware


@pytest.fixture
def new(tmp_path):
    """Make a middleware under policies as given."""

    def make(**policies):
        return Middleware(tmp_path, **policies)

    return make


@pytest.fixture
def middleware(new):
    return new()
