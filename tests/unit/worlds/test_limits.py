"""What a world is made of has limits together, and not each for itself: all of it is done at one go."""

import time
from typing import Any

import pytest
from werkzeug.test import TestResponse

from registration_sandbox.worlds.mistakes import ScenarioError
from registration_sandbox.worlds.reading import of_data
from simulators.cymmetri import people as cymmetri_people
from simulators.kit.faults.globs import LONGEST_GLOB
from simulators.kit.faults.model import MOST_IN_WORLD
from simulators.kit.limits import MOST_CARDS, MOST_CARDS_TOGETHER, MOST_PASSWORDS, MOST_PEOPLE, MOST_PHONES
from tests.support.house import House

FAULT = {"effect": {"reset": True}}
WORLD = "/_sandbox/worlds/w"


def send(house: House, service: str, method: str, path: str, body: Any = None) -> TestResponse:
    app = house.apps.get(service, house.control_plane_app)
    return app.test_client().open(path, method=method, json=body)


def add_fault(house: House, service: str, body: Any) -> TestResponse:
    return send(house, service, "POST", f"{WORLD}/faults", body)


def count_faults(house: House, service: str) -> int:
    return len(send(house, service, "GET", f"{WORLD}/faults").get_json()["faults"])


@pytest.fixture
def full(house: House) -> House:
    """A world that has as many faults in CBS as it may have."""
    house.make("w", {})
    assert send(house, "cbs", "PUT", WORLD, {"faults": [FAULT] * MOST_IN_WORLD}).status_code == 200
    return house


def test_a_part_with_more_faults_than_a_world_may_have_is_refused_and_makes_nothing(house: House) -> None:
    heard = send(house, "cbs", "PUT", WORLD, {"faults": [FAULT] * (MOST_IN_WORLD + 1)})
    assert (heard.status_code, heard.get_json()["code"], heard.get_json()["field"]) == (400, "bad-fault", "faults")
    assert send(house, "cbs", "GET", f"{WORLD}/clock").status_code == 404


