"""The branches that a web site or an app in order never meets are reached by hand in Play, too."""

from collections.abc import Callable
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World
from tests.ui.playing import Played
from tests.ui.watching import Watched

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


Open = Callable[..., Watched]


class Direct:
    """The corner in which Cymmetri is called directly."""

    def __init__(self, person: Played) -> None:
        self.person = person
        self.corner = person.page.locator("#direct")
        self.corner.get_by_text("Call Cymmetri directly").click()

    def calls(self, call: str, *, body: str | None = None, token: str = "newest") -> None:
        self.corner.get_by_role("button", name=call, exact=True).click()
        if body is not None:
            self.corner.get_by_label("Body, as JSON").fill(body)
        self.corner.get_by_label("Staged token").select_option(token)
        with self.person.page.expect_response(lambda answer: answer.url.endswith("/direct")):
            self.corner.get_by_role("button", name="Call it").click()

    def meets(self, branch: str) -> None:
        self.corner.locator("#direct-notice").get_by_role("link", name=branch, exact=True).wait_for()


def takes(part: Any, branch: str) -> None:
    part.get_by_role("link", name=branch, exact=True).first.wait_for()


def test_steps_are_called_out_of_order_and_with_forged_tokens(opened: Open, world: World) -> None:
    client = Direct(Played(opened(world), "Asha"))
    client.calls("checkIdentity", token="none")
    client.meets("WR-1.2")
    client.calls("VerifyMobileOtp")
    client.meets("WR-4.6")
    client.calls("VerifyEmailOtp", token="forged")
    client.meets("WR-2.6")
    client.calls("setIbPassword")
    client.meets("WR-11.4")


@pytest.mark.parametrize(("call", "branch"), [("VerifyEmailOtp", "WR-2.7"), ("resendOtpEmail", "WR-3.5")])
def test_a_blocked_customer_is_refused_whatever_a_client_calls(
    opened: Open, world: World, call: str, branch: str
) -> None:
    client = Direct(Played(opened(world), "Asha"))
    client.calls("checkIdentity", token="none")
    for _ in range(3):
        client.calls("VerifyEmailOtp", body='{"otp": "000000"}')
    client.meets("WR-2.3")
    client.calls(call)
    client.meets(branch)


def test_a_body_that_is_not_json_is_not_sent(opened: Open, world: World) -> None:
    client = Direct(Played(opened(world), "Asha"))
    client.calls("checkIdentity", body="{otp", token="none")
    client.person.sees("The body is not JSON", client.corner)
    assert not world.exchanges(path="*checkIdentity")


def test_the_bank_changes_a_contact_while_its_code_is_out(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    asha.says_who()
    asha.is_on("Confirm your email address")
    bank = asha.page.locator("#bank")
    bank.get_by_text("What the bank holds of Asha").click()
    bank.get_by_label("Email").fill("asha@new.example")
    asha.press(bank, "Have the bank change it")
    asha.sees("The bank has changed it", bank)
    asha.confirms("email")
    asha.sees("Your email address was changed in the meantime", asha.site)
    takes(asha.site, "WR-2.11")


def test_a_contact_that_is_none_is_not_taken_by_the_bank(opened: Open, world: World) -> None:
    asha = Played(opened(world), "Asha")
    bank = asha.page.locator("#bank")
    bank.get_by_text("What the bank holds of Asha").click()
    bank.get_by_label("Email").fill("nowhere")
    asha.press(bank, "Have the bank change it")
    asha.sees("The bank did not change it", bank)
    assert world.client.persona("Asha").email == world.personas["Asha"]["email"]


@pytest.mark.parametrize("how", ["with a clock that is slow", "signed with another phone's key"])
def test_a_phone_that_proves_nothing_is_told_so(opened: Open, world: World, how: str) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, "Send it by mail")
    chitra.sees("A code is in your mail", chitra.phone)
    chitra.uses_newest_code("email")
    chitra.phone.get_by_label("The phone sends it").select_option(label=how)
    chitra.press(chitra.phone, "Send", exact=True)
    chitra.sees("This phone could not prove which phone it is", chitra.phone)
    takes(chitra.phone, "DR-2.14")


