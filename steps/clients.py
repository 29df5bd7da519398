"""Clients that a tester has made: how they name a world, what they send in the wrong place, what they are told."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from registration_sandbox.drivers.vocabulary import IdentityKind, Via
from simulators.kit.world_names import BAGGAGE_MEMBER
from steps.observers.mailbox import CHANNELS
from steps.observers.tester import messages_of
from steps.support.bank import Bank
from steps.support.sentences import Context, step, then, when
from steps.support.tester import Tester

PURPOSE = "news"


@when("a client that names the world {naming:Naming} asks core banking about {name:Name}")
def asks_in_named_world(context: Context, naming: tuple[str, str], name: str) -> None:
    cif, world = context.bank.person(name).cif, context.bank.id
    prefix, baggage = (each.format(world=world) for each in naming)
    context.reply = context.bank.wire.ask(
        "cbs", "POST", f"{prefix}/cbs/customers/search", {"cif": cif}, headers={"baggage": baggage}
    )  # fmt: skip


@when('a client that has "{member:Text}" in its baggage asks the middleware to register {name:Name}')
def asks_with_baggage(context: Context, member: str, name: str) -> None:
    identity, baggage = identity_of(context, name), f"{member},{BAGGAGE_MEMBER}={context.bank.id}"
    context.reply = context.bank.wire.ask(
        "orchestrator", "POST", "/registrations", identity, headers={"baggage": baggage}
    )  # fmt: skip


@then('"{member:Text}" is in the baggage of all that Cymmetri asks core banking')
def is_in_baggage(context: Context, member: str) -> None:
    context.bank.settle_all()
    asked = [each for each in Tester(context.bank).read_journal() if (each.caller, each.service) == ("cymmetri", "cbs")]
    found = [each.request_headers.get("Baggage", "") for each in asked]
    assert found, "Cymmetri has asked core banking nothing"
    assert all(member in each.split(",") for each in found), f"the baggage is {found}"


@when("a client that names the world in the address asks the middleware to register {name:Name}")
def asks_in_the_address(context: Context, name: str) -> None:
    identity, path = identity_of(context, name), f"/w/{context.bank.id}/registrations"
    context.reply = context.bank.wire.ask("orchestrator", "POST", path, identity, headers={"baggage": ""})


def identity_of(context: Context, name: str) -> dict[str, Any]:
    return {"flow": "web", "deviceId": "a-browser", "type": "CIF", "id": context.bank.person(name).cif}


@then("the client finds the registration at the address that it was given")
def finds_at_address(context: Context) -> None:
    address = urlsplit(context.reply.headers["location"])
    found = context.bank.wire.ask("orchestrator", "GET", address.path, headers={"baggage": ""})
    assert found.body.get("id") == context.reply.body["id"], f"at {address.path} the client finds {found}"


@when("a client logs {name:Name} in, and sends the password {slip:PasswordSlip}")
def sends_password_wrongly(context: Context, name: str, slip: Callable[[str], Any]) -> None:
    context.bank.open()
    user_id, password = context.bank.person(name).credentials
    fields, headers = slip(password)
    reply = context.bank.wire.ask(
        "cymmetri", "POST", "/ciamauthsrvc/login", {"userId": user_id, **fields}, headers=headers
    )
    assert reply.refused, f"Cymmetri answers {reply}"


@when("a client asks core banking about {name:Name} by the card number, sent {slip:NumberSlip}")
def sends_card_number_wrongly(context: Context, name: str, slip: Callable[[str], dict[str, Any]]) -> None:
    number = context.bank.person(name).identity(IdentityKind.CARD).value or ""
    reply = context.bank.wire.ask("cbs", "POST", "/cbs/customers/search", slip(number))
    assert reply.status, "core banking gives no answer"


@step("a client hands over {via:ClientMessage} to {name:Name}")
@step('a client hands over {via:ClientMessage} to {name:Name} under the number "{key:Text}"')
def hands_over(context: Context, via: Via, name: str, key: str = "") -> None:
    hand_over(context.bank, via, name, key)


@when('a client hands over {via:ClientMessage} to {name:Name} under the number "{key:Text}" in the other world')
def hands_over_in_twin(context: Context, via: Via, name: str, key: str) -> None:
    hand_over(context.twin, via, name, key)


def hand_over(bank: Bank, via: Via, name: str, key: str) -> None:
    person = bank.person(name)
    news = {
        "channel": CHANNELS[via], "to": person.email if via is Via.EMAIL else person.mobile,
        "subject": "News", "body": "News of your bank.",
        "purpose": PURPOSE, "sender": "a client",
    }  # fmt: skip
    reply = bank.wire.ask("mailroom", "POST", "/messages", news, headers={"Idempotency-Key": key} if key else {})
    assert not reply.refused, f"the mail gateway answers {reply}"


@then("{name:Name} has been sent {number:Messages} by the client")
def was_sent_by_client(context: Context, name: str, number: int) -> None:
    assert_sent(context.bank, name, number)


@then("{name:Name} has been sent {number:Messages} by the client in the other world")
def was_sent_by_client_in_twin(context: Context, name: str, number: int) -> None:
    assert_sent(context.twin, name, number)


def assert_sent(bank: Bank, name: str, number: int) -> None:
    found = [each for each in messages_of(bank, name) if each["purpose"] == PURPOSE]
    assert len(found) == number, f"{name} has been sent {len(found)}"


@then("core banking finds {name:Name}")
def finds_customer(context: Context, name: str) -> None:
    found = [each["cif"] for each in context.reply.body.get("customers", [])]
    assert found == [context.bank.person(name).cif], f"core banking answers {context.reply}"


@then('the refusal is spelt "{code:Text}"')
def refusal_is_spelt(context: Context, code: str) -> None:
    found = json.loads(context.client.calls.reply.raw)["errorCode"]
    assert found == code, f"the refusal is spelt {found}"


@then("the refusal has the number {status:Number}")
def refusal_has_number(context: Context, status: int) -> None:
    reply = context.client.calls.reply
    assert reply.status == status, f"the refusal is {reply}"
