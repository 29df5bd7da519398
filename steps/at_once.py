"""What people do at once, or before they have an answer to what they did last."""

from concurrent.futures import ThreadPoolExecutor

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import Reason, Via
from steps.device_registration import PhoneAct, owner
from steps.observers.journals import list_questions_of_bank
from steps.support.circumstances import REQUESTS
from steps.support.direct_client import ClientAct
from steps.support.others import Institution
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, step, then, when
from steps.support.system_clock import wait_until
from steps.support.tester import Tester
from steps.web_registration import customer
from steps.what_people_see import look_as

PHONE_QUESTION = REQUESTS["the Auth Service about a phone"]
OWNER_QUESTION = REQUESTS["the Auth Service whose a phone is"]
CONTACT_QUESTION = REQUESTS["the Auth Service for the phones"]


def check_haste(context: Context) -> None:
    """Raise NotTried where the driver can do one thing only."""
    if getattr(context.driver, "one_at_a_time", False):
        raise NotTried("a person at a page does one thing at a time")


def hasty_owner(context: Context, name: str) -> PhoneOwner:
    """Return who does two things at once. Raises NotTried where the driver can do one thing only."""
    check_haste(context)
    return owner(context, name)


@when("{name:Name} asks to add the phone by email, and types the code before the bank has answered")
def types_before_the_answer(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(found.add_phone, Via.EMAIL)
        wait_until(lambda: bool(found.mailbox.codes(Via.EMAIL)))
        found.phone.type_code(found.mailbox.code(Via.EMAIL))
        asking.result()


@when("{name:Name} asks for the phone's status again, and activates the phone before the answer")
def activates_before_the_answer(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    before = len(list_questions_of_bank(context.bank, OWNER_QUESTION))
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(found.check_phone)
        wait_until(lambda: len(list_questions_of_bank(context.bank, OWNER_QUESTION)) > before)
        found.activate_phone()
        asking.result()


@when("{name:Name} activates the phone, and the Auth Service adds it before the bank does")
def is_overtaken_by_auth_service(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    before = len(list_questions_of_bank(context.bank, PHONE_QUESTION))
    with ThreadPoolExecutor(1) as threads:
        activating = threads.submit(found.activate_phone)
        wait_until(lambda: len(list_questions_of_bank(context.bank, PHONE_QUESTION)) > before)
        context.bank.actor(Institution, name).add_to_auth_service(found.phone)
        activating.result()


@step("{name:Name} asks to add the phone by email, and at once by text message")
def asks_twice_at_once(context: Context, name: str) -> None:
    found = hasty_owner(context, name)
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(found.add_phone, Via.EMAIL)
        wait_until(lambda: bool(list_questions_of_bank(context.bank, CONTACT_QUESTION)))
        found.add_phone(Via.TEXT)
        asking.result()
    found.via = Via.TEXT


@when("{name:Name} tries to {act:PhoneAct} twice at once")
def tries_twice_at_once(context: Context, name: str, act: PhoneAct) -> None:
    found = hasty_owner(context, name)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(act, [found, found]))


@when("the client {act:ClientAct}, and {name:Name} starts to register again before core banking has answered")
def starts_before_the_answer(context: Context, act: ClientAct, name: str) -> None:
    check_haste(context)
    tester = Tester(context.bank)
    with ThreadPoolExecutor(1) as threads:
        acting = threads.submit(context.client.act, act)
        wait_until(tester.has_broken_something)
        customer(context, name).start()
        acting.result()


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
