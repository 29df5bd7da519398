"""Worlds in the console: what would take one away is asked first and undone, and nobody is left on a dead end."""

from collections.abc import Callable
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from tests.support.world import World
from tests.ui.conftest import TWO_PEOPLE
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]


def worlds_of(world: World) -> set[str]:
    return {each["world"] for each in world.client.call("control_plane", "GET", "/_sandbox/worlds")["worlds"]}


def test_deleting_a_world_is_asked_first(opened: Open, world: World) -> None:
    browser = opened(world)
    browser.expected |= {"status of 404"}  # the page before may ask for the world once more
    page = browser.go("/control")
    page.get_by_role("button", name=f"Delete {world.name}").click()
    page.get_by_role("heading", name=f"Delete {world.name}?").wait_for()
    page.get_by_role("link", name="Keep it").click()
    page.get_by_role("heading", name="Scenarios and worlds").wait_for()
    assert world.client.personas()
    page.get_by_role("button", name=f"Delete {world.name}").click()
    page.get_by_role("button", name=f"Delete {world.name}").click()
    page.get_by_role("heading", name="Scenarios and worlds").wait_for()
    assert world.name not in worlds_of(world)


def test_loading_a_scenario_into_a_world_that_is_there_is_asked_first(opened: Open, world: World) -> None:
    page = opened(world).go("/control")
    page.get_by_role("button", name="minor", exact=True).click()
    page.get_by_role("heading", name=f"Replace {world.name}?").wait_for()
    assert {each.name for each in world.client.personas()} == {"Asha", "Chitra"}
    page.get_by_role("button", name=f"Replace {world.name}").click()
    page.get_by_role("heading", name="Scenarios and worlds").wait_for()
    assert {each.name for each in world.client.personas()} != {"Asha", "Chitra"}


def test_loading_a_scenario_into_a_new_world_is_not_asked(opened: Open, world: World) -> None:
    page = opened(world).go("/control")
    page.get_by_label("Into the world").fill(f"{world.name}-new")
    page.get_by_role("button", name="minor", exact=True).click()
    page.get_by_role("heading", name=f"Control {world.name}-new").wait_for()
    assert f"{world.name}-new" in worlds_of(world)


def begin(world: World) -> str:
    """Begin Asha's registration; return its id."""
    return world.client.begin_web(world.client.persona("Asha")).id


def delete(opened: Open, world: World) -> Any:
    """Delete a world in its console; return the page that follows. The one before may ask for it once more."""
    browser, name = opened(world), world.name
    browser.expected |= {"status of 404"}
    page = browser.go("/control")
    page.get_by_role("button", name=f"Delete {name}").click()
    page.get_by_text("You can undo that for 1 day.").wait_for()
    page.get_by_role("button", name=f"Delete {name}").click()
    page.get_by_text(f"The world {name} was deleted").wait_for()
    return page


def test_a_deletion_is_undone_and_a_registration_goes_on_where_it_was(opened: Open, world: World) -> None:
    registration = begin(world)
    code = world.client.inbox(world.client.persona("Asha")).code("email-otp")
    page = delete(opened, world)
    assert world.name not in worlds_of(world)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name=f"World {world.name}").wait_for()
    assert not page.get_by_role("button", name="Undo").count()
    went_on = world.client.registration(registration).act("verify-email-otp", otp=code)
    assert went_on.status == "Mobile_Otp_Sent"


def test_a_button_that_is_pressed_twice_undoes_once(opened: Open, world: World) -> None:
    page = delete(opened, world)
    page.get_by_role("button", name="Undo").evaluate(
        "undo => { undo.click(); setTimeout(() => undo.click(), 20); setTimeout(() => undo.click(), 60); }"
    )
    page.get_by_role("heading", name=f"World {world.name}").wait_for()
    assert world.name in worlds_of(world)


@pytest.mark.parametrize(
    ("button", "verb", "deed"), [("minor", "Replace", "replaced"), ("Restart", "Restart", "restarted")]
)
def test_a_replacement_is_undone_and_so_is_that(opened: Open, world: World, button: str, verb: str, deed: str) -> None:
    world.client.make("new-customer")
    registration = begin(world)
    page = opened(world).go("/control")
    page.get_by_role("button", name=button, exact=button == "minor").first.click()
    page.get_by_role("button", name=f"{verb} {world.name}").click()
    page.get_by_text(f"The world {world.name} was {deed}").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text(f"The world {world.name} is as it was before").wait_for()
    assert [each.registration.id for each in world.client.registrations()] == [registration]
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name=f"World {world.name}").wait_for()
    assert world.client.registrations() == []


