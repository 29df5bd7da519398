"""The console while other services are down: it says so, and shows what can be seen."""

from pathlib import Path

import pytest
from werkzeug.test import Client

from registration_sandbox.control_plane.front import Front
from simulators.kit.web import keeping
from simulators.kit.world import WorldPart
from tests.conftest import settings_in

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


LOCAL = "http://127.0.0.1:8800"
UNAVAILABLE = 503


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """A console of a middleware that is alone, with a world of its own."""
    front = Front(settings_in(tmp_path))
    for service in front.services:
        keeping.make_world(service, WorldPart(label="lonely"), "default")
    return Client(front)


def test_the_overview_tells_which_services_are_down(client: Client) -> None:
    page = client.get("/console/w/default", base_url=LOCAL)
    assert page.status_code == 200
    assert page.text.count('class="status bad">down') == 6
    assert page.text.count("could not be reached") == 6


@pytest.mark.parametrize("path", ["journal", "control"])
def test_what_needs_them_says_who_cannot_be_reached(client: Client, path: str) -> None:
    page = client.get(f"/console/w/default/{path}", base_url=LOCAL)
    assert page.status_code == UNAVAILABLE
    assert "could not be reached at http://127.0.0.1:" in page.text


def test_an_unknown_world_leads_to_those_that_there_are(client: Client) -> None:
    page = client.get("/console/w/elsewhere", base_url=LOCAL)
    assert page.status_code == 404
    assert 'href="/console/w/default"' in page.text
