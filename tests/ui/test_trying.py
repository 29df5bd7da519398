"""From the specification to a person who can take the branch, and what the pages tell of whose and when and why."""

from collections.abc import Callable

import pytest

from orchestrator.flows.branches import branches
from registration_sandbox.console import trying
from registration_sandbox.console.proof import _unproven
from registration_sandbox.worlds import library
from tests.support.world import World
from tests.ui.playing import Played
from tests.ui.test_pages import begun
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]


def test_a_branch_is_tried_from_the_specification(opened: Open, world: World) -> None:
    page = opened(world).go("/specification")
    page.get_by_role("button", name="Try this branch WR-1.5").click()
    page.get_by_text("You are trying").wait_for()
    assert "/w/try-wr-1-5" in page.url
    page.get_by_role("button", name="CBS is down").click()
    page.get_by_role("button", name="customer number").click()
    page.get_by_role("button", name="Go on").click()
    page.locator("#site-notice").get_by_role("link", name="WR-1.5").wait_for()


@pytest.mark.parametrize("id", branches())
def test_every_branch_has_a_world_with_somebody_to_play(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "_first_steps", steps_of)
    assert trying.scenario_for(id).personas


def steps_of(id: str) -> list[object]:
    found = (scenario.result for scenario in _unproven().scenarios if id in scenario.result.claimed)
    return next((list(result.steps) for result in found), [])


def test_the_scenarios_for_branches_are_there() -> None:
    assert set(trying.SCENARIO_OF) <= set(branches())
    assert {*trying.SCENARIO_OF.values(), *trying.USUAL.values()} <= set(library.names())


def test_play_takes_up_an_open_registration_again(opened: Open, world: World) -> None:
    begun(world)
    page = opened(world).go("/play")
    page.get_by_role("link", name="Asha").click()
    page.get_by_role("heading", name="Confirm your email address").wait_for()
    page.get_by_role("link", name="Begin again").click()
    page.get_by_role("link", name="Go on where you were").click()
    page.get_by_role("heading", name="Confirm your email address").wait_for()


def test_the_lists_say_whose_a_registration_is(opened: Open, world: World) -> None:
    begun(world)
    page = opened(world).go("/registrations")
    assert page.get_by_role("cell", name="Asha").count() == 1
    page.goto(page.url.removesuffix("/registrations"))
    page.get_by_role("link", name="Web site of Asha").click()
    page.get_by_text("Of Asha.").wait_for()


def test_a_registration_by_card_is_its_holders_too(opened: Open, world: World) -> None:
    card = world.personas["Asha"]["cards"][0]["number"]
    body = {"flow": "web", "deviceId": "laptop", "type": "CARD", "cardNumber": card}
    assert world.ask("orchestrator", "POST", "/registrations", body).status == 201
    assert opened(world).go("/registrations").get_by_role("cell", name="Asha").count() == 1


def test_why_is_told_at_once_with_rule_facts_and_the_documents_step(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    asha.says_who()
    asha.is_on("Confirm your email address")
    asha.types_wrong_code()
    asha.sees("That is not the right code", asha.site)
    asha.site.get_by_role("link", name="Why this answer?").click()
    why = asha.site.locator("#site-notice-why")
    asha.sees("docs/flows/web-registration.md#step-2", why)
    asha.sees("documents/web_registration.md step 2", why)
    asha.is_on("Confirm your email address")


def test_the_journal_tells_the_worlds_time(opened: Open, world: World) -> None:
    world.client.control("POST", "/clock", {"freeze": True})
    world.client.control("POST", "/clock", {"set": "2031-03-04T05:06:07Z"})
    world.ask("cbs", "GET", "/cbs/user-ids/somebody")
    row = opened(world).go("/journal").locator("tr", has_text="somebody").locator("time")
    assert row.inner_text() == "4 Mar 05:06:07"
    assert "By the machine's clock" in str(row.get_attribute("title"))
