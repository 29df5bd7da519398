"""The ends of the calendar: what would lead beyond them is refused, wherever it comes from."""

import json
from typing import Any

import pytest

from registration_sandbox.worlds.mistakes import ScenarioError
from tests.support.house import House
from tests.unit.worlds.test_limits import WORLD, send

CALENDAR_ENDS = [
    "0001-01-01T00:00:00+05:00",
    "9999-12-31T23:59:59-05:00",
    "9999-12-31T23:59:59Z",
    "2026-01-05T09:00:00",
]


@pytest.mark.parametrize("now", CALENDAR_ENDS)
def test_a_file_whose_time_no_calendar_has_is_refused(house: House, now: str) -> None:
    house.make("w", {})
    file = send(house, "control_plane", "GET", f"{WORLD}/snapshots/now").get_json()
    heard = send(house, "control_plane", "POST", f"{WORLD}/restore", {"snapshot": {**file, "now": now}})
    assert (heard.status_code, heard.get_json()["field"]) == (400, "snapshot.now")


@pytest.mark.parametrize("changed", [{"recorded_at": "9999-12-31T23:59:59Z"}, {"recorded_at": "0001-01-01T00:00:00Z"},
                                     {"duration_ms": 1e300}, {"duration_ms": -1.0}])  # fmt: skip
def test_an_exchange_that_no_diagram_has_a_place_for_is_not_imported(house: House, changed: dict[str, Any]) -> None:
    house.make("w", {})
    house.apps["cbs"].test_client().get("/w/w/cbs/user-ids/u")
    state = send(house, "cbs", "GET", f"{WORLD}/state").get_json()
    (row,) = state["tables"]["journal"]
    row["exchange"] = json.dumps({**json.loads(row["exchange"]), **changed})
    heard = send(house, "cbs", "PUT", f"{WORLD}/state", state)
    assert (heard.status_code, heard.get_json()["field"]) == (400, "tables.journal[0].exchange")


@pytest.mark.parametrize("set", CALENDAR_ENDS)
def test_a_scenario_of_a_time_that_no_world_can_have_is_refused_with_the_field(house: House, set: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        house.make("w", {"clock": {"set": set}, "personas": [{"name": "Asha"}]})
    assert refused.value.field == "clock.set"


@pytest.mark.parametrize("set", ["1970-01-02T00:00:00Z", "9000-01-01T00:00:00Z"])
def test_a_world_is_made_at_both_ends_of_its_calendar(house: House, set: str) -> None:
    assert house.make("w", {"clock": {"set": set, "frozen": True}, "personas": [{"name": "A", "cymmetri": {}}]}) == 201
