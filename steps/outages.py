"""Systems of the bank that are down for a while, and how people go on when they are back."""

from behave import given, then, when
from behave.runner import Context

from steps.device_registration import app
from steps.support.going_on import add_phone, register
from steps.support.outages import Outage, Systems
from steps.support.phone import BankApp
from steps.support.web_visit import WebVisit


def systems(context: Context) -> Systems:
    if "systems" not in context:
        context.systems = Systems(context.line, context.bank)
    found: Systems = context.systems
    return found


@given("{system:System} {outage:Outage}")
def breaks(context: Context, system: str, outage: Outage) -> None:
    systems(context).strike(system, outage)


@given("{system:System} has restarted")
def has_restarted(context: Context, system: str) -> None:
    systems(context).restart(system)


@when("{name:Name} logs in to the app")
def logs_in(context: Context, name: str) -> None:
    found = context.bank.actor(BankApp, name)
    context.bank.tell(found.person, found.ask_to_be_let_in())


@given("{name:Name} has logged in to the app on a new phone")
def has_logged_in_on_new_phone(context: Context, name: str) -> None:
    app(context, name).take_new_phone()


@then("{name:Name} gets no answer")
def gets_no_answer(context: Context, name: str) -> None:
    answer = context.bank.told[name]
    assert not answer.came, f"{name} was answered: {answer}"


@then("{name:Name} becomes a user of the web site once {system:System} is back")
def becomes_user(context: Context, name: str, system: str) -> None:
    systems(context).mend(system)
    register(context.bank.actor(WebVisit, name), anew=False)


@then("{name:Name} becomes a user of the web site once {system:System} is back, from the beginning if need be")
def becomes_user_in_the_end(context: Context, name: str, system: str) -> None:
    systems(context).mend(system)
    register(context.bank.actor(WebVisit, name), anew=True)


@then("the phone of {name:Name} becomes active once {system:System} is back")
def phone_becomes_active(context: Context, name: str, system: str) -> None:
    systems(context).mend(system)
    add_phone(context.bank.actor(BankApp, name))


@then("the phone tells {name:Name} nothing")
def phone_tells_nothing(context: Context, name: str) -> None:
    heard = context.bank.actor(BankApp, name).phone.heard
    assert not heard.came, f"the phone told {name}: {heard}"
