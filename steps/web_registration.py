"""What people do on the bank's web site, and what a careless web site does for them."""

from collections.abc import Callable
from datetime import timedelta

from behave import given, step, when
from behave.runner import Context

from steps.support.careless_site import CarelessSite
from steps.support.mailbox import Mailbox
from steps.support.talk import Answer
from steps.support.web_visit import WebVisit


def visit(context: Context, name: str) -> WebVisit:
    found: WebVisit = context.bank.actor(WebVisit, name)
    return found


@given("{name:Name} is asked {point:Point}")
def is_asked(context: Context, name: str, point: tuple[str, str | None]) -> None:
    visit(context, name).reach(point[0])


@given('{name:Name} has chosen the user id "{user_id:Text}" and a password')
def has_chosen_both(context: Context, name: str, user_id: str) -> None:
    site = visit(context, name)
    site.user_id = user_id
    site.reach("Password_Validated")


@given('{name:Name} has registered on the web site as "{user_id:Text}"{later:Later}')
def has_registered(context: Context, name: str, user_id: str, later: timedelta) -> None:
    if later:
        context.bank.pass_time(later)
    site = visit(context, name)
    site.user_id = user_id
    site.reach("Registered")


@step("{name:Name} starts to register {how:HowToStart}")
def starts(context: Context, name: str, how: tuple[str, dict[str, str | None]]) -> None:
    visit(context, name).start(*how)


@when("{name:Name} enters the {code:Code} code")
def enters_code(context: Context, name: str, code: tuple[str, int]) -> None:
    visit(context, name).enter_code(context.bank.actor(Mailbox, name).code(*code))


@step("{name:Name} enters a wrong code {times:Times}")
def enters_wrong_code(context: Context, name: str, times: int) -> None:
    for _ in range(times):
        visit(context, name).enter_wrong_code()


@given("{name:Name} waits and gets a further code {times:Times}")
def gets_further_codes(context: Context, name: str, times: int) -> None:
    for _ in range(times):
        answer = visit(context, name).wait_and_ask_for_another_code()
        assert not answer.refused, f"{name} got no further code: {answer}"


@when("{name:Name} asks {question:Question}")
def asks(context: Context, name: str, question: Callable[[WebVisit], Answer]) -> None:
    question(visit(context, name))


@step("{name:Name} gives the details of the {card:Card}")
def gives_card(context: Context, name: str, card: str) -> None:
    visit(context, name).give_card(card)


@when("{name:Name} gives the details of the replaced card")
def gives_replaced_card(context: Context, name: str) -> None:
    site = visit(context, name)
    site.give(site.person.unusable_card())


@when("{name:Name} gets {detail:Detail} of the {card:Card} wrong {times:Times}")
def gets_detail_wrong(context: Context, name: str, detail: str, card: str, times: int) -> None:
    for _ in range(times):
        visit(context, name).give_wrong_card(detail, card)


@step('{name:Name} chooses the user id "{user_id:Text}"')
def chooses_user_id(context: Context, name: str, user_id: str) -> None:
    visit(context, name).choose_user_id(user_id)


@when('{name:Name} chooses the password "{password:Text}"')
def chooses_password(context: Context, name: str, password: str) -> None:
    visit(context, name).choose_password(password)


@when("{name:Name} confirms the password")
def confirms_password(context: Context, name: str) -> None:
    visit(context, name).set_password()


@when('{name:Name} sets the password "{password:Text}" and confirms it as "{confirmation:Text}"')
def sets_password(context: Context, name: str, password: str, confirmation: str) -> None:
    visit(context, name).set_password(password, confirmation)


@given("a careless web site has {name:Name} asked {point:Point}")
def careless_site_has_asked(context: Context, name: str, point: tuple[str, str | None]) -> None:
    context.careless_site = context.bank.actor(CarelessSite, name)
    context.careless_site.reach(point[0])


@given("the careless web site enters a wrong {code:Code} code {times:Times}")
def careless_site_enters_wrong_codes(context: Context, code: tuple[str, int], times: int) -> None:
    for _ in range(times):
        context.careless_site.enter_code(code[0], rightly=False)


@when("the careless web site enters the {code:Code} code {token:Token}")
def careless_site_enters_code(context: Context, code: tuple[str, int], token: str | None) -> None:
    context.careless_site.enter_code(code[0], token)


@when("the careless web site enters the {code:Code} code on {page:Page}")
def careless_site_enters_code_on(context: Context, code: tuple[str, int], page: str) -> None:
    context.careless_site.enter_code_on(page, code[0])


@when("the careless web site sets a password")
def careless_site_sets_password(context: Context) -> None:
    context.careless_site.set_password()
