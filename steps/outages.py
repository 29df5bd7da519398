"""Systems of the bank that are down for a while, and how people go on when they are back."""

from registration_sandbox.drivers.vocabulary import Reason
from steps.device_registration import owner
from steps.support.customer import Customer
from steps.support.going_on import add_phone, register
from steps.support.looking import look_as, refused_because
from steps.support.outages import Outage, Systems
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, given, step, then

FAULTS_OF_THE_BANK = (Reason.TRY_LATER, Reason.UNKNOWN_ANSWER)
"""What people are told who have done nothing wrong, whether or not trying again will help."""


def systems(context: Context) -> Systems:
    if "systems" not in context:
        context.systems = Systems(context.bank)
    found: Systems = context.systems
    return found


@given("{system:System} {outage:Outage}")
def breaks(context: Context, system: str, outage: Outage) -> None:
    systems(context).strike(system, outage)


@given("{system:System} has restarted")
def has_restarted(context: Context, system: str) -> None:
    systems(context).restart(system)


@step("{name:Name} logs in to the app")
def logs_in(context: Context, name: str) -> None:
    context.bank.note(name, context.bank.actor(PhoneOwner, name).log_in())


@given("{name:Name} has logged in to the app again, and written the user id in capitals")
def has_logged_in_in_capitals(context: Context, name: str) -> None:
    user_id, password = context.bank.person(name).credentials
    seen = context.bank.actor(PhoneOwner, name).app.log_in_to_app(user_id.upper(), password)
    assert seen.went_well, f"{name} cannot log in: {seen}"


@given("{name:Name} has logged in to the app on a new phone")
def has_logged_in_on_new_phone(context: Context, name: str) -> None:
    owner(context, name).take_new_phone()


@then("{name:Name} is told to try again later")
def is_told_to_try_later(context: Context, name: str) -> None:
    refused_because(look_as(context, name), Reason.TRY_LATER)


@then("{name:Name} is told that the fault lies with the bank")
def is_told_of_fault(context: Context, name: str) -> None:
    seen = look_as(context, name)
    assert seen.reason in FAULTS_OF_THE_BANK, f"{name} is told {seen}"


@then("{name:Name} gets no answer")
def gets_no_answer(context: Context, name: str) -> None:
    seen = context.bank.seen[name]
    assert not seen.answered, f"{name} was answered: {seen}"


@then("{name:Name} becomes a user of the web site once {system:System} is back")
def becomes_user(context: Context, name: str, system: str) -> None:
    systems(context).mend(system)
    register(context.bank.actor(Customer, name), from_the_beginning=False)


@then("{name:Name} becomes a user of the web site once {system:System} is back, starting over if need be")
def becomes_user_in_the_end(context: Context, name: str, system: str) -> None:
    systems(context).mend(system)
    register(context.bank.actor(Customer, name), from_the_beginning=True)


@then("{name:Name}'s phone becomes active once {system:System} is back")
def phone_becomes_active(context: Context, name: str, system: str) -> None:
    systems(context).mend(system)
    add_phone(context.bank.actor(PhoneOwner, name))


@then("the phone tells {name:Name} nothing")
def phone_tells_nothing(context: Context, name: str) -> None:
    seen = context.bank.actor(PhoneOwner, name).phone.seen
    assert not seen.answered, f"the phone told {name}: {seen}"
