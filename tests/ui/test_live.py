"""What happens shows in a page that is open, at once and in its own world only."""

from collections.abc import Callable

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World
from tests.ui.conftest import TWO_PEOPLE
from tests.ui.playing import Played
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]


@pytest.mark.thorough
def test_an_exchange_that_a_program_makes_shows_in_an_open_page(opened: Open, world: World) -> None:
    page = opened(world).go()
    row = page.locator("tr", has_text="/cbs/customers/search")
    assert not row.count()
    world.ask("cbs", "POST", "/cbs/customers/search", {"cif": "nobody"})
    row.first.wait_for()
    assert "A person → CBS" in row.first.inner_text()


def test_a_fault_is_seen_to_strike(opened: Open, world: World) -> None:
    page = opened(world).go("/control")
    page.get_by_role("button", name="CBS is down").click()
    struck = page.locator("#fault-list .struck")
    struck.wait_for()
    assert struck.inner_text() == "0"
    page.locator("body[data-watching=yes]").wait_for()
    watched = opened(world).go()
    world.ask("cbs", "POST", "/cbs/customers/search", {"cif": "nobody"})
    page.locator("#fault-list .struck", has_text="1").wait_for()
    watched.locator("tr", has_text="fault: status").first.wait_for()
    watched.locator("#services a.fault").wait_for()
    page.get_by_role("button", name="Remove the fault").click()
    page.get_by_text("Everything works").wait_for()


@pytest.mark.thorough
def test_a_fault_reaches_the_customer_in_plain_words(opened: Open, world: World) -> None:
    world.fault("cbs", "", "*", {"status": 503}, times=None)
    asha = Played(opened(world), "Asha")
    asha.says_who()
    asha.sees("We cannot look you up just now", asha.site)


def test_two_browsers_in_two_worlds_do_not_meet(opened: Open, sandbox: RunningSandbox, world: World) -> None:
    other = World(sandbox, TWO_PEOPLE)
    here, there = Played(opened(world, locale="en-IN"), "Asha"), Played(opened(other, locale="en-GB"), "Asha")
    here.says_who()
    here.is_on("Confirm your email address")
    here.confirms("email")
    here.is_on("Confirm your mobile number")
    there.says_who()
    there.is_on("Confirm your email address")
    assert there.inbox.locator(".message").count() == 1
    assert here.inbox.locator(".message").count() == 2
    assert not there.page.locator("tr", has_text="VerifyEmailOtp").count()


@pytest.mark.thorough
def test_a_registration_that_is_looked_at_grows_as_it_goes_on(opened: Open, world: World) -> None:
    body = {"flow": "web", "deviceId": "laptop", "type": "CIF", "id": world.personas["Asha"]["cif"]}
    begun = world.ask("orchestrator", "POST", "/registrations", body).body["id"]
    page = opened(world).go(f"/registrations/{begun}")
    page.locator("#sequence svg").wait_for()
    page.locator("#way svg").wait_for()
    world.ask("orchestrator", "POST", f"/registrations/{begun}/actions/verify-email-otp", {"otp": "000000"})
    page.locator("#history-rows").get_by_text("WR-2.2").wait_for()
    page.locator("#sequence text", has_text="WR-2.2").first.wait_for()


COUNT_NEWS = """
document.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
  if (elt.id === "phone" && requestConfig.verb === "get") window.news = (window.news || 0) + 1;
})"""


def test_a_refusal_stays_on_the_phone_until_the_phone_has_something_else_to_tell(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.asks_for_code_by_mail()
    chitra.phone.get_by_text("With this phone").click()
    chitra.press(chitra.phone, "Add the device to the account")
    told = chitra.phone.locator("#phone-notice .headline")
    told.get_by_text("That did not work").wait_for()
    chitra.page.evaluate(COUNT_NEWS)
    chitra.page.evaluate("document.body.dispatchEvent(new CustomEvent('live-status'))")
    chitra.page.wait_for_function("() => window.news > 0")
    assert told.inner_text() == "That did not work"
    chitra.uses_newest_code("email")
    chitra.press(chitra.phone, "Send", exact=True)
    chitra.phone.get_by_role("button", name="Activate this phone").first.wait_for()
    chitra.sees("Your phone is registered", chitra.phone)


def test_only_a_refusal_keeps_a_phone_from_telling_what_it_told_before(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.asks_for_code_by_mail()
    chitra.phone.get_by_text("With this phone").click()
    assert 'data-tells="Sign_Up_In_Progress' in answer_to(chitra, "Add the device to the account")
    chitra.uses_newest_code("email")
    assert "data-tells" not in answer_to(chitra, "Send")


def answer_to(person: Played, button: str) -> str:
    """Press a button of the phone, and return the page that answers it."""
    with person.page.expect_response(lambda response: response.request.method == "POST") as answered:
        person.press(person.phone, button, exact=True)
    return str(answered.value.text())
