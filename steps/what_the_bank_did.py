"""What the bank's systems did, and what they did not do."""

import itertools
from datetime import datetime

from behave import then
from behave.runner import Context

from steps.support.careless_site import CarelessSite
from steps.support.mailbox import Mailbox
from steps.support.phone import BankApp
from steps.support.web_visit import WebVisit, lets_in


@then("{asker:Asker} has {times:Times} asked {request:Request}")
def has_asked(context: Context, asker: frozenset[str], times: int, request: tuple[str, str, str]) -> None:
    asked = [each for each in context.bank.exchanges(*request) if each["caller"] in asker]
    assert len(asked) == times, f"{request[1]} {request[2]} came {len(asked)} times, not {times}"


@then("TSG has waited longer before each further try")
def gaps_have_grown(context: Context) -> None:
    tries = [datetime.fromisoformat(each["at"]) for each in context.bank.exchanges("orchestrator", "POST", "/tsg/push")]
    gaps = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert len(gaps) > 1, f"there were {len(tries)} tries"
    assert gaps == sorted(set(gaps)), f"the gaps were {[str(gap) for gap in gaps]}"


@then("the middleware has not accepted TSG's word of the sign-up")
def push_not_accepted(context: Context) -> None:
    pushed = context.bank.exchanges("orchestrator", "POST", "/tsg/push")
    assert pushed, "TSG has not told the middleware of any sign-up"
    accepted = [each["id"] for each in pushed if each["status"] < 400]
    assert not accepted, f"the middleware has accepted {accepted}"


@then("no registration is left for {name:Name}")
def nothing_left(context: Context, name: str) -> None:
    answer = context.bank.told[name]
    assert answer.refused, f"{name} was not refused: {answer}"
    assert not answer.body.get("id"), f"{name} has a registration: {answer}"


@then("the {code:Code} code of {name:Name} {working:Working}")
def code_works(context: Context, code: tuple[str, int], name: str, working: bool) -> None:
    answer = context.bank.actor(WebVisit, name).enter_code(context.bank.actor(Mailbox, name).code(*code))
    assert answer.reason == ("" if working else "INVALID_OTP"), f"the code was answered with {answer}"


@then("the first attempt of {name:Name} leads nowhere")
def first_attempt_is_dead(context: Context, name: str) -> None:
    answer = context.bank.actor(WebVisit, name).go_on_with_first_attempt()
    assert answer.reason == "UNAUTHORIZED", f"the first attempt should be over: {answer}"


@then("the first sign-up code of {name:Name} no longer works")
def first_sign_up_code_is_void(context: Context, name: str) -> None:
    app = context.bank.actor(BankApp, name)
    heard = app.phone.type_code(app.mailbox.codes(app.via)[0])
    assert heard.reason == "SIGN_UP_CODE_INVALID", f"the first code should be void by now: {heard}"


@then('{name:Name} is registered as "{user_id:Text}"')
def is_registered(context: Context, name: str, user_id: str) -> None:
    site = context.bank.actor(WebVisit, name)
    assert site.status == "Registered", f"{name} is at {site.status}: {context.bank.told[name]}"
    assert context.bank.told[name].details.get("userId") == user_id, f"{context.bank.told[name].details}"


@then("{name:Name} can log in to the web site")
def can_log_in(context: Context, name: str) -> None:
    site = context.bank.actor(WebVisit, name)
    assert lets_in(context.bank, site.person.username, site.person.password), f"{name} cannot log in"


@then('"{password:Text}" does not let anybody in as "{user_id:Text}"')
def cannot_log_in(context: Context, password: str, user_id: str) -> None:
    assert not lets_in(context.bank, user_id, password), f"{password} lets somebody in as {user_id}"


@then("{name:Name} is known from now on")
def is_known(context: Context, name: str) -> None:
    site = context.bank.actor(WebVisit, name)
    site.start()
    assert site.status == "Login_Required", f"{name} is at {site.status}"


@then("the careless web site is told that {reason:Reason}")
def careless_site_is_told(context: Context, reason: str) -> None:
    site: CarelessSite = context.careless_site
    assert site.said.refused, f"the careless web site was not refused: {site.said.body}"
    assert site.said.body["errorCode"] == f"REGSRVC.{reason}", f"it is told {site.said.body}"


@then("the careless web site is let on")
def careless_site_is_let_on(context: Context) -> None:
    said = context.careless_site.said
    assert not said.refused, f"the careless web site was refused: {said.body}"


@then("the phone of {name:Name} is {status:Status}")
def phone_is(context: Context, name: str, status: str) -> None:
    app = context.bank.actor(BankApp, name)
    assert app.status == status, f"{name}'s phone is {app.status}; it went through {app.history}"


@then("the phone of {name:Name} has become {status:Status}")
def phone_has_become(context: Context, name: str, status: str) -> None:
    history = context.bank.actor(BankApp, name).history
    assert status in history, f"{name}'s phone went through {history}"


@then("the Auth Service knows {phones:Phones} of {name:Name}")
def auth_service_knows(context: Context, phones: int, name: str) -> None:
    app = context.bank.actor(BankApp, name)
    known = app.known_phones()
    assert len(known) == phones, f"the Auth Service knows {len(known)} phones of {name}, not {phones}"
