"""A client that calls Cymmetri directly: what it does for a person, and what it is told."""

from collections.abc import Callable
from datetime import timedelta

from registration_sandbox.drivers.vocabulary import Page, Reason, Via
from steps.support.bank import Bank
from steps.support.client_acts import (
    ClientAct,
    TokenOf,
    do_everything_again,
    try_everything_but,
    try_everything_with,
)
from steps.support.customer import Customer
from steps.support.direct_client import DirectClient
from steps.support.sentences import Context, given, step, then, when


@given("{name:Name} uses a client that calls Cymmetri directly, and is asked {page:Point}")
def uses_direct_client(context: Context, name: str, page: Page) -> None:
    context.client = context.bank.actor(DirectClient, name)
    context.client.reach(page)


@given("{name:Name} has registered with a client that calls Cymmetri directly")
def has_registered_directly(context: Context, name: str) -> None:
    uses_direct_client(context, name, Page.REGISTERED)


@given("{name:Name} has logged in with a client that calls Cymmetri directly")
def has_logged_in_directly(context: Context, name: str) -> None:
    context.client = context.bank.actor(DirectClient, name)
    context.client.calls.token = context.client.log_in_token(*context.client.person.credentials)


@when("{name:Name} tries to log in with a wrong password and a client that calls Cymmetri directly")
def tries_to_log_in_directly(context: Context, name: str) -> None:
    context.client = context.bank.actor(DirectClient, name)
    context.client.log_in_wrongly()


@step("the client asks who has logged in")
def client_asks_who(context: Context) -> None:
    context.client.ask_who_has_logged_in()


@when("the client asks who has logged in {show:LoginToken}")
def client_asks_who_with(context: Context, show: Callable[[DirectClient], None]) -> None:
    show(context.client)
    context.client.ask_who_has_logged_in()


@then("the client is told that {name:Name} has logged in")
def client_is_told_who(context: Context, name: str) -> None:
    told = context.client.calls.reply.body.get("cif")
    assert told == context.bank.person(name).cif, f"the client is told {context.client.seen}"


@step("the client {act:ClientAct}")
@step("the client {act:ClientAct} {times:Times}")
def client_acts(context: Context, act: ClientAct, times: int = 1) -> None:
    for _ in range(times):
        context.client.act(act.perform)


@step("the client {act:ClientAct} {token:Token}")
@step("the client {act:ClientAct} {token:Token} {times:Times}")
def client_acts_with_token(context: Context, act: ClientAct, token: TokenOf, times: int = 1) -> None:
    for _ in range(times):
        context.client.act(act.perform, token(context.client, act))


@when("the client {act:ClientAct} with {name:Name}'s token")
def client_acts_with_token_of(context: Context, act: ClientAct, name: str) -> None:
    context.client.act(act.perform, context.bank.actor(DirectClient, name).calls.token)


@when("the client {act:ClientAct} with the token of {name:Name}'s login")
def client_acts_with_log_in_token(context: Context, act: ClientAct, name: str) -> None:
    context.client.act(act.perform, context.client.log_in_token(*context.bank.actor(Customer, name).person.credentials))


@when("the client {act:ClientAct} with the token of the same registration at another bank")
def client_acts_with_token_of_another_world(context: Context, act: ClientAct) -> None:
    elsewhere: Bank = context.bank.twin()
    context.add_cleanup(elsewhere.close)
    twin = elsewhere.actor(DirectClient, context.client.person.name)
    assert context.client.page is not None
    twin.reach(context.client.page)
    context.client.act(act.perform, twin.calls.token)


@when("the client enters the {code:Code} code on {page:Page}")
def client_enters_code_on(context: Context, code: tuple[Via, int], page: str) -> None:
    context.client.enter_code_on(page, code[0])


@when("the client gives a wrong PIN of the debit card {times:Times} at once")
def client_guesses_at_once(context: Context, times: int) -> None:
    context.client.guess_at_once(times)


@when("the client tries everything")
@when("the client tries everything but to {acts:ClientActs}")
def client_tries_everything_but(context: Context, acts: tuple[str, ...] | list[str] = ()) -> None:
    try_everything_but(context.client, acts)


@when("the client tries everything {token:Token}")
def client_tries_everything_with(context: Context, token: TokenOf) -> None:
    try_everything_with(context.client, token)


@when("the client does everything again with the tokens that it has used")
def client_does_everything_again(context: Context) -> None:
    do_everything_again(context.client)


@then("the client is told that {reason:Reason}")
def client_is_told(context: Context, reason: Reason) -> None:
    assert context.client.seen.reason is reason, f"the client is told {context.client.seen}"


@then("the client is told that {attempts:Attempts} left")
def client_is_told_attempts(context: Context, attempts: int) -> None:
    left = context.client.seen.attempts_left
    assert left == attempts, f"{attempts} should be left, not {left}: {context.client.seen}"


@then("the client is told each time that {reason:Reason}")
def client_is_told_each_time(context: Context, reason: Reason) -> None:
    tries = context.client.tries
    assert tries, "the client has tried nothing"
    others = {name: str(seen) for name, seen in tries.items() if seen.reason is not reason}
    assert not others, f"the client should be told that {reason}, but: {others}"


@then("the client is told that access is blocked {end:BlockEnd}")
def client_is_told_end_of_block(context: Context, end: str | None) -> None:
    seen = context.client.seen
    assert seen.reason is Reason.BLOCKED, f"the client is told {seen}"
    assert context.bank.clock.is_at(seen.block_ends, end), f"the block is told to end at {seen.block_ends}, not {end}"


@then("the client is told to wait {duration:Duration}")
def client_is_told_to_wait(context: Context, duration: timedelta) -> None:
    seen = context.client.seen
    assert seen.reason is Reason.TOO_SOON, f"the client is told {seen}"
    assert seen.later, f"no header says when to try again: {seen}"
    assert seen.retry_after == int(duration.total_seconds()), f"the client is told {seen.retry_after} s: {seen}"


@then("the client goes on to the next step")
def client_goes_on(context: Context) -> None:
    assert not context.client.seen.refused, f"the client was refused: {context.client.seen}"


@then("the client can still continue")
def client_can_continue(context: Context) -> None:
    seen = context.client.go_on()
    assert not seen.refused, f"the client was refused: {seen}"


@then("the refusal looks like {outcome:Outcome}")
def refusal_looks_like(context: Context, outcome: bool) -> None:
    reply = context.client.calls.reply
    assert reply.refused is outcome, f"to a client that does not read it, this looks otherwise: {reply}"