@pytest.mark.parametrize("glob", ["*" * LONGEST_GLOB, "*?" * (LONGEST_GLOB // 2), "?" * LONGEST_GLOB])
def test_all_the_faults_that_a_world_may_have_are_checked_at_once(house: House, glob: str) -> None:
    house.make("w", {})
    began = time.process_time()
    heard = send(house, "cymmetri", "PUT", WORLD, {"faults": [{**FAULT, "path": glob}] * MOST_IN_WORLD})
    assert heard.status_code in (200, 400)
    assert time.process_time() - began < 3


def test_a_full_world_takes_no_further_fault_until_one_is_removed(full: House) -> None:
    heard = add_fault(full, "cbs", FAULT)
    assert (heard.status_code, heard.get_json()["code"]) == (400, "bad-fault")
    assert f"up to {MOST_IN_WORLD} faults in cbs" in heard.get_json()["detail"]
    assert send(full, "cbs", "DELETE", f"{WORLD}/faults/cbs-1").status_code == 204
    assert add_fault(full, "cbs", FAULT).status_code == 201
    assert count_faults(full, "cbs") == MOST_IN_WORLD


def test_a_further_fault_takes_the_place_of_the_oldest_that_is_used_up(house: House) -> None:
    house.make("w", {})
    once = {**FAULT, "times": 1}
    part = {"faults": [FAULT, once, once, *[FAULT] * (MOST_IN_WORLD - 3)]}
    assert send(house, "cbs", "PUT", WORLD, part).status_code == 200
    with house.services["cbs"].store.transaction("w") as tx:
        tx.run("UPDATE faults SET fired = 1 WHERE id IN ('cbs-2', 'cbs-3')")
    for oldest in ("cbs-2", "cbs-3"):
        assert add_fault(house, "cbs", FAULT).status_code == 201
        there = [fault["id"] for fault in send(house, "cbs", "GET", f"{WORLD}/faults").get_json()["faults"]]
        assert (len(there), there[0], oldest in there) == (MOST_IN_WORLD, "cbs-1", False)
    assert add_fault(house, "cbs", FAULT).status_code == 400
    assert house.services["cbs"].worlds.find("w").faults == MOST_IN_WORLD


def test_a_fault_takes_the_place_of_another_in_a_full_world(full: House) -> None:
    assert add_fault(full, "cbs", {**FAULT, "id": "cbs-1"}).status_code == 201


def test_a_fault_everywhere_is_added_nowhere_where_one_service_is_full(full: House) -> None:
    assert add_fault(full, "control_plane", FAULT).status_code == 400
    assert [count_faults(full, name) for name in ("mailroom", "cbs", "handset")] == [0, MOST_IN_WORLD, 0]


def test_a_world_with_more_faults_is_not_imported(full: House) -> None:
    state = send(full, "cbs", "GET", f"{WORLD}/state").get_json()
    faults = state["tables"]["faults"]
    faults.append({**faults[0], "id": "one-more"})
    heard = send(full, "cbs", "PUT", f"{WORLD}/state", state)
    assert (heard.status_code, heard.get_json()["field"]) == (400, "tables.faults")


@pytest.mark.parametrize(
    ("what", "number", "size", "one"),
    [
        ("cards", 3000, 100, {"cbs": {"cards": [{}] * 100}}),
        ("former passwords", 2000, 20, {"former_passwords": ["a"] * 20}),
    ],
)
def test_cards_and_passwords_of_all_are_counted_together(
    what: str, number: int, size: int, one: dict[str, Any]
) -> None:
    people = [{"name": f"P{n}", **one} for n in range(number // size)]
    of_data({"personas": people})
    with pytest.raises(ScenarioError, match=f"{what} together; allowed are up to {number}") as refused:
        of_data({"personas": [*people, {"name": "one more", **one}]})
    assert refused.value.field == "personas"


CARD = {"cardId": "a", "type": "DEBIT", "number": "4000000000001234", "expiry": "1227"}
CUSTOMER = {"cif": "1", "legalName": "Asha Rao", "dateOfBirth": "1990-04-02"}
ACCOUNT = {"cif": "1", "userId": "asha", "password": "p", "legalName": "Asha Rao"}
FORMER = {"cif": "1", "passwords": []}
FULL = [CARD] * MOST_CARDS
TOO_MANY_PEOPLE = f"array of length <= {MOST_PEOPLE}"
TOO_MANY_CARDS = f"array of length <= {MOST_CARDS}"
HANDFULS = MOST_CARDS_TOGETHER // MOST_CARDS + 1


@pytest.mark.parametrize(
    ("service", "field", "value", "words"),
    [
        ("cbs", "customers", [CUSTOMER] * (MOST_PEOPLE + 1), TOO_MANY_PEOPLE),
        ("cbs", "customers[0].cards", [{**CUSTOMER, "cards": [*FULL, CARD]}], TOO_MANY_CARDS),
        ("cbs", "customers", [{**CUSTOMER, "cards": FULL}] * HANDFULS, "cards together; allowed are up to 3000"),
        ("cymmetri", "accounts", [ACCOUNT] * (MOST_PEOPLE + 1), TOO_MANY_PEOPLE),
        ("cymmetri", "accounts[0].cardNumbers", [{**ACCOUNT, "cardNumbers": ["4"] * 101}], TOO_MANY_CARDS),
        ("cymmetri", "accounts", [{**ACCOUNT, "cardNumbers": ["4"] * MOST_CARDS}] * HANDFULS, "cards together"),
        ("cymmetri", "formerPasswords", [FORMER] * (MOST_PEOPLE + 1), TOO_MANY_PEOPLE),
        ("cymmetri", "formerPasswords[0].passwords", [{**FORMER, "passwords": ["a"] * (MOST_PASSWORDS + 1)}], "20"),
        ("cymmetri", "formerPasswords", [{**FORMER, "passwords": ["a"] * 20}] * 101, "2020 passwords together"),
        ("auth_service", "users", [{"username": "asha"}] * (MOST_PEOPLE + 1), TOO_MANY_PEOPLE),
        ("mailroom", "people", [{"name": "Asha"}] * (MOST_PEOPLE + 1), TOO_MANY_PEOPLE),
        ("handset", "handsets", [{"os": "iOS", "model": "m"}] * (MOST_PHONES + 1), f"array of length <= {MOST_PHONES}"),
    ],
)  # fmt: skip
def test_each_service_takes_as_many_people_as_a_scenario_may_have_and_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch, service: str, field: str, value: list[Any], words: str
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(cymmetri_people, "hash_password", hashed.append)
    heard = send(house, service, "PUT", WORLD, {"people": {field.partition("[")[0]: value}})
    assert (heard.status_code, heard.get_json()["code"]) == (400, "bad-world")
    assert heard.get_json()["field"] == f"people.{field}"
    assert words in heard.get_json()["detail"]
    assert hashed == []
    assert send(house, service, "GET", f"{WORLD}/clock").status_code == 404


def test_no_more_customers_than_that_join_a_running_world_or_get_cards_in_it(house: House) -> None:
    house.make("w", {"personas": [{"name": "Asha"}]})
    heard = send(house, "cbs", "POST", f"{WORLD}/customers", {"customers": [{**CUSTOMER, "cards": FULL}] * HANDFULS})
    assert (heard.status_code, heard.get_json()["code"], heard.get_json()["field"]) == (400, "bad-world", "customers")
    cif = send(house, "cbs", "GET", f"{WORLD}/people").get_json()["customers"][0]["cif"]
    heard = send(house, "cbs", "PATCH", f"{WORLD}/customers/{cif}", {"cards": [{"cardId": "a"}] * (MOST_CARDS + 1)})
    assert (heard.status_code, heard.get_json()["field"]) == (400, "cards")
