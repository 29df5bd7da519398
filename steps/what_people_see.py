"""What people see: what the web site and the app ask, and what they are told."""

import re
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import (
    ASKED_FOR,
    BrokenRule,
    Field,
    Page,
    Possibility,
    Proof,
    Reason,
    Via,
)
from steps.support.acting import can_act
from steps.support.customer import Customer
from steps.support.masks import mask
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, leave_to_web_sites, then

NOT_FOR_EVERYONE = ("dormant", "closed", "deceased", "under age", "minor", "hotlisted", "expired")
"""What an answer must not say of a customer or a card."""

SHOWN_UNASKED = {Possibility.SEE_PROOFS: "ask_for_proofs", Possibility.SEE_USER_ID: "ask_for_user_id"}
"""What some pages show on their own, so that nobody can ask for it there."""

NOT_NEXT = (Reason.TOO_EARLY, Reason.OUT_OF_ORDER)
"""How systems tell that something is not what comes next: the site by itself, or Cymmetri."""

TOKEN = re.compile(r'"token"\s*:\s*"')


def look_as(context: Context, name: str) -> Seen:
    """Return what a person saw last."""
    found: Seen = context.bank.seen[name]
    return found


def refused_because(seen: Seen, reason: Reason) -> None:
    assert seen.reason is reason, f"the reason should be that {reason}: {seen}"
    if reason is Reason.TRY_LATER:
        assert seen.later, f"it does not say when to try again: {seen}"


@then("{name:Name} is asked {page:Point}")
def is_asked(context: Context, name: str, page: Page) -> None:
    shown = context.bank.acts(name).see_site()
    assert shown.place is page, f"{name} is asked {shown.place}: {look_as(context, name)}"
    needed = ASKED_FOR.get(page)
    assert needed is None or needed in shown.possible, f"{name} can only {', '.join(shown.possible)}"


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


@then("{name:Name} can have {number:MoreCodes} sent")
def can_have_sent(context: Context, name: str, number: int) -> None:
    left = look_as(context, name).resends_left
    assert left == number, f"{number} should be left, not {left}: {look_as(context, name)}"


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


@then("{name:Name} is shown only part of the {contact:Contact}")
def is_shown_part(context: Context, name: str, contact: Via) -> None:
    person, seen = context.bank.person(name), look_as(context, name)
    shown, whole = (seen.masked_email, person.email) if contact is Via.EMAIL else (seen.masked_mobile, person.mobile)
    assert whole is not None
    assert shown == mask(whole), f"{name} is shown {shown}: {seen}"
    telling = [secret for secret in (person.email, person.mobile, person.cif) if secret and secret in seen.everything]
    assert not telling, f"{name} is shown {telling}"


@then("{name:Name} is shown no token")
def is_shown_no_token(context: Context, name: str) -> None:
    leave_to_web_sites(context, "holds its tokens")
    assert not TOKEN.search(look_as(context, name).everything), f"{name} is shown a token"


@then('{name:Name} is shown the {contact:Contact} as "{mask:Text}"')
def is_shown_masked(context: Context, name: str, contact: Via, mask: str) -> None:
    seen = look_as(context, name)
    shown = seen.masked_email if contact is Via.EMAIL else seen.masked_mobile
    assert shown == mask, f"{name} is shown {shown}: {seen}"


@then("{name:Name} is told nothing about anybody else")
def is_told_of_nobody(context: Context, name: str) -> None:
    others = [person for person in context.bank.everybody() if person.name != name]
    said = look_as(context, name).everything
    telling = [one.name for one in others if any(fact in said for fact in (one.name, one.cif, one.username) if fact)]
    assert not telling, f"{name} is told of {telling}"


@then("{name:Name} can use {proofs:Proofs} as proof")
def can_use(context: Context, name: str, proofs: set[Proof]) -> None:
    offered = look_as(context, name).proofs
    assert offered is not None, f"{name} is offered nothing: {look_as(context, name)}"
    assert set(offered) == proofs, f"{name} is offered {', '.join(offered)}"
    assert len(offered) == len(proofs), f"{name} is offered {', '.join(offered)}"


@then("{name:Name} is shown {user_id:ShownUserId}")
def is_shown_user_id(context: Context, name: str, user_id: str | None) -> None:
    seen = look_as(context, name)
    assert not seen.refused, f"{name} was refused: {seen}"
    assert seen.user_id == user_id, f"{name} is shown {seen.user_id}"


@then("{name:Name} can {possibility:Possibility}")
def can_do(context: Context, name: str, possibility: Possibility) -> None:
    acts = context.bank.acts(name)
    shown = acts.see_app() if context.bank.actor(PhoneOwner, name).opened else acts.see_site()
    assert possibility in shown.possible, f"{name} can only {', '.join(shown.possible)}"


@then("{name:Name} can only {possibilities:Possibilities}")
def can_only_do(context: Context, name: str, possibilities: list[Possibility]) -> None:
    acts = context.bank.acts(name)
    on_their_own = {each for each, act in SHOWN_UNASKED.items() if not can_act(acts, act)}
    seen, wanted = acts.see_site(), set(possibilities) - on_their_own
    if not seen.verbatim and seen.possible < wanted:
        raise NotTried(f"the page offers only to {', '.join(sorted(seen.possible))}")
    assert seen.possible == wanted, f"{name} can {', '.join(seen.possible)}"


@then("{name:Name} can do nothing more on the web site")
def can_do_nothing(context: Context, name: str) -> None:
    shown = context.bank.acts(name).see_site()
    assert not shown.possible, f"{name} can {', '.join(shown.possible)}"
