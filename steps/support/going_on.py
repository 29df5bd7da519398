"""How people go on after an outage: from where they were left, or anew where the bank leaves no other way."""

from collections.abc import Callable
from datetime import timedelta

from steps.support.mailbox import EMAIL
from steps.support.people import Person
from steps.support.phone import BankApp
from steps.support.talk import Answer
from steps.support.web_visit import WAY, WebVisit

RETRIES = timedelta(minutes=5)
"""Long enough for TSG to tell again what nobody has heard."""

KNOWN = "Login_Required"
"""The status of somebody whom the bank knew, because the last step was done although its answer was lost."""


def register(site: WebVisit, *, anew: bool) -> None:
    """Do all that the web site asks for until the person is registered.

    A code that did not come is asked for again. Only if ``anew`` the person begins again where nothing else helps.
    """
    for _ in range(2 * len(WAY)):
        before = site.status if site.registration else ""
        if before == KNOWN:
            site.person.username, site.person.password = site.user_id, site.password
        if before in (KNOWN, WAY[-1]):
            return
        answer = _next(site, before)
        if answer.refused and site.status == before:
            assert anew, f"{site.person.name} should have been let on: {answer}"
            _let_on(site.person, site.start())
    raise AssertionError(f"{site.person.name} is still at {site.status}")


def _next(site: WebVisit, status: str) -> Answer:
    waits_for_code = status in ("Email_Otp_Sent", "Mobile_Otp_Sent")
    if waits_for_code and not site.mailbox.codes(site.asked_channel):
        return site.ask_for_another_code()
    return site.go_on()


def add_phone(app: BankApp) -> None:
    """Do all that the app asks for until the phone is active."""
    app.bank.pass_time(RETRIES)
    app.log_in()
    if not app.phones:
        app.take_new_phone()
    if not app.registrations:
        _let_on(app.person, app.open())
    steps: dict[str, Callable[[], Answer]] = {
        "Not_Found": lambda: app.sign_up(EMAIL),
        "Sign_Up_In_Progress": lambda: app.complete(app.phone),
        "Sign_Up_Complete": lambda: app.act("register"),
        "Register_Complete": lambda: app.act("activate"),
    }
    while (before := app.status) in steps:
        _let_on(app.person, steps[before]())
        assert app.status != before, f"{app.person.name}'s phone is still {before}"


def _let_on(person: Person, answer: Answer) -> None:
    assert answer.came, f"{person.name} got no answer"
    assert not answer.refused, f"{person.name} should have been let on: {answer}"
