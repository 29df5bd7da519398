"""Streams of events: there are so many at once, and one that ends makes room for another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registration_sandbox.console.app import create_app
from registration_sandbox.control_plane import watching
from tests.support.house import House

MOST = 3


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(watching, "MOST_WATCHED", MOST)
    made = House(tmp_path)
    made.make("default", {"personas": []})
    made.make("other", {"personas": []})
    yield made
    made.close()


@pytest.mark.parametrize("world", ["default", "other"])
def test_a_stream_too_many_is_refused_until_another_ends(house: House, world: str) -> None:
    client = house.control_plane_app.test_client()
    streams = [client.get("/_sandbox/events") for _ in range(MOST)]
    assert [each.status_code for each in streams] == [200] * MOST
    refused = client.get(f"/_sandbox/events?world={world}")
    assert (refused.status_code, refused.json["code"]) == (503, "too-many-watchers")
    assert refused.headers["Retry-After"] == "5"
    streams.pop().close()
    again = client.get(f"/_sandbox/events?world={world}")
    assert again.status_code == 200
    for each in (*streams, again):
        each.close()


def test_a_page_of_the_console_is_told_to_ask_again(house: House) -> None:
    client = house.control_plane_app.test_client()
    streams = [client.get("/_sandbox/events") for _ in range(MOST)]
    answer = create_app(house.control_plane).test_client().get("/console/w/default/events")
    assert (answer.status_code, answer.text) == (200, "")
    for each in streams:
        each.close()


def test_the_stream_of_a_world_that_is_not_there_is_refused(house: House) -> None:
    answer = house.control_plane_app.test_client().get("/_sandbox/events?world=nowhere")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown-world")
