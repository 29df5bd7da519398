"""What testers do with the sandbox itself, and what it shows them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from simulators.kit.clock import parse, stamp
from steps.observers.handset import Phone
from steps.observers.journals import Request
from steps.observers.tester import clocks_shown
from steps.sandbox_promises import ANY_CALL
from steps.support.phone_owner import PhoneOwner
from steps.support.sentences import Context, given, step, then, when
from steps.support.tester import Tester

A_WHILE = timedelta(minutes=2)
"""More real time than a scenario takes."""


@step("a tester sets the clock to {instant:Instant}")
def sets_clock(context: Context, instant: datetime) -> None:
    Tester(context.bank).move_clock(set=stamp(instant))


@step("a tester lets the clock run")
def lets_clock_run(context: Context) -> None:
    Tester(context.bank).move_clock(freeze=False)


@when("a tester stops the clock")
def stops_clock(context: Context) -> None:
    Tester(context.bank).move_clock(freeze=True)


@then("every clock stands still at {instant:Instant}")
def stands_still(context: Context, instant: datetime) -> None:
    for service, shown in clocks_shown(context.bank, tuple(ANY_CALL)).items():
        assert shown["frozen"] is True, f"the clock of {service} runs: {shown}"
        assert parse(shown["now"]) == instant, f"the clock of {service} stands at {shown['now']}"


@then("every clock runs on from {instant:Instant}")
def runs_on(context: Context, instant: datetime) -> None:
    for service, shown in clocks_shown(context.bank, tuple(ANY_CALL)).items():
        assert shown["frozen"] is False, f"the clock of {service} stands still: {shown}"
        assert timedelta() <= parse(shown["now"]) - instant < A_WHILE, f"the clock of {service} shows {shown['now']}"


@then("every clock stands still shortly after {instant:Instant}")
def has_been_stopped(context: Context, instant: datetime) -> None:
    first, second = (clocks_shown(context.bank, tuple(ANY_CALL)) for _ in range(2))
    assert first == second, f"the clocks showed {first}, and then {second}"
    for service, shown in first.items():
        assert shown["frozen"] is True, f"the clock of {service} runs: {shown}"
        assert timedelta() <= parse(shown["now"]) - instant < A_WHILE, f"the clock of {service} shows {shown['now']}"


@given("asking {request:Request} works again")
def works_again(context: Context, request: Request) -> None:
    Tester(context.bank).take_back(request)


@given("a tester has written in small letters that asking {request:Request} {trouble:Trouble}")
def trouble_in_small_letters(context: Context, request: Request, trouble: dict[str, Any]) -> None:
    method = request.method.lower()
    context.bank.harm({"service": request.service, "method": method, "path": request.path, **trouble})


@given('a tester has broken what core banking is asked at "{address:Text}"')
def breaks_at_address(context: Context, address: str) -> None:
    context.bank.harm({"service": "cbs", "path": address, "effect": {"status": 503}})


@when("a tester has half of the requests fail by {chance:Chance}, here and in a world of {seed:Seed}")
def strikes_by_chance(context: Context, chance: dict[str, Any], seed: int) -> None:
    context.bank.open()
    twin = context.bank.twin()
    twin.seed += seed
    context.add_cleanup(twin.close)
    context.struck = [Tester(bank).strike_by_chance(chance) for bank in (context.bank, twin)]


@when("a tester has half of the requests fail in two worlds of core banking whose seed is nought")
def strikes_in_core_banking(context: Context) -> None:
    context.bank.open()
    context.struck = [Tester(context.bank).strike_in_core_banking(seed=0) for _ in range(2)]


@then("the same requests fail in both worlds")
def same_requests_fail(context: Context) -> None:
    here, there = context.struck
    assert len(set(here)) == 2, f"chance strikes always, or never: {here}"
    assert here == there, f"here they are answered with {here}, and there with {there}"


@then("other requests fail in the other world")
def other_requests_fail(context: Context) -> None:
    here, there = context.struck
    assert here != there, f"in both worlds they are answered with {here}"


@when("a tester tries to have minus {duration:Duration} pass")
def tries_to_turn_back(context: Context, duration: timedelta) -> None:
    context.bank.open()
    context.reply = Tester(context.bank).try_to_advance(f"-PT{int(duration.total_seconds())}S")


@then("the tester is told that time only passes forward")
def is_told_that_time_passes_forward(context: Context) -> None:
    assert context.reply.status == HTTPStatus.BAD_REQUEST, f"the tester is told {context.reply}"
    assert "advance" in context.reply.text, f"the tester is told {context.reply}"


@then("a tester who asks for what came after {name:Name}'s first email is shown the others")
def is_shown_later_messages(context: Context, name: str) -> None:
    context.bank.settle()
    tester, address = Tester(context.bank), context.bank.person(name).email or ""
    *later, first = tester.find_messages(address)
    assert later, f"{name} has been sent one email, or none"
    found = tester.find_messages(address, since=first)
    assert found == later, f"a tester is shown {found}, not {later}"


@then("a tester who asks for what came after the time of {name:Name}'s first email is shown the others")
def is_shown_messages_after(context: Context, name: str) -> None:
    context.bank.settle()
    tester, address = Tester(context.bank), context.bank.person(name).email or ""
    *later, first = tester.list_messages(address)
    assert later, f"{name} has been sent one email, or none"
    wanted = [each["id"] for each in later if each["sent_at"] > first["sent_at"]]
    found = tester.find_messages(address, since=first["sent_at"])
    assert found == wanted, f"a tester is shown {found}, not {wanted}"


@then("a tester who asks the mail gateway for {name:Name}'s latest two emails is shown those")
def is_shown_latest_by_gateway(context: Context, name: str) -> None:
    is_shown_latest(context, name, Tester(context.bank).query_messages)


@then("a tester who asks the control plane for {name:Name}'s latest two emails is shown those")
def is_shown_latest_by_control_plane(context: Context, name: str) -> None:
    is_shown_latest(context, name, Tester(context.bank).query_messages_untraced)


def is_shown_latest(context: Context, name: str, query: Callable[..., list[dict[str, Any]]]) -> None:
    context.bank.settle_all()
    address = context.bank.person(name).email or ""
    everything = Tester(context.bank).list_messages(address)
    assert len(everything) > 2, f"these have been sent: {everything}"
    found = query(to=address, limit="2")
    assert found == everything[:2], f"a tester is shown {found}, not the latest two of {everything}"


@then("a tester who asks for the {kind:MessageKind} alone is shown all of them, and no others")
def is_shown_messages_of_kind(context: Context, kind: dict[str, str]) -> None:
    context.bank.settle_all()
    tester = Tester(context.bank)
    everything = tester.query_messages()
    wanted = [each for each in everything if kind.items() <= each.items()]
    assert 0 < len(wanted) < len(everything), f"these have been sent: {everything}"
    found = tester.query_messages(**kind)
    assert found == wanted, f"a tester is shown {found}, not {wanted}"


@then("the inbox shows {name:Name}'s name with every message, whether it came by email or by text message")
def inbox_shows_name(context: Context, name: str) -> None:
    context.bank.settle()
    shown = Tester(context.bank).read_inbox()
    assert {each["channel"] for each in shown} == {"email", "sms"}, f"the inbox shows {shown}"
    assert all(each["names"] == [name] for each in shown), f"the inbox shows {[each['names'] for each in shown]}"


@then("a tester who writes {name:Name}'s {what:Address} finds the same messages")
def finds_same_messages(context: Context, name: str, what: Any) -> None:
    context.bank.settle()
    kind, spell = what
    person = context.bank.person(name)
    address = (person.email if kind == "email" else person.mobile) or ""
    tester = Tester(context.bank)
    usual, found = tester.find_messages(address), tester.find_messages(spell(address))
    assert usual, f"nothing has been sent to {address}"
    assert found == usual, f"under {spell(address)!r} a tester finds {found}, not {usual}"


@step("a tester looks at all phones")
def looks_at_all_phones(context: Context) -> None:
    context.bank.open()
    context.phones = Tester(context.bank).list_phones()


@then("{name:Name}'s phone is shown as registered")
def is_shown_as_registered(context: Context, name: str) -> None:
    phone = context.bank.actor(PhoneOwner, name).phone
    assert context.phones[phone.em_cert_id] is True, f"the phones are shown as {context.phones}"


@then("{name:Name}'s phone is shown as not registered")
def is_shown_as_not_registered(context: Context, name: str) -> None:
    phone = context.bank.actor(PhoneOwner, name).phone
    assert context.phones[phone.em_cert_id] is False, f"the phones are shown as {context.phones}"


@when("a tester buys a phone whose name has {length:Number} letters of {letter:Script}")
def buys_phone_of_name(context: Context, length: int, letter: str) -> None:
    context.bank.open()
    context.phone = Phone.buy(context.bank, letter * length, "a tester")


@then("there is such a phone")
def there_is_such_a_phone(context: Context) -> None:
    phones = Tester(context.bank).list_phones()
    assert context.phone.em_cert_id in phones, f"there are the phones {phones}"


@when("a tester makes a world whose name has {length:Number} letters")
def makes_world_of_name(context: Context, length: int) -> None:
    context.bank.open()
    context.reply = Tester(context.bank).try_name("w" * length)


@then("there is such a world")
def there_is_such_a_world(context: Context) -> None:
    assert not context.reply.refused, f"the world was refused: {context.reply}"


@then("the tester is told that no world can have that name")
def no_world_can_have_name(context: Context) -> None:
    assert context.reply.body.get("code") == "bad-world", f"the tester is told {context.reply}"
    assert context.reply.body.get("field") == "world", f"the tester is told {context.reply}"
