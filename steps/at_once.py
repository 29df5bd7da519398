"""What people do at once, or before they have an answer to what they did last."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Reason, Via
from steps.device_registration import PhoneAct, owner
from steps.observers.journals import Request, list_questions_of_bank
from steps.support.circumstances import REQUESTS
from steps.support.client_acts import ClientAct
from steps.support.courier import Arrival, Courier
from steps.support.looking import look_as
from steps.support.others import Institution
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, step, then, when
from steps.support.system_clock import wait_until
from steps.support.tester import Tester
from steps.web_registration import customer

PHONE_QUESTION = REQUESTS["the Auth Service about a phone"]
OWNER_QUESTION = REQUESTS["the Auth Service whose a phone is"]
PHONES_QUESTION = REQUESTS["the Auth Service for the phones"]


def check_haste(context: Context) -> None:
    """Raise NotTried where the driver can do one thing only."""
    if getattr(context.driver, "one_at_a_time", False):
        raise NotTried("a person at a page does one thing at a time")


def hasty_owner(context: Context, name: str) -> PhoneOwner:
    """Return who does two things at once. Raises NotTried where the driver can do one thing only."""
    check_haste(context)
    return owner(context, name)


def do_meanwhile(act: Callable[[], Any], has_begun: Callable[[], bool], other: Callable[[], Any]) -> None:
    """Do something else once it shows that an act has begun, before the act is answered; wait for the answer."""
    with ThreadPoolExecutor(1) as threads:
        acting = threads.submit(act)
        wait_until(has_begun)
        other()
        acting.result()


def will_be_asked(context: Context, question: Request) -> Callable[[], bool]:
    """Return what tells whether the bank has asked a question since now."""
    before = len(list_questions_of_bank(context.bank, question))
    return lambda: len(list_questions_of_bank(context.bank, question)) > before


@when("{name:Name} asks to add the phone by email, and types the code before the bank has answered")
def types_before_the_answer(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    do_meanwhile(
        lambda: found.add_phone(Via.EMAIL),
        lambda: bool(found.mailbox.codes(Via.EMAIL)),
        lambda: found.phone.type_code(found.mailbox.code(Via.EMAIL)),
    )


@when("{name:Name} asks for another code by email, and TSG's push arrives before the bank has answered")
def push_arrives_before_the_answer(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    do_meanwhile(
        lambda: found.add_phone(Via.EMAIL),
        will_be_asked(context, REQUESTS["the Auth Service about a contact"]),
        lambda: context.bank.actor(Courier, name).bring("orchestrator", found.phone, Arrival()),
    )


@when("{name:Name} asks for the phone's status again, and activates the phone before the answer")
def activates_before_the_answer(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    do_meanwhile(found.check_phone, will_be_asked(context, OWNER_QUESTION), found.activate_phone)


@when("{name:Name} activates the phone, and the Auth Service adds it before the bank does")
def is_overtaken_by_auth_service(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    institution = context.bank.actor(Institution, name)
    do_meanwhile(
        found.activate_phone,
        will_be_asked(context, PHONE_QUESTION),
        lambda: institution.add_to_auth_service(found.phone),
    )


@step("{name:Name} asks to add the phone by email, and at once by text message")
def asks_twice_at_once(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    do_meanwhile(
        lambda: found.add_phone(Via.EMAIL),
        will_be_asked(context, PHONES_QUESTION),
        lambda: found.add_phone(Via.TEXT),
    )
    found.via = Via.TEXT


@when("{name:Name} tries to {act:PhoneAct} twice at once")
def tries_twice_at_once(context: Context, name: str, act: PhoneAct) -> None:
    found = hasty_owner(context, name)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(act, [found, found]))


@step("{name:Name}, {second:Name} and {third:Name} type their sign-up codes at once")
def type_codes_at_once(context: Context, name: str, second: str, third: str) -> None:
    owners = [hasty_owner(context, each) for each in (name, second, third)]
    with ThreadPoolExecutor(len(owners)) as threads:
        list(threads.map(lambda one: one.phone.type_code(one.mailbox.code(one.via)), owners))


@when("the client {act:ClientAct}, and {name:Name} starts to register again before core banking has answered")
def starts_before_the_answer(context: Context, act: ClientAct, name: str) -> None:
    check_haste(context)
    do_meanwhile(
        lambda: context.client.act(act.perform),
        Tester(context.bank).has_broken_something,
        lambda: customer(context, name).start(),
    )


@when('{name:Name} and {other:Name} choose the user id "{user_id:Text}" at once')
def choose_at_once(context: Context, name: str, other: str, user_id: str) -> None:
    check_haste(context)
    both = [customer(context, each) for each in (name, other)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda one: one.choose_user_id(user_id), both))


@then("one of {name:Name} and {other:Name} is told that {reason:Reason}")
def one_is_told(context: Context, name: str, other: str, reason: Reason) -> None:
    told = [look_as(context, each).reason for each in (name, other)]
    assert sorted(told, key=str) == sorted([None, reason], key=str), f"they are told {told}"
