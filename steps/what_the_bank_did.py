"""What the bank's systems did, and what they did not do: by the journals of the fakes, and what people see then."""

import itertools
from collections.abc import Callable
from datetime import timedelta

from registration_sandbox.drivers import login
from registration_sandbox.drivers.vocabulary import Page, PhoneStatus, Reason, Via
from steps.observers.journals import ACKNOWLEDGED, Request, list_questions_of_bank, pushes_to_middleware
from steps.observers.mailbox import Mailbox
from steps.support.customer import Customer
from steps.support.others import Institution
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, step, then
from steps.support.system_clock import wait_while

AS_FAR_AS = list(PhoneStatus)


@then("the bank has never asked {request:Request}")
@then("the bank has asked {request:Request} {times:Times}")
def has_asked(context: Context, request: Request, times: int = 0) -> None:
    asked = list_questions_of_bank(context.bank, request)
    assert len(asked) == times, f"{request.method} {request.path} came {len(asked)} times, not {times}"


@then("TSG has never pushed a sign-up to the middleware")
@then("TSG has pushed the sign-up to the middleware {times:Times}")
def has_pushed(context: Context, times: int = 0) -> None:
    tries = pushes_to_middleware(context.bank)
    assert len(tries) == times, f"TSG has pushed {len(tries)} times, not {times}: {[each.status for each in tries]}"


@then("TSG has waited longer before each try")
def gaps_have_grown(context: Context) -> None:
    tries = [each.at for each in pushes_to_middleware(context.bank)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert len(gaps) > 1, f"there were {len(tries)} tries"
    assert gaps == sorted(set(gaps)), f"the gaps were {[str(gap) for gap in gaps]}"


@then("TSG has waited more than {least:Duration}, and at most {most:Duration}, before each try")
def gaps_are_within(context: Context, least: timedelta, most: timedelta) -> None:
    tries = [each.at for each in pushes_to_middleware(context.bank)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert len(gaps) > 1, f"there were {len(tries)} tries"
    assert all(least < gap <= most for gap in gaps), f"the gaps were {[str(gap) for gap in gaps]}"


@then("the middleware has not accepted the push")
def push_not_accepted(context: Context) -> None:
    answers = [each.status for each in pushes_to_middleware(context.bank)]
    answers += [reply.status for reply in context.bank.brought]
    assert answers, "the middleware has been sent no push"
    assert not [status for status in answers if status in ACKNOWLEDGED], f"the middleware has answered {answers}"


@then("the middleware has accepted the push")
def push_accepted(context: Context) -> None:
    answers = [each.status for each in pushes_to_middleware(context.bank)]
    answers += [reply.status for reply in context.bank.brought]
    assert answers, "the middleware has been sent no push"
    assert set(answers) <= set(ACKNOWLEDGED), f"the middleware has answered {answers}"


@then("no registration has begun for {name:Name}")
def nothing_begun(context: Context, name: str) -> None:
    seen = context.bank.seen[name]
    assert seen.refused, f"{name} was not refused: {seen}"
    assert not seen.registration, f"{name} has a registration: {seen}"


@then("{name:Name}'s {code:Code} code {working:Working}")
def code_works(context: Context, name: str, code: tuple[Via, int], working: bool) -> None:
    seen = context.bank.acts(name).enter_code(context.bank.actor(Mailbox, name).code(*code))
    assert seen.reason is (None if working else Reason.WRONG_CODE), f"the code was answered with {seen}"


@then("{name:Name} can no longer continue the first attempt")
def first_attempt_is_dead(context: Context, name: str) -> None:
    seen = context.bank.acts(name).go_back_to_first_attempt()
    assert seen.reason in (Reason.TOKEN_REJECTED, Reason.TIMED_OUT), f"the first attempt should be over: {seen}"


@step("{name:Name}'s first sign-up code no longer works")
def first_sign_up_code_is_void(context: Context, name: str) -> None:
    owner = context.bank.actor(PhoneOwner, name)
    seen = owner.phone.type_code(owner.mailbox.codes(owner.via)[0])
    assert seen.reason is Reason.WRONG_SIGN_UP_CODE, f"the first code should be void by now: {seen}"


@then('{name:Name} is registered as "{user_id:Text}"')
def is_registered(context: Context, name: str, user_id: str) -> None:
    customer, seen = context.bank.actor(Customer, name), context.bank.seen[name]
    assert customer.page is Page.REGISTERED, f"{name} is asked {customer.page}: {seen}"
    assert seen.user_id == user_id, f"{name} is registered as {seen.user_id}"


@then("{name:Name} can log in to the web site")
def can_log_in(context: Context, name: str) -> None:
    seen = context.bank.acts(name).log_in_to_site(*context.bank.person(name).credentials)
    assert not seen.refused, f"{name} cannot log in: {seen}"


@then('"{password:Text}" lets nobody in as "{user_id:Text}"')
def cannot_log_in(context: Context, password: str, user_id: str) -> None:
    seen = login.to_site(context.bank.wire, user_id, password)
    assert seen.refused, f"{password} lets somebody in as {user_id}"


@then("the web site asks {name:Name} to log in from now on")
def is_asked_to_log_in(context: Context, name: str) -> None:
    customer = context.bank.actor(Customer, name)
    customer.start()
    assert customer.page is Page.LOG_IN, f"{name} is asked {customer.page}"


def status_of(context: Context, name: str, is_wanted: Callable[[PhoneStatus], bool]) -> PhoneStatus:
    """Return a phone's status, having given an external system a while to bring it where it is wanted."""
    holder = context.bank.actor(PhoneOwner, name)
    if context.bank.system.is_external:
        wait_while(lambda: not is_wanted(holder.status))
    return holder.status


@step("{name:Name}'s phone is {status:Status}")
def phone_is(context: Context, name: str, status: PhoneStatus) -> None:
    found = status_of(context, name, lambda found: found is status)
    assert found is status, f"{name}'s phone is {found}"


@then("{name:Name}'s phone has come as far as {status:Status}")
def phone_has_come_as_far_as(context: Context, name: str, status: PhoneStatus) -> None:
    found = status_of(context, name, lambda found: AS_FAR_AS.index(found) >= AS_FAR_AS.index(status))
    assert AS_FAR_AS.index(found) >= AS_FAR_AS.index(status), f"{name}'s phone is {found}"


@then("{name:Name} has {phones:Phones} on the Auth Service")
def auth_service_knows(context: Context, name: str, phones: int) -> None:
    own = {phone.em_cert_id for phone in context.bank.actor(PhoneOwner, name).phones}
    known = own.intersection(context.bank.actor(Institution, name).devices())
    assert len(known) == phones, f"the Auth Service knows {len(known)} phones of {name}, not {phones}"
