"""Who is put in place in the core banking system, at first and later."""

import pytest

from simulators.cbs.app import create_app
from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings

CARD = {"cardId": "a1", "type": "DEBIT", "number": "4000000000001234", "expiry": "1227", "pin": "4321", "cvv": "777"}
ASHA = {"cif": "100", "legalName": "Asha Rao", "mobile": "9876543210", "dateOfBirth": "1990-04-02", "cards": [CARD]}
DEV = {"cif": "300", "legalName": "Dev Shah", "dateOfBirth": "1979-01-09", "userId": "dev"}


@pytest.fixture
def client(tmp_path):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    return create_app(Settings(urls, tmp_path, {}, "signing-key")).test_client()


def put(client, *customers, world="default"):
    return client.put(f"/_sandbox/worlds/{world}", json={"seed": 7, "people": {"customers": customers}})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"status": "asleep"}, "people.customers[1].status"),
        ({"mobile": "12"}, "people.customers[1].mobile"),
        ({"shoeSize": 9}, "people.customers[1].shoeSize"),
        ({"cards": [CARD | {"expiry": "1327"}]}, "people.customers[1].cards[0].expiry"),
        ({"cards": [CARD | {"number": "1234"}]}, "people.customers[1].cards[0].number"),
        ({"cards": [CARD, CARD | {"cardId": "a2"}]}, "people.customers[1].cards[1].number"),
        ({"cards": [CARD, CARD | {"number": "5000000000001234"}]}, "people.customers[1].cards[1].cardId"),
        ({"cif": "300"}, "people.customers[1].cif"),
        ({"userId": "DEV"}, "people.customers[1].userId"),
    ],
)
def test_people_who_cannot_be_are_refused_and_leave_no_world_behind(client, wrong, field):
    answer = put(client, DEV, ASHA | wrong)
    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (400, "bad-world", field)
    assert client.get("/_sandbox/worlds/default/people").status_code == 404


def test_testers_see_everyone_but_no_secret(client):
    put(client, ASHA, DEV)
    answer = client.get("/_sandbox/worlds/default/people")
    asha, dev = answer.json["customers"]
    assert (asha["cif"], asha["mobile"], asha["status"], asha["userId"]) == ("100", "+919876543210", "active", None)
    assert asha["cards"] == [
        {
            "cardId": "a1", "type": "DEBIT", "maskedNumber": "•••• •••• •••• 1234", "last4": "1234", "expiry": "1227",
            "status": "active",
        }
    ]  # fmt: skip
    assert (dev["userId"], dev["email"], dev["mobile"], dev["cards"]) == ("dev", None, None, [])


def test_a_customer_joins_a_running_world(client):
    put(client, ASHA)
    answer = client.post("/_sandbox/worlds/default/customers", json={"customers": [DEV]})
    assert [customer["cif"] for customer in answer.json["customers"]] == ["100", "300"]
    assert client.get("/cbs/user-ids/dev").json["cif"] == "300"


def test_a_customer_given_again_is_replaced_cards_included(client):
    put(client, ASHA)
    again = ASHA | {"legalName": "Asha Rao-Iyer", "cards": [CARD | {"cardId": "a9"}]}
    client.post("/_sandbox/worlds/default/customers", json={"customers": [again]})
    (asha,) = client.get("/_sandbox/worlds/default/people").json["customers"]
    assert (asha["legalName"], [card["cardId"] for card in asha["cards"]]) == ("Asha Rao-Iyer", ["a9"])


def test_customers_who_cannot_join_change_nothing(client):
    put(client, ASHA)
    newcomers = {"customers": [DEV, {**ASHA, "cif": "400"}]}
    answer = client.post("/_sandbox/worlds/default/customers", json=newcomers)
    assert (answer.status_code, answer.json["field"]) == (400, "customers[1].cards[0].number")
    assert client.get("/cbs/user-ids/dev").status_code == 404


def test_a_world_that_is_not_there_takes_nobody_in(client):
    answer = client.post("/_sandbox/worlds/nowhere/customers", json={"customers": [DEV]})
    assert (answer.status_code, answer.json["code"]) == (404, "unknown-world")


