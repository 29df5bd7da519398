"""What people are told: why something was refused, how many attempts are left, and when to come back."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import BrokenRule, Field, Page, Proof, Reason
from steps.support.customer import Customer
from steps.support.looking import look_as, refused_because
from steps.support.sentences import Context, then

NOT_FOR_EVERYONE = ("dormant", "closed", "deceased", "under age", "minor", "hotlisted", "expired")
"""What an answer must not say of a customer or a card."""

NOT_NEXT = (Reason.TOO_EARLY, Reason.OUT_OF_ORDER)
"""How systems tell that something is not what comes next: the site by itself, or Cymmetri."""


@then("{name:Name} is told that {reason:Reason}")
def is_told(context: Context, name: str, reason: Reason) -> None:
    refused_because(look_as(context, name), reason)


@then('{name:Name} is told "{words:Text}"')
def is_told_words(context: Context, name: str, words: str) -> None:
    seen = look_as(context, name)
    if words not in seen.message and not seen.verbatim:
        raise NotTried(f"the page says so in words of its own: {seen.message}")
    assert words in seen.message, f"{name} is told {seen.message!r}"


@then("{name:Name} is told that {attempts:Attempts} left")
def is_told_attempts(context: Context, name: str, attempts: int) -> None:
    left = look_as(context, name).attempts_left
    assert left == attempts, f"{attempts} should be left, not {left}: {look_as(context, name)}"


@then("{name:Name} still has {attempts:Attempts}")
def still_has_attempts(context: Context, name: str, attempts: int) -> None:
    customer = context.bank.actor(Customer, name)
    if customer.page is Page.PROOF:
        seen = customer.give_wrong_card(Field.PIN, Proof.DEBIT_CARD)
    else:
        customer.wait_and_ask_for_another_code()
        seen = customer.enter_wrong_code()
    left = 0 if seen.reason is Reason.BLOCKED else seen.attempts_left
    assert left == attempts - 1, f"one more mistake should leave {attempts - 1} attempts, not {left}: {seen}"


@then("{name:Name} still has {attempts:Attempts} after starting again")
def still_has_attempts_after_starting_again(context: Context, name: str, attempts: int) -> None:
    context.bank.actor(Customer, name).start()
    still_has_attempts(context, name, attempts)


@then("{name:Name} still has {attempts:Attempts} at the card")
def still_has_attempts_at_card(context: Context, name: str, attempts: int) -> None:
    context.bank.actor(Customer, name).reach(Page.PROOF)
    still_has_attempts(context, name, attempts)


@then("{name:Name} is told that access is blocked {end:BlockEnd}")
def is_blocked(context: Context, name: str, end: str | None) -> None:
    seen = look_as(context, name)
    refused_because(seen, Reason.BLOCKED)
    assert context.bank.clock.is_at(seen.block_ends, end), f"the block is told to end at {seen.block_ends}, not {end}"


@then("{name:Name} is told that this does not come next")
def is_told_that_this_is_not_next(context: Context, name: str) -> None:
    seen = look_as(context, name)
    assert seen.reason in NOT_NEXT, f"another step should come first: {seen}"


@then("{name:Name} is not refused")
def is_not_refused(context: Context, name: str) -> None:
    seen = look_as(context, name)
    assert seen.went_well, f"{name} was refused: {seen}"


@then("{name:Name} is told to come back in {duration:Duration}")
def is_told_to_come_back(context: Context, name: str, duration: timedelta) -> None:
    seen = look_as(context, name)
    assert seen.refused, f"{name} was not refused: {seen}"
    assert seen.retry_after == int(duration.total_seconds()), f"{name} is told {seen.retry_after} s: {seen}"


@then("{name:Name} is told that another code can be sent in {duration:Duration}")
def is_told_pause(context: Context, name: str, duration: timedelta) -> None:
    seen = look_as(context, name)
    assert seen.went_well, f"{name} was refused: {seen}"
    assert seen.retry_after == int(duration.total_seconds()), f"{name} is told {seen.retry_after} s: {seen}"


@then("{name:Name} is told that the code has {digits:Digits} and is valid for {duration:Duration}")
def is_told_of_code(context: Context, name: str, digits: int, duration: timedelta) -> None:
    seen = look_as(context, name)
    told = (seen.code_length, timedelta(minutes=seen.code_minutes or 0))
    assert told == (digits, duration), f"{name} is told of {told[0]} digits and {told[1]}: {seen}"


@then("{name:Name} is told the same as {other:Name}")
def is_told_the_same(context: Context, name: str, other: str) -> None:
    told, told_other = (look_as(context, each) for each in (name, other))
    assert (told.reason, told.message) == (told_other.reason, told_other.message), f"{told}, but {other}: {told_other}"
    assert told.refused, f"{name} was not refused: {told}"


@then("{name:Name} is given the same answer as before")
def is_given_same_answer(context: Context, name: str) -> None:
    now, before = (replace(seen[name], everything="") for seen in (context.bank.seen, context.bank.seen_before))
    assert now == before, f"{now!r}, but before: {before!r}"


@then("{name:Name} is told to wait {duration:Duration}")
def is_told_to_wait(context: Context, name: str, duration: timedelta) -> None:
    seen = look_as(context, name)
    refused_because(seen, Reason.TOO_SOON)
    seconds = int(duration.total_seconds())
    assert seen.retry_after == seconds, f"{name} is told to wait {seen.retry_after} s: {seen}"


@then("{name:Name}'s browser is told to wait {duration:Duration}")
def browser_is_told_to_wait(context: Context, name: str, duration: timedelta) -> None:
    """Look for what a program reads: the words for the person are not meant for it."""
    seen = look_as(context, name)
    if not seen.verbatim:
        raise NotTried("a page tells the person, and nobody else")
    assert seen.refused, f"{name} was not refused: {seen}"
    if not seen.later and context.bank.system.is_external:
        raise NotTried(f"{context.bank.system.name} tells the person alone when to try again, and need not do more")
    assert seen.later, f"nothing but the words says when to try again: {seen}"
    assert seen.retry_after == int(duration.total_seconds()), f"the browser is told {seen.retry_after} s: {seen}"


@then("{name:Name} is not told why")
def is_not_told_why(context: Context, name: str) -> None:
    seen = look_as(context, name)
    answer = seen.everything if seen.verbatim else seen.message
    refusals = [each for each in context.bank.exchanges("cymmetri") if each.status >= HTTPStatus.BAD_REQUEST]
    answers = [answer, *(str(each.answer) for each in refusals[-1:])]  # pages of others may show what Cymmetri says
    telling = [word for word in NOT_FOR_EVERYONE if any(word in each.lower() for each in answers)]
    assert not telling, f"the answer tells {telling}"
    assert seen.field is None, f"the answer names {seen.field}"


@then("{name:Name} is told what is wrong with {field:Field}")
def is_told_field(context: Context, name: str, field: Field) -> None:
    seen = look_as(context, name)
    refused_because(seen, Reason.MALFORMED)
    assert seen.field is field, f"the answer names {seen.field}, not {field}: {seen}"


@then("{name:Name} is told that the password {rule:BrokenRule}")
def is_told_broken_rule(context: Context, name: str, rule: BrokenRule) -> None:
    seen = look_as(context, name)
    refused_because(seen, Reason.BAD_PASSWORD)
    assert rule in seen.broken_rules, f"the broken rules are {', '.join(seen.broken_rules)}"


@then("{name:Name} is told of {number:Rules}")
def is_told_of_rules(context: Context, name: str, number: int) -> None:
    rules = look_as(context, name).broken_rules
    assert len(rules) == number, f"the broken rules are {', '.join(rules)}"


@then("{name:Name} is told nothing about anybody else")
def is_told_of_nobody(context: Context, name: str) -> None:
    others = [person for person in context.bank.everybody() if person.name != name]
    said = look_as(context, name).everything
    telling = [one.name for one in others if any(fact in said for fact in (one.name, one.cif, one.username) if fact)]
    assert not telling, f"{name} is told of {telling}"
