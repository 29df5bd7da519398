"""What people do with their phones and the bank's app, and what becomes of a phone meanwhile."""

from behave import given, step, when
from behave.runner import Context

from steps.support.mailbox import Mailbox
from steps.support.others import Forger, Institution
from steps.support.people import WEB_USER
from steps.support.phone import BankApp
from steps.support.web_visit import wrong


def app(context: Context, name: str) -> BankApp:
    """Return a person's app, logged in."""
    found: BankApp = context.bank.actor(BankApp, name)
    found.log_in()
    return found


@given("{name:Name}, who is adding a new phone by {via:Via}")
def is_adding(context: Context, name: str, via: tuple[str, str | None]) -> None:
    def begin() -> None:
        found = app(context, name)
        found.take_new_phone()
        for answer in (found.open(), found.sign_up(*via)):
            assert not answer.refused, f"{name} was refused: {answer}"

    context.bank.expect(name, WEB_USER)
    context.bank.when_open(begin)


@step("{name:Name} opens the app")
def opens(context: Context, name: str) -> None:
    app(context, name).open()


@step("{name:Name} opens the app {on_new_phone:Opening}")
def opens_so(context: Context, name: str, on_new_phone: bool) -> None:
    found = context.bank.actor(BankApp, name)
    if on_new_phone:
        found.log_in()
        found.take_new_phone()
    found.open()


@when("{name:Name} opens the app on the old phone")
def opens_on_old_phone(context: Context, name: str) -> None:
    found = app(context, name)
    found.open(found.phones[0])


@given("{name:Name} opens the app on the phone of {other:Name}")
def opens_on_phone_of(context: Context, name: str, other: str) -> None:
    app(context, name).open(context.bank.actor(BankApp, other).phone)


@when("{name:Name} asks how far the phone of {other:Name} is")
def asks_about_phone_of(context: Context, name: str, other: str) -> None:
    app(context, name).registrations = app(context, other).registrations
    app(context, name).act("check")


@step("{name:Name} asks to add the phone by {via:Via}")
def adds(context: Context, name: str, via: tuple[str, str | None]) -> None:
    app(context, name).sign_up(*via)


@step("{name:Name} {elsewhere:Completion}")
def completes(context: Context, name: str, elsewhere: bool) -> None:
    found = app(context, name)
    found.complete(found.take_new_phone() if elsewhere else found.phone)


@step("{name:Name} types a wrong sign-up code {times:Times}")
def types_wrong_code(context: Context, name: str, times: int) -> None:
    found = app(context, name)
    code = wrong(context.bank.actor(Mailbox, name).code(found.via))
    for _ in range(times):
        found.phone.type_code(code)


@step("{name:Name} {action:AppAction}")
def acts(context: Context, name: str, action: str) -> None:
    found = app(context, name)
    if not found.registrations:
        found.open()
    found.act(action)


@step("{name:Name} registers a phone by {via:Via}")
def registers_phone(context: Context, name: str, via: tuple[str, str | None]) -> None:
    app(context, name).register_phone(*via)


@given("TSG has {dealing:Dealing} the phone of {name:Name}")
def tsg_deals(context: Context, dealing: str, name: str) -> None:
    context.bank.actor(Institution, name).at_tsg(dealing, app(context, name).phone)


@given("the bank has taken the {dealing:OutOfUse} phone of {name:Name} out of service")
def bank_takes_out_of_service(context: Context, dealing: str, name: str) -> None:
    phone = app(context, name).phones[0]
    institution = context.bank.actor(Institution, name)
    institution.at_tsg(dealing, phone)
    institution.off_auth_service(phone)


@given("the Auth Service has meanwhile added the phone of {name:Name}")
def auth_service_added(context: Context, name: str) -> None:
    context.bank.actor(Institution, name).on_auth_service(app(context, name).phone)


@given("TSG's word of a sign-up carries the reference of {other:Name}")
def push_with_reference_of(context: Context, other: str) -> None:
    effect = {"tamper": {"field": "external_reference", "value": context.bank.actor(Forger, other).reference()}}
    context.bank.harm({"service": "tsg", "path": "push", "effect": effect})


@when("somebody else tells the middleware that {name:Name} has signed up")
def forged_word(context: Context, name: str) -> None:
    context.bank.actor(Forger, name).tell(app(context, name).phone)