def test_worlds_do_not_meet(client):
    put(client, ASHA)
    put(client, ASHA | {"legalName": "Another Asha"}, world="other")
    answer = client.post("/w/other/cbs/customers/search", json={"mobile": "9876543210"})
    assert [customer["legalName"] for customer in answer.json["customers"]] == ["Another Asha"]


def change(client, cif="100", world="default", **changes):
    return client.patch(f"/_sandbox/worlds/{world}/customers/{cif}", json=changes)


def search(client, **by):
    return [customer["cif"] for customer in client.post("/cbs/customers/search", json=by).json["customers"]]


def test_the_bank_changes_what_is_given_of_a_customer_and_nothing_else(client):
    put(client, ASHA | {"email": "asha@example.test"}, DEV)
    answer = change(client, email="Asha@New.example.test", mobile="98765 00000", status="dormant")
    assert answer.status_code == 200
    assert (answer.json["email"], answer.json["mobile"], answer.json["status"]) == (
        "Asha@New.example.test",
        "+919876500000",
        "dormant",
    )
    assert [card["cardId"] for card in answer.json["cards"]] == ["a1"]
    assert search(client, email="asha@new.example.test") == search(client, mobile="9876500000") == ["100"]
    assert search(client, email="asha@example.test") == search(client, mobile="9876543210") == []
    assert change(client, status="active").json["mobile"] == "+919876500000"
    assert search(client, cif="300") == ["300"]


def test_null_takes_a_contact_away(client):
    put(client, ASHA | {"email": "asha@example.test"})
    answer = change(client, email=None, mobile=None)
    assert (answer.json["email"], answer.json["mobile"]) == (None, None)
    assert search(client, email="asha@example.test") == []


def test_the_bank_changes_takes_away_and_adds_cards(client):
    put(client, ASHA)
    verify = {"cif": "100", "type": "DEBIT", "panLast4Digits": "1234", "expiryDate": "1227", "pin": "4321"}
    assert change(client, cards=[{"cardId": "a1", "status": "hotlisted"}]).json["cards"][0]["status"] == "hotlisted"
    assert client.post("/cbs/cards/verify", json=verify).json["code"] == "43"
    credit = {"cardId": "a2", "type": "CREDIT", "number": "5000000000005678", "expiry": "1227", "cvv": "111"}
    both = change(client, cards=[credit, {"cardId": "a1", "status": "active", "pin": "1111"}]).json["cards"]
    assert [(card["cardId"], card["last4"]) for card in both] == [("a2", "5678"), ("a1", "1234")]
    assert client.post("/cbs/cards/verify", json=verify).json["code"] == "55"
    assert client.post("/cbs/cards/verify", json=verify | {"pin": "1111"}).json["code"] == "00"
    assert change(client, cards=[]).json["cards"] == []
    assert client.get("/cbs/customers/100/cards").json == {"cards": []}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mobile": "12"}, "mobile"),
        ({"status": "asleep"}, "status"),
        ({"status": None}, "status"),
        ({"email": ""}, "email"),
        ({"shoeSize": 9}, "shoeSize"),
        ({"cards": [{"cardId": "a9"}]}, "cards[0].type"),
        ({"cards": [{"cardId": "a1"}, {"cardId": "a1"}]}, "cards[1].number"),
        ({"cards": [{"cardId": "a1", "number": "12"}]}, "cards[0].number"),
        ({"cards": [{"cardId": "a1", "expiry": "1327"}]}, "cards[0].expiry"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_its_field_and_changes_nothing(client, wrong, field):
    put(client, ASHA)
    before = client.get("/_sandbox/worlds/default/people").json
    answer = change(client, **{"email": "other@example.test", **wrong})
    assert answer.status_code == 400
    assert answer.json["field"] == field
    assert client.get("/_sandbox/worlds/default/people").json == before


def test_a_change_of_somebody_or_a_world_that_is_not_there_is_refused(client):
    put(client, ASHA)
    assert (change(client, "999", status="active").status_code, change(client, "999").json["code"]) == (
        404,
        "unknown-customer",
    )
    assert change(client, world="nowhere", status="active").json["code"] == "unknown-world"
