"""TSG's pushes: what they say, to whom they go, how often they are tried, and who has taken them."""

import json
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from simulators.kit.clock import parse, wall_now
from steps.device_registration import owner
from steps.observers.journals import (
    ACKNOWLEDGED,
    list_push_numbers,
    list_push_tries,
    pushes,
    references,
    was_handed_on,
)
from steps.support.courier import Arrival, Courier
from steps.support.own_receiver import OwnReceiver
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, given, step, then, when

A_WHILE = 120
"""More seconds of real time than a scenario takes."""


@given("TSG's push has the external_reference of {other:Name}'s sign-up")
def push_with_reference_of(context: Context, other: str) -> None:
    context.bank.open()
    tamper_with_reference(context, references(context.bank)[other])


@given("TSG's push has the external_reference of {name:Name}'s first sign-up")
def push_with_first_reference(context: Context, name: str) -> None:
    context.bank.open()
    tamper_with_reference(context, references(context.bank, 0)[name])


def tamper_with_reference(context: Context, reference: str) -> None:
    effect = {"tamper": {"field": "external_reference", "value": reference}}
    context.bank.harm({"service": "tsg", "path": "push", "effect": effect})


@step("the push about {name:Name}'s phone reaches {receiver:Receiver} {arrival:Arrival}")
def push_reaches(context: Context, name: str, receiver: str, arrival: Arrival) -> None:
    context.bank.actor(Courier, name).bring(receiver, owner(context, name).phone, arrival)


@when("TSG sends its first push again")
def tsg_sends_again(context: Context) -> None:
    context.bank.resend_first_push()


@then("TSG has pushed the sign-up to the Auth Service {times:Times}")
def has_pushed_to_auth_service(context: Context, times: int) -> None:
    tries = context.bank.exchanges("auth_service", "POST", "/tsg/push")
    assert len(tries) == times, f"TSG has pushed {len(tries)} times, not {times}"


@then("the Auth Service has not handed the push on")
def not_handed_on(context: Context) -> None:
    assert not was_handed_on(context.bank), "the Auth Service has handed the push on"


@then("TSG has pushed the sign-up without a credential")
def has_pushed_no_credential(context: Context) -> None:
    tries = list_push_tries(context.bank)
    assert tries, "TSG has pushed nothing"
    assert all("credential" not in each.request["data"] for each in tries), f"TSG has pushed {tries}"


@then("TSG has not been told that the push was taken")
def has_not_been_acknowledged(context: Context) -> None:
    tries = pushes(context.bank)
    assert tries, "TSG has pushed nothing"
    assert not any(each.accepted for each in tries), f"TSG was answered {[each.status for each in tries]}"


@then("TSG has been told {times:Times} that a push was taken")
def has_been_acknowledged(context: Context, times: int) -> None:
    tries = pushes(context.bank)
    accepted = [each for each in tries if each.accepted]
    assert len(accepted) == times, f"TSG was answered {[each.status for each in tries]}"


@then("every try of the push had the same number, and each push another one")
def tries_have_one_number(context: Context) -> None:
    numbers = list_push_numbers(context.bank)
    assert len(numbers) > 1, f"TSG has pushed about {len(numbers)} phones"
    assert any(len(tries) > 1 for tries in numbers.values()), f"nothing was pushed again: {numbers}"
    assert all(len(set(tries)) == 1 for tries in numbers.values()), f"the tries had these numbers: {numbers}"
    assert len({tries[0] for tries in numbers.values()}) == len(numbers), f"the pushes had these numbers: {numbers}"


@then("TSG has signed its push by the machine's clock, and told the world's time with it")
def push_tells_both_times(context: Context) -> None:
    tries = list_push_tries(context.bank)
    assert tries, "TSG has pushed nothing"
    for each in tries:
        told, signed = each.request_headers["Sandbox-Now"], each.request_headers["webhook-timestamp"]
        assert parse(told) == each.at, f"the push tells {told}, and the world's time was {each.at}"
        assert abs(wall_now().timestamp() - int(signed)) < A_WHILE, f"the push was signed at {signed}"


