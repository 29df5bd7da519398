"""What people do in the bank's app, step by step through the registration of a phone."""

from collections.abc import Callable

from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import PhoneStatus, Via
from steps.support.people import WEB_USER
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, given, step, when

PhoneAct = Callable[[PhoneOwner], Seen]


def owner(context: Context, name: str) -> PhoneOwner:
    """Return a person with phones, logged in to the app."""
    found: PhoneOwner = context.bank.actor(PhoneOwner, name)
    found.ensure_logged_in()
    return found


@given("{name:Name}, who is adding a new phone by {via:Via}")
def is_adding(context: Context, name: str, via: tuple[Via, str | None]) -> None:
    def begin() -> None:
        found = owner(context, name)
        found.take_new_phone()
        for seen in (found.open(), found.add_phone(*via)):
            assert not seen.refused, f"{name} was refused: {seen}"

    context.bank.expect(name, WEB_USER)
    context.bank.when_open(begin)


@step("{name:Name} opens the app")
def opens(context: Context, name: str) -> None:
    owner(context, name).open()


@step("{name:Name} opens the app on a new phone")
def opens_on_new_phone(context: Context, name: str) -> None:
    found = owner(context, name)
    found.take_new_phone()
    found.open()


@when("{name:Name} opens the app without logging in")
def opens_without_logging_in(context: Context, name: str) -> None:
    context.bank.actor(PhoneOwner, name).open()


@when("{name:Name} opens the app on the old phone")
def opens_on_old_phone(context: Context, name: str) -> None:
    found = owner(context, name)
    found.open(found.phones[0])


@step("{name:Name} opens the app on {other:Name}'s phone")
def opens_on_phone_of(context: Context, name: str, other: str) -> None:
    phone = context.bank.actor(PhoneOwner, other).phone
    owner(context, name).open(phone)


@when("{name:Name} opens the app on a new phone, and claims to be {other:Name}")
def opens_as(context: Context, name: str, other: str) -> None:
    found = owner(context, name)
    found.open(found.take_new_phone(), context.bank.person(other).username)


@when("{name:Name} opens the app, and writes the user id in capitals")
def opens_in_capitals(context: Context, name: str) -> None:
    found = owner(context, name)
    found.open(user_id=found.person.credentials[0].upper())


@given("{name:Name}, whose new phone is {status:Status}")
def has_phone_at(context: Context, name: str, status: PhoneStatus) -> None:
    context.bank.expect(name, WEB_USER)
    context.bank.when_open(lambda: owner(context, name).reach(status))


@given("{name:Name} has added a new phone, but not activated it")
def has_added_phone(context: Context, name: str) -> None:
    owner(context, name).reach(PhoneStatus.REGISTERED)


@step("{name:Name} tries to {act:PhoneAct}")
def tries(context: Context, name: str, act: PhoneAct) -> None:
    act(owner(context, name))


@when("{name:Name} finds {other:Name}'s registration, and tries to {act:PhoneAct}")
def tries_with_registration_of(context: Context, name: str, other: str, act: PhoneAct) -> None:
    found = owner(context, name)
    found.app.take_up(context.bank.acts(other))
    act(found)


@when("{name:Name} logs out of the app, and tries to {act:PhoneAct}")
def tries_without_login(context: Context, name: str, act: PhoneAct) -> None:
    found = context.bank.actor(PhoneOwner, name)
    found.app.log_out_of_app()
    act(found)


@step("{name:Name} asks for the phone's status again")
def checks(context: Context, name: str) -> None:
    owner(context, name).check_phone()


@step("{name:Name} asks for the phone's status again {times:Times}")
def checks_often(context: Context, name: str, times: int) -> None:
    for _ in range(times):
        owner(context, name).check_phone()


@given('{name:Name}\'s app sends its requests under the number "{number:Text}"')
def numbers_requests(context: Context, name: str, number: str) -> None:
    owner(context, name).app.number_requests(number)


@step("{name:Name} asks to add the phone by {via:Via}")
def adds(context: Context, name: str, via: tuple[Via, str | None]) -> None:
    owner(context, name).add_phone(*via)


@when("{name:Name} asks to add the phone, and gives {spelling:Spelling}")
def adds_spelling(context: Context, name: str, spelling: tuple[Via, Callable[[str], str]]) -> None:
    found = owner(context, name)
    via, spell = spelling
    contact = found.person.email if via is Via.EMAIL else found.person.mobile
    found.add_phone(via, spell(contact or ""))


@when("{name:Name} asks to add the phone, and gives {other:Name}'s {contact:Contact}")
def adds_by_contact_of(context: Context, name: str, other: str, contact: Via) -> None:
    person = context.bank.person(other)
    owner(context, name).add_phone(contact, person.email if contact is Via.EMAIL else person.mobile)


@step("{name:Name} asks to have the phone registered")
def asks_to_register(context: Context, name: str) -> None:
    owner(context, name).register_phone()


@step("{name:Name} activates the phone")
def activates(context: Context, name: str) -> None:
    found = owner(context, name)
    if not found.opened:
        found.open()
    found.activate_phone()


@step("{name:Name} registers a phone by {via:Via}")
def registers_phone(context: Context, name: str, via: tuple[Via, str | None]) -> None:
    owner(context, name).add_and_activate(*via)


@given("{name:Name} has logged in to the app somewhere else")
def logs_in_elsewhere(context: Context, name: str) -> None:
    person = owner(context, name).person
    seen = context.bank.drive(person).log_in_to_app(*person.credentials)
    assert not seen.refused, f"{name} cannot log in: {seen}"


@when("{name:Name} tries to log in to the app with spaces for the user id")
def logs_in_as_nobody(context: Context, name: str) -> None:
    _, password = context.bank.person(name).credentials
    context.bank.note(name, context.bank.acts(name).log_in_to_app("  ", password))


@step("{name:Name} tries to log in to the app with a wrong password")
def logs_in_wrongly(context: Context, name: str) -> None:
    user_id, password = context.bank.person(name).credentials
    context.bank.note(name, context.bank.acts(name).log_in_to_app(user_id, f"not {password}"))