def test_a_user_with_too_many_phones_removes_one_and_goes_on(opened: Open, sandbox: RunningSandbox) -> None:
    active = {"tsg": "registered", "auth_service": True}
    world = World(sandbox, {
        "policies": {"auth_service": {"max_devices": 1}},
        "personas": [{"name": "Chitra", "cymmetri": {}, "phones": [active, {"model": "iPhone 17"}]}],
    })  # fmt: skip
    chitra = Played(opened(world), "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, "Send it by mail")
    chitra.sees("You have as many phones as the bank allows", chitra.phone)
    takes(chitra.phone, "DR-1.9")
    with chitra.page.expect_response(lambda answer: answer.url.endswith("/remove-device")):
        chitra.press(chitra.phone.locator(".devices"), "Remove")
    chitra.phone.locator(".devices").wait_for(state="detached")
    chitra.press(chitra.phone, "Send it by mail")
    chitra.sees("A code is in your mail", chitra.phone)


def test_a_session_that_ends_in_the_middle_goes_on_after_the_log_in(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, "Send it by mail")
    chitra.sees("A code is in your mail", chitra.phone)
    before = len(world.client.registrations())
    chitra.lets_time_pass("1 day")
    chitra.sees("The code has lapsed", chitra.phone)
    chitra.press(chitra.phone, "Send it by mail")
    chitra.sees("Please log in again", chitra.phone)
    takes(chitra.phone, "DR-0.8")
    chitra.logs_in_to_app()
    chitra.phone.get_by_text("The code has lapsed").wait_for()
    assert len(world.client.registrations()) == before


def test_what_no_app_does_is_done_out_of_turn(opened: Open, world: World) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.phone.get_by_text("With this phone").click()
    chitra.press(chitra.phone, "Open the app without logging in")
    takes(chitra.phone, "DR-0.4")
    chitra.logs_in_to_app()
    chitra.sees("Device not found on our records", chitra.phone)
    chitra.press(chitra.phone, "Ask for a code before the phone is looked up")
    takes(chitra.phone, "DR-1.8")


@pytest.mark.parametrize(("way", "contact"), [("Send it by mail", "email"), ("Send it by SMS", "mobile")])
def test_each_way_of_a_code_brings_its_own_contact(opened: Open, world: World, way: str, contact: str) -> None:
    chitra = Played(opened(world), "Chitra")
    chitra.logs_in_to_app()
    chitra.press(chitra.phone, way)
    chitra.inbox.get_by_role("button", name="Type this code").first.wait_for()
    assert world.messages(purpose="sign-up-code")[0]["to"] == world.personas["Chitra"][contact]


def test_a_phone_that_tsg_revokes_meanwhile_is_refused(opened: Open, world: World) -> None:
    world.fault("tsg", "POST", "/tsg/register", {"status": 503}, times=1)
    chitra = Played(opened(world), "Chitra")
    chitra.signs_up_by_mail()
    chitra.phone.get_by_role("button", name="Try now").wait_for()
    chitra.phone.get_by_text("With this phone").click()
    chitra.press(chitra.phone, "TSG revokes this phone")
    chitra.sees("Done", chitra.phone)
    chitra.press(chitra.phone, "Try now")
    takes(chitra.phone, "DR-3.5")


SPEAKS_OTHERWISE = {
    "like": "published",
    "fields": {"token": "stagedToken", "userId": "login", "data": "payload"},
    "paths": {"/ciamregsrvc/webRegistration/": "/ciam/registration/v2/", "/ciamauthsrvc/login": "/ciam/login"},
}


def test_cymmetri_is_asked_as_its_installation_wants_it(opened: Open, world: World) -> None:
    world.client.control("PATCH", "/policies", {"policies": {"cymmetri": {"wire": SPEAKS_OTHERWISE}}})
    chitra = Played(opened(world), "Chitra")
    chitra.says_who("email")
    chitra.press(chitra.site, "Chitra's user id and password")
    chitra.press(chitra.site, "Log in")
    chitra.sees("You are logged in", chitra.site)
    client = Direct(Played(opened(world), "Asha"))
    client.calls("checkIdentity", token="none")
    client.meets("WR-1.2")
    client.corner.get_by_text('"stagedToken": "••• (kept for the next call)"').wait_for()
    client.calls("VerifyEmailOtp")
    client.meets("WR-2.1")
