"""What people do on the bank's web site, to register there and to log in."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta

from registration_sandbox.drivers.people import Card, Identity, Person
from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Field, IdentityKind, Page, Proof, Via
from steps.back_office import back_office
from steps.observers.mailbox import Mailbox
from steps.support.customer import WRONG_PASSWORD, Customer
from steps.support.sentences import Context, given, step, then, when
from steps.support.vocabulary import IdentityOf

KINDS = {Via.EMAIL: IdentityKind.EMAIL, Via.TEXT: IdentityKind.MOBILE}
"""As what people may give their contacts to begin."""


def customer(context: Context, name: str) -> Customer:
    found: Customer = context.bank.actor(Customer, name)
    return found


@given("{name:Name} is asked {page:Point}")
def is_asked(context: Context, name: str, page: Page) -> None:
    customer(context, name).reach(page)


@when("{name:Name} goes on until asked {page:Point}")
def goes_on(context: Context, name: str, page: Page) -> None:
    customer(context, name).reach(page)


@given('{name:Name} has chosen the user id "{user_id:Text}"')
def has_chosen_user_id(context: Context, name: str, user_id: str) -> None:
    found = customer(context, name)
    found.user_id = user_id
    found.reach(Page.PASSWORD)


@given('{name:Name} has chosen the user id "{user_id:Text}" and a password')
def has_chosen_both(context: Context, name: str, user_id: str) -> None:
    found = customer(context, name)
    found.user_id = user_id
    found.reach(Page.CONFIRMATION)


@given('{name:Name} has registered on the web site as "{user_id:Text}"{later:Later}')
def has_registered(context: Context, name: str, user_id: str, later: timedelta) -> None:
    if later:
        context.bank.pass_time(later)
    found = customer(context, name)
    found.user_id = user_id
    found.reach(Page.REGISTERED)


@given('{name:Name}\'s browser sends its requests under the number "{number:Text}"')
def numbers_browser_requests(context: Context, name: str, number: str) -> None:
    context.bank.acts(name).number_requests(number)


@step("{name:Name} starts to register {identity_of:HowToStart}")
def starts(context: Context, name: str, identity_of: IdentityOf) -> None:
    customer(context, name).start(identity_of(context.bank.person(name)))


@when("{name:Name} starts to register by the former {contact:Contact}")
def starts_by_former(context: Context, name: str, contact: Via) -> None:
    former = back_office(context, name).former[contact].address(contact)
    customer(context, name).start(Identity(KINDS[contact], former))


@given("{name:Name} has started to register {times:Times}")
def has_started(context: Context, name: str, times: int) -> None:
    for _ in range(times):
        seen = customer(context, name).start()
        assert seen.went_well, f"{name} could not start: {seen}"


@step("{name:Name} enters the {code:Code} code")
def enters_code(context: Context, name: str, code: tuple[Via, int]) -> None:
    context.bank.acts(name).enter_code(context.bank.actor(Mailbox, name).code(*code))


@when("{name:Name} enters {other:Name}'s {code:Code} code")
def enters_code_of(context: Context, name: str, other: str, code: tuple[Via, int]) -> None:
    context.bank.acts(name).enter_code(context.bank.actor(Mailbox, other).code(*code))


@step("{name:Name} enters the {code:Code} code {typing:Typing}")
def enters_code_so(context: Context, name: str, code: tuple[Via, int], typing: Callable[[str], str]) -> None:
    context.bank.acts(name).enter_code(typing(context.bank.actor(Mailbox, name).code(*code)))


@step("{name:Name} enters a wrong code")
@step("{name:Name} enters a wrong code {times:Times}")
def enters_wrong_code(context: Context, name: str, times: int = 1) -> None:
    for _ in range(times):
        customer(context, name).enter_wrong_code()


@given("{name:Name} waits and has another code sent")
@given("{name:Name} waits and has another code sent {times:Times}")
def has_another_code_sent(context: Context, name: str, times: int = 1) -> None:
    for _ in range(times):
        seen = customer(context, name).wait_and_ask_for_another_code()
        assert not seen.refused, f"{name} was sent no other code: {seen}"


@when("{name:Name} waits and asks for another code")
def waits_and_asks_for_another_code(context: Context, name: str) -> None:
    customer(context, name).wait_and_ask_for_another_code()


@step("{name:Name} asks for another code")
def asks_for_another_code(context: Context, name: str) -> None:
    context.bank.acts(name).ask_for_another_code()


@step("{name:Name} asks which proofs are possible")
def asks_for_proofs(context: Context, name: str) -> None:
    context.bank.acts(name).ask_for_proofs()


@step("{name:Name} asks which user id the bank holds")
def asks_for_user_id(context: Context, name: str) -> None:
    context.bank.acts(name).ask_for_user_id()


@step("{name:Name} gives the details of the {kind:Card}")
@step("{name:Name} gives the details of the {kind:Card} {times:Times}")
def gives_card(context: Context, name: str, kind: Proof, times: int = 1) -> None:
    for _ in range(times):
        context.bank.acts(name).give_card(context.bank.person(name).card(kind))


@when("{name:Name} gives the details of {other:Name}'s {kind:Card}")
def gives_card_of(context: Context, name: str, other: str, kind: Proof) -> None:
    context.bank.acts(name).give_card(context.bank.person(other).card(kind))


@step("{name:Name} gives the details of the {unusable:Unusable} card")
@step("{name:Name} gives the details of the {unusable:Unusable} card {times:Times}")
def gives_unusable_card(context: Context, name: str, unusable: str, times: int = 1) -> None:
    del unusable
    for _ in range(times):
        context.bank.acts(name).give_card(context.bank.person(name).unusable_card())


@when("{name:Name} gives {slip:CardSlip}")
def mixes_details_up(context: Context, name: str, slip: Callable[[Person], Card]) -> None:
    context.bank.acts(name).give_card(slip(context.bank.person(name)))


@when('{name:Name} types "{text:Text}" as {detail:Detail} of the {kind:Card}')
def types_detail(context: Context, name: str, text: str, detail: Field, kind: Proof) -> None:
    customer(context, name).type_detail(text, detail, kind)


@step("{name:Name} gets {detail:Detail} of the {kind:Card} wrong")
@step("{name:Name} gets {detail:Detail} of the {kind:Card} wrong {times:Times}")
def gets_detail_wrong(context: Context, name: str, detail: Field, kind: Proof, times: int = 1) -> None:
    for _ in range(times):
        customer(context, name).give_wrong_card(detail, kind)


@step('{name:Name} chooses the user id "{user_id:Text}"')
def chooses_user_id(context: Context, name: str, user_id: str) -> None:
    customer(context, name).choose_user_id(user_id)


@step('{name:Name} chooses the password "{password:Text}"')
def chooses_password(context: Context, name: str, password: str) -> None:
    customer(context, name).choose_password(password)


@when("{name:Name} chooses a password with {password:PasswordWith}")
def chooses_password_with(context: Context, name: str, password: Callable[[Person], str]) -> None:
    customer(context, name).choose_password(password(context.bank.person(name)))


@step("{name:Name} confirms the password")
def confirms_password(context: Context, name: str) -> None:
    customer(context, name).set_password()


@step('{name:Name} sets the password "{password:Text}" and confirms it as "{confirmation:Text}"')
@step('{name:Name} sets the password "{password:Text}" and confirms it as "{confirmation:Text}" {times:Times}')
def sets_password(context: Context, name: str, password: str, confirmation: str, times: int = 1) -> None:
    for _ in range(times):
        customer(context, name).set_password(password, confirmation)


@step("{name:Name} logs in to the web site")
def logs_in(context: Context, name: str) -> None:
    customer(context, name).log_in()


@step('{name:Name} logs in to the web site as "{user_id:Text}"')
@step('{name:Name} logs in to the web site as "{user_id:Text}" {times:Times}')
def logs_in_as(context: Context, name: str, user_id: str, times: int = 1) -> None:
    for _ in range(times):
        customer(context, name).log_in(user_id=user_id)


@when("{name:Name} logs in to the web site on a keyboard that types accents apart")
def logs_in_with_accents_apart(context: Context, name: str) -> None:
    found = customer(context, name)
    found.log_in(password=unicodedata.normalize("NFD", str(found.person.password)))


@when('{name:Name} logs in to the web site with the password "{password:Text}"')
def logs_in_with(context: Context, name: str, password: str) -> None:
    customer(context, name).log_in(password=password)


@step("{name:Name} tries to log in to the web site with a wrong password")
@step("{name:Name} tries to log in to the web site with a wrong password {times:Times}")
def logs_in_wrongly(context: Context, name: str, times: int = 1) -> None:
    for _ in range(times):
        customer(context, name).log_in(password=WRONG_PASSWORD)


@then("{name:Name} is logged in")
def is_logged_in(context: Context, name: str) -> None:
    seen = context.bank.seen[name]
    assert seen.went_well, f"{name} is not logged in: {seen}"


@then("{name:Name} is logged in for {duration:Duration}")
def is_logged_in_for(context: Context, name: str, duration: timedelta) -> None:
    is_logged_in(context, name)
    told = context.bank.seen[name].session
    if told is None:
        raise NotTried("how long a session lasts is not shown")
    assert told == duration, f"{name} is told that the session lasts {told}"
