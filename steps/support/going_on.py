"""How people go on after an outage: from where they were left, or from the beginning where nothing else helps."""

from collections.abc import Callable
from datetime import timedelta

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import Page, PhoneStatus, Via
from steps.support.customer import WAY, Customer
from steps.support.phone_owner import PhoneOwner

RETRIES = timedelta(minutes=5)
"""Long enough for TSG to push again what nobody has taken in."""


def register(customer: Customer, *, from_the_beginning: bool) -> None:
    """Do all that the web site asks for until the person is registered.

    A code that did not come is asked for again. Only if ``from_the_beginning`` the person may start over.
    """
    for _ in range(2 * len(WAY)):
        before = customer.page if customer.begun else None
        if before in (Page.LOG_IN, Page.REGISTERED):  # the last step was done, though its answer may have been lost
            customer.take_account()
            return
        waits = before in (Page.EMAIL_CODE, Page.MOBILE_CODE) and customer.awaits_code()
        seen = customer.site.ask_for_another_code() if waits else customer.go_on()
        if seen.refused and (not customer.begun or customer.page is before):
            assert from_the_beginning, f"{customer.person.name} should have been let on: {seen}"
            _let_on(customer.person, customer.start())
    raise AssertionError(f"{customer.person.name} is still asked {customer.page}")


def add_phone(owner: PhoneOwner) -> None:
    """Do all that the app asks for until the phone is active."""
    owner.bank.pass_time(RETRIES)
    owner.ensure_logged_in()
    if not owner.phones:
        owner.take_new_phone()
    if not owner.opened:
        _let_on(owner.person, owner.open())
    steps: dict[PhoneStatus, Callable[[], Seen]] = {
        PhoneStatus.NOT_FOUND: lambda: owner.add_phone(Via.EMAIL),
        PhoneStatus.IN_PROGRESS: lambda: owner.complete(owner.phone),
        PhoneStatus.SIGNED_UP: owner.register_phone,
        PhoneStatus.REGISTERED: owner.activate_phone,
    }
    while (before := owner.status) in steps:
        _let_on(owner.person, steps[before]())
        assert owner.status is not before, f"{owner.person.name}'s phone is still {before}"


def _let_on(person: Person, seen: Seen) -> None:
    assert seen.answered, f"{person.name} got no answer"
    assert not seen.refused, f"{person.name} should have been let on: {seen}"
