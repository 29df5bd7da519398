"""What people see: what the web site and the app ask, show and offer."""

import re

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.drivers.vocabulary import ASKED_FOR, Page, Possibility, Proof, Via
from steps.support.acting import can_act
from steps.support.looking import look_as
from steps.support.masks import mask
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, leave_to_web_sites, then

SHOWN_UNASKED = {Possibility.SEE_PROOFS: "ask_for_proofs", Possibility.SEE_USER_ID: "ask_for_user_id"}
"""What some pages show on their own, so that nobody can ask for it there."""

TOKEN = re.compile(r'"token"\s*:\s*"')


@then("{name:Name} is asked {page:Point}")
def is_asked(context: Context, name: str, page: Page) -> None:
    shown = context.bank.acts(name).see_site()
    assert shown.place is page, f"{name} is asked {shown.place}: {look_as(context, name)}"
    needed = ASKED_FOR.get(page)
    assert needed is None or needed in shown.possible, f"{name} can only {', '.join(shown.possible)}"


@then("{name:Name} is shown only part of the {contact:Contact}")
def is_shown_part(context: Context, name: str, contact: Via) -> None:
    person, seen = context.bank.person(name), look_as(context, name)
    shown, whole = (seen.masked_email, person.email) if contact is Via.EMAIL else (seen.masked_mobile, person.mobile)
    assert whole is not None
    assert shown == mask(whole), f"{name} is shown {shown}: {seen}"
    telling = [secret for secret in (person.email, person.mobile, person.cif) if secret and secret in seen.everything]
    assert not telling, f"{name} is shown {telling}"


@then('{name:Name} is shown the {contact:Contact} as "{mask:Text}"')
def is_shown_masked(context: Context, name: str, contact: Via, mask: str) -> None:
    seen = look_as(context, name)
    shown = seen.masked_email if contact is Via.EMAIL else seen.masked_mobile
    assert shown == mask, f"{name} is shown {shown}: {seen}"


@then("{name:Name} is shown no token")
def is_shown_no_token(context: Context, name: str) -> None:
    leave_to_web_sites(context, "holds its tokens")
    assert not TOKEN.search(look_as(context, name).everything), f"{name} is shown a token"


@then("{name:Name} is shown {user_id:ShownUserId}")
def is_shown_user_id(context: Context, name: str, user_id: str | None) -> None:
    seen = look_as(context, name)
    assert not seen.refused, f"{name} was refused: {seen}"
    assert seen.user_id == user_id, f"{name} is shown {seen.user_id}"


@then("{name:Name} can use {proofs:Proofs} as proof")
def can_use(context: Context, name: str, proofs: set[Proof]) -> None:
    offered = look_as(context, name).proofs
    assert offered is not None, f"{name} is offered nothing: {look_as(context, name)}"
    assert set(offered) == proofs, f"{name} is offered {', '.join(offered)}"
    assert len(offered) == len(proofs), f"{name} is offered {', '.join(offered)}"


@then("{name:Name} can have {number:MoreCodes} sent")
def can_have_sent(context: Context, name: str, number: int) -> None:
    left = look_as(context, name).resends_left
    assert left == number, f"{number} should be left, not {left}: {look_as(context, name)}"


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
