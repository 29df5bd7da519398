"""Givens about people, the bank's rules, what goes wrong between the systems, and time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from behave import given, step
from behave.runner import Context


@given("{name:Name}, {kind:Kind}")
def somebody(context: Context, name: str, kind: dict[str, Any]) -> None:
    context.bank.expect(name, kind)


@given('{name:Name}, {kind:KindWith} "{text:Text}"')
def somebody_with(context: Context, name: str, kind: Callable[[str], dict[str, Any]], text: str) -> None:
    context.bank.expect(name, kind(text))


@given("the bank's rule is that {rule:Rule}")
def rule_of_the_bank(context: Context, rule: dict[str, Any]) -> None:
    context.bank.rule(rule)


@given("asking {request:Request} {trouble:Trouble}")
def trouble(context: Context, request: tuple[str, str, str], trouble: dict[str, Any]) -> None:
    service, method, path = request
    context.bank.harm({"service": service, "method": method, "path": path, **trouble})


@given("TSG's word of a sign-up {effect:PushTrouble}")
def trouble_with_the_push(context: Context, effect: dict[str, Any]) -> None:
    context.bank.harm({"service": "tsg", "path": "push", "effect": effect})


@step("{duration:Duration} pass")
def time_passes(context: Context, duration: timedelta) -> None:
    context.bank.pass_time(duration)
