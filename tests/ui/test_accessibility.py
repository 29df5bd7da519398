"""No page breaks WCAG 2.2 AA where axe can tell, on light and dark, narrow and wide screens."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.world import World
from tests.ui.playing import Played
from tests.ui.test_pages import begun
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]
AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = [("dark", 390)]
if os.environ.get("SANDBOX_THOROUGH"):
    SCREENS += [("light", 1280), ("dark", 1280), ("light", 390)]


@pytest.fixture
def browser(opened: Open, world: World) -> Watched:
    browser = opened(world, reduced_motion="reduce")
    browser.page.add_init_script(path=AXE)
    browser.expected |= {"status of 404"}
    return browser


def violations(page: Any) -> list[str]:
    """Return what axe finds, on every screen."""
    found = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        told = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        for each in told["violations"]:
            places = ", ".join(str(node["target"]) for node in each["nodes"][:3])
            found.append(f"{scheme} {width}: {each['id']}: {each['help']}: {places}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{scheme} {width}: wider than the screen")
    return found


SELDOM = ("/control", "/play", "/registrations", "/journal", "/specification", "/nowhere")


@pytest.mark.parametrize("path", ["", *[pytest.param(path, marks=pytest.mark.thorough) for path in SELDOM]])
def test_a_page_has_no_barrier(browser: Watched, world: World, path: str) -> None:
    world.fault("cbs", "", "*", {"status": 503}, times=None)
    page = browser.load(path)
    assert not violations(page)


@pytest.mark.thorough
def test_a_registration_and_its_exchange_have_no_barrier(browser: Watched, world: World) -> None:
    page = browser.go(f"/registrations/{begun(world)}")
    page.locator("#sequence svg").wait_for()
    page.locator("#way svg").wait_for()
    assert not violations(page)
    exchange = world.exchanges(branch="WR-1.2")[0]["id"]
    assert not violations(browser.load(f"/exchanges/{exchange}"))


@pytest.mark.thorough
def test_a_feature_has_no_barrier(browser: Watched) -> None:
    page = browser.load("/specification/features/web-registration-step-2-verify-the-email-code")
    page.get_by_role("heading", level=1).wait_for()
    assert not violations(page)


def test_the_stage_has_no_barrier(browser: Watched) -> None:
    asha = Played(browser, "Asha")
    assert not violations(asha.page)
    asha.says_who()
    asha.is_on("Confirm your email address")
    asha.types_wrong_code()
    asha.sees("2 attempts left")
    assert not violations(asha.page)
    chitra = Played(browser, "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, "Show a QR code")
    chitra.phone.get_by_alt_text("QR code of the sign-up").wait_for()
    chitra.phone.get_by_text("With this phone").click()
    chitra.page.get_by_text("What Chitra knows").click()
    assert not violations(chitra.page)


@pytest.mark.thorough
def test_the_web_site_is_used_by_keyboard_alone(browser: Watched, world: World) -> None:
    asha = Played(browser, "Asha")
    keyboard = asha.page.keyboard
    keyboard.press("Tab")
    assert asha.page.evaluate("document.activeElement.textContent") == "Skip to the page"
    asha.site.get_by_label("It is", exact=True).focus()
    keyboard.type(world.personas["Asha"]["cif"])
    keyboard.press("Enter")
    asha.is_on("Confirm your email address")
    asha.site.locator("input[name=otp]:focus").wait_for()