def test_a_world_that_was_made_meanwhile_is_asked_about_and_kept(opened: Open, world: World) -> None:
    registration = begin(world)
    page = delete(opened, world)
    world.client.make({"personas": [{"name": "Bina"}]})
    page.get_by_role("button", name="Undo").click()
    page.get_by_text(f"Another world {world.name} has been made since").wait_for()
    assert [each.name for each in world.client.personas()] == ["Bina"]
    page.get_by_role("button", name=f"Replace {world.name}").click()
    page.get_by_text(f"The world {world.name} is as it was before").wait_for()
    assert [each.registration.id for each in world.client.registrations()] == [registration]
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name=f"World {world.name}").wait_for()
    assert [each.name for each in world.client.personas()] == ["Bina"]


def test_what_went_is_listed_in_control_until_it_is_brought_back(opened: Open, world: World) -> None:
    other = World(world.sandbox, TWO_PEOPLE)
    delete(opened, other)
    page = opened(world).go("/control")
    page.get_by_role("button", name=f"Bring back {other.name}").click()
    page.get_by_role("heading", name=f"World {other.name}").wait_for()
    page = opened(world).go("/control")
    assert not page.get_by_role("button", name=f"Bring back {other.name}").count()


def test_it_is_told_before_a_world_goes_that_it_could_not_be_brought_back(chromium: Any) -> None:
    with running_sandbox(environment={"SANDBOX_UNDO_TTL": "never"}) as sandbox:
        world = World(sandbox, TWO_PEOPLE)
        page = Watched(chromium.new_page(), sandbox, world).go("/control")
        page.get_by_role("button", name=f"Delete {world.name}").click()
        page.get_by_text("This cannot be undone: this sandbox is set to keep no copies").wait_for()
        assert world.name in worlds_of(world)
        page.get_by_role("button", name=f"Delete {world.name} for good").click()
        page.get_by_role("heading", name="Scenarios and worlds").wait_for()
        assert world.name not in worlds_of(world)
        assert not page.get_by_role("button", name="Undo").count()
        page.close()


def test_an_unmasked_world_says_so_in_red_on_its_pages(opened: Open, world: World) -> None:
    page = opened(world).go("/journal")
    page.get_by_text("Secrets are masked.").wait_for()
    assert not page.get_by_text("Journal unmasked").count()
    page = opened(world).go("/control")
    page.get_by_label("Unmasked").check()
    page.get_by_role("button", name="new-customer", exact=True).click()
    page.get_by_role("button", name=f"Replace {world.name}").click()
    page.get_by_role("link", name="Journal unmasked").click()
    page.get_by_text("This journal is unmasked.").wait_for()
    assert not page.get_by_text("Secrets are masked.").count()
    registration = world.client.registration(begin(world))
    registration.act("verify-email-otp", otp=world.client.inbox(world.client.persona("Asha")).code("email-otp"))
    exchange = next(each for each in world.client.journal() if each.path.endswith("verify-email-otp"))
    page = opened(world).go(f"/exchanges/{exchange.id}")
    page.get_by_text("This journal is unmasked.").wait_for()
    assert '"otp": "•••"' not in page.content()
    red = page.locator("a.unmasked").evaluate("each => getComputedStyle(each).color.match(/[0-9.]+/g).map(Number)")
    assert red[0] > 2 * max(red[1], red[2])
    page = opened(world).go("/control")
    page.get_by_role("button", name=f"Restart {world.name}").click()
    page.get_by_role("button", name=f"Restart {world.name}").click()
    page.get_by_role("link", name="Journal unmasked").wait_for()


def test_a_world_that_is_not_there_can_be_made_where_one_stands(opened: Open, sandbox: RunningSandbox) -> None:
    world = World(sandbox, TWO_PEOPLE)
    world.client.delete()
    browser = opened(world)
    browser.expected |= {"status of 404"}
    page = browser.load("/journal")
    page.get_by_role("heading", name="Worlds that there are").wait_for()
    page.get_by_role("button", name=f"Make the world {world.name}").click()
    page.get_by_role("heading", name=f"World {world.name}").wait_for()
    assert world.client.personas()


def test_a_policy_is_shown_changed_and_refused_by_name(opened: Open, world: World) -> None:
    browser = opened(world)
    browser.expected |= {"status of 400"}
    page = browser.load("/control/policies")
    attempts = page.get_by_label("otp.max_attempts")
    assert attempts.input_value() == "3"
    attempts.fill("1")
    page.get_by_role("button", name="Set cymmetri.otp.max_attempts").click()
    page.get_by_text("changed; default 3").wait_for()
    assert world.client.policies()["cymmetri"]["otp"]["max_attempts"] == 1
    attempts.fill("none")
    page.get_by_role("button", name="Set cymmetri.otp.max_attempts").click()
    page.locator("#refusal", has_text="otp.max_attempts").wait_for()
    assert world.client.policies()["cymmetri"]["otp"]["max_attempts"] == 1
