"""What a tester is shown of a world's registrations."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from registration_sandbox.drivers.vocabulary import Page, PhoneStatus
from simulators.kit.clock import parse
from steps.at_once import do_meanwhile
from steps.support.sentences import Context, step, then, when
from steps.support.system_clock import wait_until
from steps.support.tester import Tester
from steps.web_registration import customer

A_MOMENT = timedelta(seconds=10)
"""More real time than an answer takes that nobody has to wait for."""


def latest_history(context: Context) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = context.registrations[0]["history"]
    return found


@step("a tester looks at all registrations")
def looks_at_all_registrations(context: Context) -> None:
    context.registrations = Tester(context.bank).list_registrations()


@then("the latest registration is shown to have begun at {instant:Instant}")
def has_begun_at(context: Context, instant: datetime) -> None:
    shown = context.registrations[0]["registration"]
    assert parse(shown["created_at"]) == instant, f"a tester is shown {shown}"


@then("something last came of it at {instant:Instant}")
def last_came_of_it_at(context: Context, instant: datetime) -> None:
    shown = context.registrations[0]["registration"]
    assert parse(shown["updated_at"]) == instant, f"a tester is shown {shown}"


@then("the latest registration is shown to have gone through each status on its way to {status:Status}")
def has_skipped_no_status(context: Context, status: PhoneStatus) -> None:
    order = list(PhoneStatus)
    history = latest_history(context)
    went_through = [PhoneStatus(each["after"]) for each in history]
    assert went_through[-1] is status, f"it is at {went_through[-1]}"
    steps = [order.index(after) - order.index(before) for before, after in pairwise(went_through)]
    assert max(steps) <= 1, f"a tester is shown {went_through}"


@then("each deed in its history begins where the one before it ended")
def deeds_follow_each_other(context: Context) -> None:
    history = latest_history(context)
    assert len(history) > 1, f"a tester is shown {history}"
    told = [(former["after"], latter["before"]) for former, latter in pairwise(history)]
    assert all(after == before for after, before in told), f"a tester is shown {history}"


@then("the sign-up was completed by {deed:Deed}")
def was_completed_by(context: Context, deed: str) -> None:
    history = latest_history(context)
    completed = [each["action"] for each in history if each["after"] == PhoneStatus.SIGNED_UP != each["before"]]
    assert completed == [deed], f"a tester is shown {history}"


@then("the latest deed in its history is that the phone was to be registered")
def was_to_be_registered(context: Context) -> None:
    history = latest_history(context)
    assert history[-1]["action"] == "register", f"a tester is shown {history}"


@then("the registrations are shown to be {name:Name}'s and then {other:Name}'s")
def are_shown_in_order(context: Context, name: str, other: str) -> None:
    owners = [each["owner"] for each in context.registrations]
    wanted = [context.bank.person(each).username for each in (name, other)]
    assert owners == wanted, f"a tester is shown those of {owners}"


@then("no registration there has the number of one here")
def number_differs(context: Context) -> None:
    here, there = (
        {each["registration"]["id"] for each in listed}
        for listed in (context.registrations, Tester(context.bank).list_registrations())
    )
    assert here, "there is no registration here"
    assert there, "there is no registration there"
    assert not here & there, f"both worlds have {here & there}"


@when("a client waits up to {duration:Duration} until the registration asks {page:Point}")
def client_waits(context: Context, duration: timedelta, page: Page) -> None:
    context.waited, context.page = Tester(context.bank).wait_for_registration(page, duration)


@when("a client waits up to {duration:Duration} until the registration asks {page:Point}, and {name:Name} goes on")
def client_waits_meanwhile(context: Context, duration: timedelta, page: Page, name: str) -> None:
    do_meanwhile(lambda: client_waits(context, duration, page), lambda: True, customer(context, name).go_on)


@then("the client is answered after about {duration:Duration}")
def client_is_answered_after(context: Context, duration: timedelta) -> None:
    assert duration <= context.waited < duration + A_MOMENT, f"the client was answered after {context.waited}"


@then("the client is shown a registration that asks {page:Point}")
def client_is_shown(context: Context, page: Page) -> None:
    assert context.page is page, f"the client is shown one that asks {context.page}"


@then("a tester is shown that {name:Name}'s registration is {status:Status}")
def is_shown_as(context: Context, name: str, status: PhoneStatus) -> None:
    shown = Tester(context.bank).find_status_of(name)
    assert shown == status.value, f"a tester is shown {shown}"


@then("{name:Name}'s registration has become {status:Status} by itself")
def has_become(context: Context, name: str, status: PhoneStatus) -> None:
    """Wait for what a running clock brings, and do nothing that would bring it about."""
    tester = Tester(context.bank)
    wait_until(lambda: tester.find_status_of(name) == status.value)
