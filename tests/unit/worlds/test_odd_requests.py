"""What the control plane says to requests that no client of it makes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("version", ["x", "1.x", "2.0.x", "", "9" * 5000, "1.0.0", "1.0.0.0.0"])
@pytest.mark.parametrize("form", ["text/plain", "application/openmetrics-text"])
def test_metrics_of_any_version_are_told(house: House, form: str, version: str) -> None:
    answer = house.control_plane_app.test_client().get("/metrics", headers={"Accept": f"{form}; version={version}"})
    assert (answer.status_code, "sandbox_up" in answer.text) == (200, True)
