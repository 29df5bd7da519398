"""What services and the control plane say to requests that no client of theirs makes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registration_sandbox.console.app import create_app as create_console
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


@pytest.mark.parametrize("world", ["a%0ab", "a%0d%0aX-Y:%20z", "%1b%5d0;owned%07", "NONE", "%ff"])
@pytest.mark.parametrize("rest", ["/", "/docs", "//handsets/%0a", "/handsets/%1b%5d0;owned%07", "/_sandbox//health"])
@pytest.mark.parametrize("service", ["handset", "cymmetri", "orchestrator", "mailroom"])
def test_a_world_of_a_name_that_none_can_have_is_no_error_of_ours(
    house: House, service: str, world: str, rest: str
) -> None:
    app = house.apps[service]
    answer = app.test_client().get(f"/w/{world}{rest}")
    assert answer.status_code < 500
    assert all(value.isprintable() for value in answer.headers.values())


@pytest.mark.parametrize("field", ["path", "branch", "id", "trace", "about"])
def test_a_very_long_text_is_not_looked_for_in_journals(house: House, field: str) -> None:
    house.make("w", {})
    query = {field: "x" * 60_000}
    answer = house.control_plane_app.test_client().get("/_sandbox/worlds/w/journal", query_string=query)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "validation-failed")
    shown = create_console(house.control_plane).test_client().get("/console/w/w/journal", query_string=query)
    assert shown.status_code in (200, 400)