@given("the bank's rule is that TSG pushes to a receiver that asks for a minute's rest {retry_date:RetryDate}")
def pushes_to_own_receiver(context: Context, retry_date: Callable[[datetime], datetime]) -> None:
    context.receiver = OwnReceiver(retry_date, context.bank.clock.shown)
    url = context.receiver.start()
    context.add_cleanup(context.receiver.stop)
    context.bank.rule({"tsg": {"completion": "push", "push_url": url}})


@then("the receiver has been sent the push {times:Times}")
def receiver_has_been_sent(context: Context, times: int) -> None:
    context.bank.settle()
    pushes = context.receiver.pushes
    assert len(pushes) == times, f"the receiver has been sent {len(pushes)} pushes"


@then("the receiver has been sent the credential as {name:Name}'s app has sent it")
def receiver_has_been_sent_credential(context: Context, name: str) -> None:
    context.bank.settle()
    sent = owner(context, name).sent_credential
    came = [json.loads(each)["data"]["credential"] for each in context.receiver.pushes]
    assert came, "the receiver has been sent no push"
    assert all(each == sent for each in came), f"the receiver has been sent {came}"


@then("TSG has not pushed anything")
def has_pushed_nothing(context: Context) -> None:
    tries = pushes(context.bank)
    assert not tries, f"TSG has pushed {len(tries)} times"


@then("TSG has tried for 24 hours, and no longer")
def has_tried_for_a_day(context: Context) -> None:
    tries = [each.at for each in pushes(context.bank)]
    hours = (tries[-1] - tries[0]).total_seconds() / 3600
    assert 23.5 < hours <= 24, f"TSG has tried for {hours:.2f} hours"


@then("TSG has waited five seconds before the next try, as it was asked to")
def has_waited_as_asked(context: Context) -> None:
    first, second = (each.at for each in pushes(context.bank)[:2])
    assert (second - first).total_seconds() == 5, f"TSG has waited {second - first}"


@then("TSG's push about {name:Name}'s phone has arrived before the one about {other:Name}'s phone")
def has_arrived_before(context: Context, name: str, other: str) -> None:
    about = [
        each.request["data"]["subject_id"] for each in list_push_tries(context.bank) if each.status in ACKNOWLEDGED
    ]
    wanted = [context.bank.actor(PhoneOwner, each).phone.em_cert_id for each in (name, other)]
    assert about == wanted, f"the pushes have arrived in this order: {about}"


@then("the middleware says that this was the first push of the sign-up")
def says_that_it_was_first(context: Context) -> None:
    answer = context.bank.brought[-1]
    assert answer.body.get("repeated") is False, f"the middleware answers {answer}"


@then("the middleware says that this push was a repetition")
def says_that_it_was_repeated(context: Context) -> None:
    answer = context.bank.brought[-1]
    assert answer.body.get("repeated") is True, f"the middleware answers {answer}"


@then('the middleware says that the push lacks its "{field:Text}"')
def says_what_push_lacks(context: Context, field: str) -> None:
    answer = context.bank.brought[-1]
    assert answer.body.get("field") == f"data.{field}", f"the middleware answers {answer}"


@then("nothing is said of the push but that it cannot be trusted")
def says_that_it_is_not_trusted(context: Context) -> None:
    answer = context.bank.brought[-1]
    assert answer.status == HTTPStatus.UNAUTHORIZED, f"the push is answered {answer}"
    assert "field" not in answer.body, f"the push is answered {answer}"


@then("TSG's pushes are listed in the order in which they were made")
def lists_pushes_in_order(context: Context) -> None:
    context.bank.settle_all()
    made = [each["tries"][0]["at"] for each in context.bank.list_pushes()]
    assert len(set(made)) > 3, f"TSG lists pushes made at {made}"
    assert made == sorted(made), f"TSG lists pushes made at {made}"


@then("TSG's push is listed as one to {system:System}")
def is_listed_as_one_to(context: Context, system: str) -> None:
    receivers = [each["receiver"] for each in context.bank.list_pushes()]
    assert receivers == [system], f"TSG's pushes are listed as going to {receivers}"
