"""The journal narrowed to what is looked for, taken away as HAR, and the chip that says that a fault is in force."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.support.world import World
from tests.ui.test_pages import begun
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]


def archive(world: World, **asked: str) -> list[dict[str, Any]]:
    url = f"{world.sandbox.urls['orchestrator']}/console/w/{world.name}/journal.har?{urlencode(asked)}"
    with urlopen(url) as answer:
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{world.name}.har"'
        found: list[dict[str, Any]] = json.load(answer)["log"]["entries"]
        return found


@pytest.fixture
def eventful(world: World) -> World:
    """A world in which Asha began to register on 1 January, and a fault struck a day later."""
    world.client.control("POST", "/clock", {"freeze": True})
    world.client.control("POST", "/clock", {"set": "2031-01-01T09:00:00Z"})
    begun(world)
    world.client.control("POST", "/clock", {"set": "2031-01-02T09:00:00Z"})
    world.fault("cbs", "GET", "*", {"status": 503})
    world.ask("cbs", "GET", "/cbs/user-ids/umbrella")
    return world


def test_everything_is_taken_away_with_nothing_asked_for(eventful: World) -> None:
    entries = archive(eventful)
    assert len(entries) == len(eventful.exchanges())
    assert [each["startedDateTime"] for each in entries] == sorted(each["startedDateTime"] for each in entries)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"errors": "yes"}, 1),
        ({"fault": "yes"}, 1),
        ({"text": "UMBRELLA"}, 1),
        ({"text": "nowhere to be found"}, 0),
        ({"after": "2031-01-02T09:00:00"}, 1),
        ({"after": "2031-01-02T09:00:01"}, 0),
        ({"before": "2031-01-01T08:59:59", "after": "2031-01-01T08:59:58"}, 0),
        ({"service": "cbs", "before": "2031-01-01T09:00:00", "after": "2031-01-01T09:00:00"}, 1),
    ],
)
def test_the_archive_has_what_the_journal_is_narrowed_to(eventful: World, asked: dict[str, str], number: int) -> None:
    assert len(archive(eventful, **asked)) == number


def test_a_persons_exchanges_are_those_of_the_traces_that_name_them(eventful: World) -> None:
    paths = {each["request"]["url"].partition("/w/")[0] for each in archive(eventful, person="Asha")}
    assert any(path.endswith("checkIdentity") for path in paths)
    assert not any("umbrella" in path for path in paths)
    assert not archive(eventful, person="Chitra", after="2031-01-01T09:00:00")


def test_secrets_are_masked_in_the_archive(eventful: World) -> None:
    id = eventful.client.registrations()[0].registration.id
    eventful.ask("orchestrator", "POST", f"/registrations/{id}/actions/verify-email-otp", {"otp": "135790"})
    entry = archive(eventful, path="verify-email-otp")[0]
    assert "•••" in entry["request"]["postData"]["text"]
    assert "135790" not in json.dumps(entry)


def test_the_journal_is_narrowed_by_its_form(opened: Open, eventful: World) -> None:
    page = opened(eventful).go("/journal")
    page.get_by_label("Struck by a fault").check()
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="umbrella").wait_for()
    assert page.locator("table.exchanges tbody tr").count() == 1


def test_a_time_that_is_none_is_refused_by_name(opened: Open, world: World) -> None:
    browser = opened(world)
    browser.expected |= {"status of 400"}
    assert "after must be an instant" in browser.load("/journal?after=yesterday").content()


def test_a_chip_says_that_a_fault_is_in_force_until_it_is_used_up(opened: Open, world: World) -> None:
    world.fault("cbs", "GET", "*", {"status": 503}, times=1)
    page = opened(world).go("/registrations")
    page.get_by_role("link", name="1 fault in force").wait_for()
    world.ask("cbs", "GET", "/cbs/user-ids/umbrella")
    page.locator("#fault-chip a").wait_for(state="detached")
