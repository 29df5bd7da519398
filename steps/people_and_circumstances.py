"""Givens about people, the bank's rules, what goes wrong between the systems, and time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from registration_sandbox.drivers.cymmetri_calls import BASE
from steps.observers.journals import Request
from steps.support.circumstances import SEED_OF_EQUAL_CODES
from steps.support.sentences import Context, given, leave_to_web_sites, step


@given("{name:Name}, {kind:Kind}")
def somebody(context: Context, name: str, kind: dict[str, Any]) -> None:
    context.bank.expect(name, kind)


@given('{name:Name}, {kind:KindWith} "{text:Text}"')
def somebody_with(context: Context, name: str, kind: Callable[[str], dict[str, Any]], text: str) -> None:
    context.bank.expect(name, kind(text))


@given("the bank's rule is that {rule:Rule}")
def rule_of_the_bank(context: Context, rule: dict[str, Any]) -> None:
    context.bank.rule(rule)


@given("by chance the second code would be the same as the first")
def by_chance(context: Context) -> None:
    context.bank.choose_chance(SEED_OF_EQUAL_CODES)


@given("asking {request:Request} {trouble:Trouble}")
def trouble(context: Context, request: Request, trouble: dict[str, Any]) -> None:
    if request.path.startswith(BASE):
        leave_to_web_sites(context, "sees itself what becomes of its calls")
    context.bank.harm({"service": request.service, "method": request.method, "path": request.path, **trouble})


@given("TSG's push {trouble:PushTrouble}")
def trouble_with_the_push(context: Context, trouble: dict[str, Any]) -> None:
    context.bank.harm({"service": "tsg", "path": "push", **trouble})


@given("the bank's rule has become that {rule:Rule}")
def rule_has_become(context: Context, rule: dict[str, Any]) -> None:
    context.bank.change_rule(rule)


@step("everything works again")
def everything_works(context: Context) -> None:
    context.bank.mend()


@given("it is {instant:Instant}")
def it_is(context: Context, instant: datetime) -> None:
    context.bank.pass_time_until(instant)


@step("{duration:Duration} pass")
@step("{duration:Duration} passes")
def time_passes(context: Context, duration: timedelta) -> None:
    context.bank.pass_time(duration)
    if context.bank.system.is_external:
        context.bank.stir()  # it does on its own what has fallen due
