"""What the tests of worlds share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Every service and the control plane, without worlds."""
    made = House(tmp_path)
    yield made
    made.close()
