"""Worlds in the console: what would take one away is asked first, and nobody is left on a dead end."""

from collections.abc import Callable

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World
from tests.ui.conftest import TWO_PEOPLE
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]


def worlds_of(world: World) -> set[str]:
    return {each["world"] for each in world.client.call("control_plane", "GET", "/_sandbox/worlds")["worlds"]}


def test_deleting_a_world_is_asked_first(opened: Open, world: World) -> None:
    page = opened(world).go("/control")
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
