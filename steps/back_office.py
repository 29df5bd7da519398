"""What the bank's back office does about its customers: before they register, or meanwhile."""

from collections.abc import Callable
from datetime import date

from registration_sandbox.drivers.vocabulary import Proof, Via
from steps.support.back_office import BackOffice
from steps.support.sentences import Context, given, step, then, when

AUTO = "auto"
"""A contact that is made up."""


def back_office(context: Context, name: str) -> BackOffice:
    found: BackOffice = context.bank.actor(BackOffice, name)
    return found


def later_or_now(context: Context, change: Callable[[], None]) -> None:
    """Make a change when everybody is there."""
    if context.bank.opened:
        change()
    else:
        context.bank.when_open(change)


@step("the bank has changed {name:Name}'s {contact:Contact}")
def has_changed_contact(context: Context, name: str, contact: Via) -> None:
    later_or_now(context, lambda: back_office(context, name).change_contact(contact, AUTO))


@given("Cymmetri has been given another {contact:Contact} of {name:Name}'s")
def cymmetri_was_given_contact(context: Context, contact: Via, name: str) -> None:
    back_office(context, name).change_contact_in_cymmetri(contact)


@given("the bank no longer has {name:Name}'s {contact:Contact}")
def has_lost_contact(context: Context, name: str, contact: Via) -> None:
    later_or_now(context, lambda: back_office(context, name).change_contact(contact, None))


@given("the bank has {name:Name}'s {contact:Contact} again")
def has_contact_again(context: Context, name: str, contact: Via) -> None:
    found = back_office(context, name)
    found.change_contact(contact, found.former[contact].address(contact))


@given("the bank has written {name:Name}'s email address in capitals")
def has_written_in_capitals(context: Context, name: str) -> None:
    address = context.bank.person(name).email
    assert address is not None
    back_office(context, name).change_contact(Via.EMAIL, address.upper())


@given("{name:Name} was born on {born:Day}")
def was_born_on(context: Context, name: str, born: date) -> None:
    context.bank.expect(name, {"date_of_birth": born.isoformat()})


@given("{name:Name}'s {kind:Card} is good until the end of {month:Month}")
def card_is_good_until(context: Context, name: str, kind: Proof, month: date) -> None:
    later_or_now(context, lambda: back_office(context, name).change_expiry(kind, month))


@given("the bank has hotlisted {name:Name}'s {kind:Card}")
def has_hotlisted(context: Context, name: str, kind: Proof) -> None:
    later_or_now(context, lambda: back_office(context, name).hotlist(kind))


@given("the bank has given {name:Name}'s {kind:Card} another PIN")
def has_given_pin(context: Context, name: str, kind: Proof) -> None:
    later_or_now(context, lambda: back_office(context, name).renew_pin(kind))


@given("the bank has given {name:Name} another debit card that ends in the same digits")
def has_given_card_that_ends_alike(context: Context, name: str) -> None:
    later_or_now(context, lambda: back_office(context, name).give_card_that_ends_alike())


@given('the bank has given {name:Name} the user id "{user_id:Text}"')
def has_given_user_id(context: Context, name: str, user_id: str) -> None:
    later_or_now(context, lambda: back_office(context, name).give_user_id(user_id))


@when("{name:Name} enters the code that went to the former {contact:Contact}")
def enters_code_to_former(context: Context, name: str, contact: Via) -> None:
    former = back_office(context, name).former[contact]
    context.bank.acts(name).enter_code(former.code(contact))


@then("{name:Name} has been sent {number:Codes} to the former {contact:Contact}")
def was_sent_codes_to_former(context: Context, name: str, number: int, contact: Via) -> None:
    came = back_office(context, name).former[contact].codes(contact)
    assert len(came) == number, f"{len(came)} codes came to the former {contact}, not {number}"


@then("{name:Name} has been notified {times:Times} at the former {contact:Contact} that {purpose:News}")
def was_notified_at_former(context: Context, name: str, times: int, contact: Via, purpose: str) -> None:
    came = back_office(context, name).former[contact].notifications(purpose, contact)
    assert came == times, f"{came} notifications of {purpose} came to the former {contact}, not {times}"
