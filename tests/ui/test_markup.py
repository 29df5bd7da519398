"""Whatever people type is text on every page, and never markup."""

from collections.abc import Callable
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World
from tests.ui.playing import Played
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]
MARKUP = "<img src=x onerror=\"document.title='broken'\">{{7*7}}'&amp;"


def a_world_full_of_markup(sandbox: RunningSandbox) -> World:
    persona = {"name": MARKUP, "cymmetri": {}, "phones": [{"model": MARKUP[:90]}]}
    return World(sandbox, {"name": MARKUP, "personas": [persona]})


def is_untouched(page: Any) -> None:
    assert not page.locator("img[src='x']").count()
    assert page.title() != "broken"


@pytest.mark.thorough
def test_names_phones_and_scenarios_are_text(opened: Open, sandbox: RunningSandbox) -> None:
    world = a_world_full_of_markup(sandbox)
    browser = opened(world)
    for path in ("", "/play", "/control", "/journal"):
        is_untouched(browser.go(path))
    page = browser.go("/play")
    page.locator("a.person").click()
    page.get_by_role("heading", name=f"You are {MARKUP}").wait_for()
    is_untouched(page)


def test_messages_and_paths_are_text(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    message = {
        "channel": "email", "to": world.personas["Asha"]["email"], "subject": MARKUP, "body": MARKUP, "code": MARKUP,
        "purpose": "a-test", "sender": MARKUP,
    }  # fmt: skip
    assert world.ask("mailroom", "POST", "/messages", message).status == 201
    asha.inbox.locator(".message", has_text="onerror").wait_for()
    assert world.ask("cbs", "GET", "/cbs/user-ids/%3Cimg%20src=x%3E").status == 404
    asha.page.locator("tr", has_text="/cbs/user-ids/").first.wait_for()
    is_untouched(asha.page)


@pytest.mark.thorough
def test_what_was_typed_comes_back_as_text(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    asha.site.get_by_label("It is", exact=True).fill(MARKUP)
    asha.press(asha.site, "Go on")
    asha.site.locator(".notice").wait_for()
    assert asha.site.get_by_label("It is", exact=True).input_value() == MARKUP
    is_untouched(asha.page)
