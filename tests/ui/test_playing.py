"""Both flows played by hand, to the end and to where they end early."""

from collections.abc import Callable

import pytest

from tests.support.world import World
from tests.ui.playing import Played
from tests.ui.watching import Watched

pytestmark = pytest.mark.slow


Open = Callable[..., Watched]


def test_a_customer_registers_on_the_web_site_and_logs_in(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    asha.says_who()
    asha.is_on("Confirm your email address")
    asha.confirms("email")
    asha.is_on("Confirm your mobile number")
    asha.confirms("sms")
    asha.is_on("Show that you are you")
    asha.press(asha.site, "debit card")
    asha.press(asha.site, "Go on")
    asha.is_on("Choose a user id")
    asha.press(asha.site, "a new one")
    asha.press(asha.site, "Go on")
    asha.is_on("Choose a password")
    asha.press(asha.site, "a good one")
    asha.press(asha.site, "Check it")
    asha.is_on("Set your password")
    asha.press(asha.site, "the good one twice")
    asha.press(asha.site, "Set it")
    asha.sees("You are registered", asha.site)
    asha.press(asha.site, "and the good password")
    asha.press(asha.site, "Log in")
    asha.sees("You are logged in", asha.site)
    taken = set(world.client.control("GET", "/coverage")["branches"])
    assert {"WR-1.2", "WR-2.1", "WR-4.1", "WR-6.1", "WR-7.1", "WR-8.2", "WR-9.1", "WR-10.1", "WR-11.1"} <= taken


@pytest.mark.thorough
def test_a_customer_who_has_a_web_account_is_sent_to_log_in(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.says_who("email")
    chitra.sees("You use our web site already", chitra.site)
    chitra.press(chitra.site, "Chitra's user id and password")
    chitra.press(chitra.site, "Log in")
    chitra.sees("You are logged in", chitra.site)


@pytest.mark.thorough
def test_a_customer_who_types_three_wrong_codes_is_blocked_and_stays_so(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    asha.says_who()
    for left in ("2 attempts left", "1 attempt left"):
        asha.types_wrong_code()
        asha.sees(left, asha.site)
    asha.types_wrong_code()
    asha.sees("There were too many wrong attempts", asha.site)
    asha.site.get_by_role("link", name="WR-2.3").wait_for()
    asha.site.get_by_role("link", name="Begin again").click()
    asha.says_who()
    asha.sees("The block ends on", asha.site)
    asha.lets_time_pass("30 min")
    asha.says_who()
    asha.is_on("Confirm your email address")


@pytest.mark.thorough
def test_a_user_adds_a_phone_by_typing_the_code_that_was_texted(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.logs_in_to_app()
    chitra.sees("Device not found on our records", chitra.phone)
    chitra.press(chitra.phone, "Send it by SMS")
    chitra.sees("A code is in your text messages", chitra.phone)
    chitra.uses_newest_code("sms")
    chitra.press(chitra.phone, "Send", exact=True)
    chitra.press(chitra.phone, "Activate this phone")
    chitra.sees("This phone is yours, and active", chitra.phone)
    chitra.sees("Your device is active", chitra.inbox)
    assert {"DR-0.1", "DR-1.2", "DR-2.1", "DR-3.1", "DR-4.1"} <= set(
        world.client.control("GET", "/coverage")["branches"]
    )


@pytest.mark.thorough
def test_a_user_adds_a_phone_by_holding_it_before_the_qr_code(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, "Show a QR code")
    chitra.phone.get_by_alt_text("QR code of the sign-up").wait_for()
    chitra.press(chitra.phone, "Hold the Pixel 9 before it")
    chitra.press(chitra.phone, "Activate this phone")
    chitra.sees("This phone is yours, and active", chitra.phone)
    assert {"DR-1.3", "DR-2.2"} <= set(world.client.control("GET", "/coverage")["branches"])


@pytest.mark.thorough
def test_a_phone_without_network_sends_the_code_when_it_is_back(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.asks_for_code_by_mail()
    chitra.phone.get_by_text("With this phone").click()
    chitra.press(chitra.phone, "Put it offline")
    chitra.sees("no network", chitra.phone)
    chitra.uses_newest_code("email")
    chitra.press(chitra.phone, "Send", exact=True)
    chitra.sees("Saved for later", chitra.phone)
    chitra.press(chitra.phone, "Put it online")
    chitra.phone.get_by_role("button", name="Activate this phone").wait_for()


@pytest.mark.thorough
def test_a_code_that_one_phone_has_used_is_refused_to_another(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.signs_up_by_mail()
    chitra.phone.get_by_role("button", name="Activate this phone").wait_for()
    chitra.phone.get_by_text("Get another phone").click()
    chitra.press(chitra.phone, "iPhone 17")
    chitra.phone.get_by_role("link", name="iPhone 17").wait_for()
    chitra.uses_newest_code("email")
    chitra.press(chitra.phone, "Send", exact=True)
    chitra.sees("The sign-up code has already been used", chitra.phone)


@pytest.mark.thorough
def test_a_lost_phone_is_gone(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.phone.get_by_text("With this phone").click()
    chitra.press(chitra.phone, "Lose it")
    chitra.sees("Chitra has no phone", chitra.phone)


@pytest.mark.thorough
def test_the_stage_works_without_scripts(opened: Open, world: World) -> None:
    browser = opened(world, java_script_enabled=False)
    page = browser.load("/play/Asha")
    page.get_by_label("It is", exact=True).fill(world.personas["Asha"]["cif"])
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Confirm your email address").wait_for()
