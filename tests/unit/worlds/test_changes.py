"""The bank changes a customer while flows run, and the personas tell it."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from registration_sandbox.worlds import making
from registration_sandbox.worlds.changes import PersonChange, change_person
from registration_sandbox.worlds.personas import PersonaState
from simulators.kit.clock import ClockChange
from simulators.kit.errors import SandboxRefusal
from tests.support.house import House

PEOPLE: dict[str, Any] = {
    "seed": 7,
    "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True},
    "personas": [
        {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}, "cymmetri": {}},
        {"name": "Bilal"},
        {"name": "Zoë O'Brien-Rao", "cbs": None},
    ],
}


@pytest.fixture
def world(house: House) -> House:
    house.make("w", PEOPLE)
    return house


def change(house: House, name: str, **changes: Any) -> PersonaState:
    return change_person(house.control_plane, "w", name, msgspec.convert(changes, PersonChange))


def persona(house: House, name: str) -> PersonaState:
    return next(each for each in making.everyone(house.control_plane, "w").personas if each.name == name)


def customer(house: House, name: str) -> dict[str, Any]:
    """Return what CBS has of somebody."""
    cif = persona(house, name).cif
    return next(each for each in house.ask("cbs", "GET", "/worlds/w/people")["customers"] if each["cif"] == cif)


def test_a_contact_is_changed_at_the_bank_and_nowhere_else(world: House) -> None:
    before = persona(world, "Asha")
    after = change(world, "Asha", email="new@example.test", mobile="90000 54321")
    assert (after.email, after.mobile) == ("new@example.test", "+919000054321")
    assert persona(world, "Asha") == after
    assert (customer(world, "Asha")["email"], customer(world, "Asha")["mobile"]) == (after.email, after.mobile)
    ((account,),) = (world.ask("cymmetri", "GET", "/worlds/w/people")["accounts"],)
    assert account["userId"] == before.username
    assert msgspec.structs.replace(after, email=before.email, mobile=before.mobile) == before
    assert persona(world, "Bilal").email


def test_null_takes_a_contact_away_and_what_is_left_out_stays(world: House) -> None:
    before = persona(world, "Asha")
    after = change(world, "Asha", email=None)
    assert (after.email, after.mobile, after.status) == (None, before.mobile, "active")
    assert customer(world, "Asha")["email"] is None
    assert change(world, "Asha") == after


def test_a_contact_can_be_made_up_that_nobody_had(world: House) -> None:
    before = persona(world, "Asha")
    after = change(world, "Asha", email="auto", mobile="auto")
    assert before.email != after.email
    assert after.email
    assert after.email.endswith("@example.test")
    assert before.mobile != after.mobile
    assert after.mobile not in {person.mobile for person in making.everyone(world.control_plane, "w").personas[1:]}


def test_a_status_is_changed(world: House) -> None:
    assert change(world, "asha", status="dormant").status == "dormant"
    assert customer(world, "Asha")["status"] == "dormant"


def test_cards_are_changed_added_and_taken_away(world: House) -> None:
    debit, credit = persona(world, "Asha").cards
    after = change(world, "Asha", cards=[{"last4": debit.last4, "status": "hotlisted"}, {"type": "DEBIT"}])
    hotlisted, new = after.cards
    assert hotlisted == msgspec.structs.replace(debit, status="hotlisted")
    assert (new.type, new.status) == ("DEBIT", "active")
    assert new.number not in (debit.number, credit.number)
    assert [card["last4"] for card in customer(world, "Asha")["cards"]] == [hotlisted.last4, new.last4]
    assert change(world, "Asha", cards=[]).cards == []


def test_a_card_that_comes_after_one_was_taken_away_is_another_one(world: House) -> None:
    (first,) = persona(world, "Bilal").cards
    change(world, "Bilal", cards=[])
    (second,) = change(world, "Bilal", cards=[{"type": "DEBIT"}]).cards
    change(world, "Bilal", cards=[])
    (third,) = change(world, "Bilal", cards=[{"type": "DEBIT"}]).cards
    assert len({first.number, second.number, third.number}) == 3


def test_the_cards_that_the_personas_tell_can_be_given_back_with_changes(world: House) -> None:
    cards = msgspec.to_builtins(persona(world, "Asha").cards)
    cards[1]["pin"] = "4711"
    assert msgspec.to_builtins(change(world, "Asha", cards=cards).cards) == cards


@pytest.mark.parametrize(
    ("name", "changes", "status", "code", "field"),
    [
        ("Asha", {"email": "nobody"}, 400, "bad-scenario", "email"),
        ("Asha", {"mobile": "12"}, 400, "bad-scenario", "mobile"),
        ("Asha", {"cards": [{"status": "active"}, {}, {}]}, 400, "bad-world", "cards[2].type"),
        ("Asha", {"cards": [{"type": "DEBIT", "last4": "0"}]}, 400, "bad-world", "cards[0].last4"),
        ("Ahsa", {"email": None}, 404, "unknown-person", None),
        ("Zoë O'Brien-Rao", {"email": None}, 409, "not-a-customer", None),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_and_changes_nothing(
    world: House, name: str, changes: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    before = making.everyone(world.control_plane, "w")
    with pytest.raises(SandboxRefusal) as refused:
        change(world, name, **changes)
    assert (refused.value.status, refused.value.code, refused.value.field) == (status, code, field)
    assert making.everyone(world.control_plane, "w") == before


def test_somebody_nearly_named_is_told(world: House) -> None:
    with pytest.raises(SandboxRefusal, match="Did you mean Asha"):
        change(world, "Ahsa", email=None)


def test_a_card_expires_in_the_personas_when_it_does_at_the_bank(world: House) -> None:
    for name in ("cbs", "control_plane"):
        service = world.services.get(name, world.control_plane)
        with service.store.transaction("w") as tx:
            found = service.worlds.current(tx)
            service.worlds.save(tx, found.with_change(ClockChange(advance=timedelta(days=4000))))
    assert {card.status for card in persona(world, "Asha").cards} == {"expired"}


def test_a_person_is_changed_over_http_by_any_name(world: House) -> None:
    client = world.control_plane_app.test_client()
    path = "/_sandbox/worlds/w/people/Zo%C3%AB%20O%27Brien-Rao"
    said = client.patch(path, json={"status": "closed"})
    assert (said.status_code, said.get_json()["code"]) == (409, "not-a-customer")
    assert client.patch("/_sandbox/worlds/w/people/Asha", json={"status": "closed"}).get_json()["status"] == "closed"
    said = client.patch("/_sandbox/worlds/w/people/Asha", json={"stauts": "closed"})
    assert (said.status_code, said.get_json()["field"]) == (400, "stauts")
    assert client.patch("/_sandbox/worlds/none/people/Asha", json={}).status_code == 404
