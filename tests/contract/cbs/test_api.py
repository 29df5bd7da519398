"""The core banking system over HTTP."""

import pytest

from simulators.cbs.app import create_app
from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings

NOW = "2026-01-05T09:00:00Z"


def card(id, number, type="DEBIT", **changes):
    return {"cardId": id, "type": type, "number": number, "expiry": "1227", "pin": "4321", "cvv": "777"} | changes


ASHA = {
    "cif": "100", "legalName": "Asha Rao", "mobile": "+919876543210", "email": "Asha@example.test", "status": "active",
    "dateOfBirth": "1990-04-02", "userId": None,
    "cards": [
        card("a1", "4000000000001234"),
        card("a2", "4000000000005678", "CREDIT", status="hotlisted"),
        card("a3", "4000000000009999", expiry="0126"),
    ],
}  # fmt: skip
BILAL = {
    "cif": "200", "legalName": "Bilal Khan", "mobile": "98765 43210", "email": None, "status": "dormant",
    "dateOfBirth": "1985-11-30", "userId": "Bilal.K", "cards": [],
}  # fmt: skip


@pytest.fixture
def client(tmp_path):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    app = create_app(Settings(urls, tmp_path, {}, "signing-key"))
    client = app.test_client()
    part = {"seed": 7, "clock": {"set": NOW, "frozen": True}, "people": {"customers": [ASHA, BILAL]}}
    assert client.put("/_sandbox/worlds/default", json=part).status_code == 201
    return client


def found(client, **search):
    answer = client.post("/cbs/customers/search", json=search)
    assert answer.status_code == 200, answer.json
    return [customer["cif"] for customer in answer.json["customers"]]


def verified(client, **changes):
    details = {"cif": "100", "type": "DEBIT", "panLast4Digits": "1234", "expiryDate": "1227", "pin": "4321"}
    return client.post("/cbs/cards/verify", json=details | changes)


def test_a_customer_is_found_with_what_the_bank_holds(client):
    answer = client.post("/cbs/customers/search", json={"cif": "100"})
    assert answer.json == {
        "customers": [
            {
                "cif": "100", "legalName": "Asha Rao", "mobile": "+919876543210", "email": "Asha@example.test",
                "status": "active", "dateOfBirth": "1990-04-02",
            }
        ]
    }  # fmt: skip


def test_a_customer_is_found_however_email_and_card_number_are_spelt(client):
    assert found(client, email="asha@EXAMPLE.test") == ["100"]
    assert found(client, cardNumber="4000 0000 0000 5678") == ["100"]


def test_all_who_share_a_mobile_are_found(client):
    assert found(client, mobile="9876543210") == ["100", "200"]


def test_nobody_is_found_by_what_is_nobodys(client):
    assert found(client, cif="999") == []
    assert found(client, cardNumber="4999999999999999") == []


@pytest.mark.parametrize("search", [{}, {"cif": "100", "mobile": "9876543210"}])
def test_a_search_by_none_or_several_is_refused(client, search):
    answer = client.post("/cbs/customers/search", json=search)
    assert answer.status_code == 400
    assert answer.json["code"] == "VALIDATION_FAILED"
    assert answer.json["description"] == "Give exactly one of cif, mobile, email, cardNumber."


def test_a_malformed_search_names_the_field(client):
    answer = client.post("/cbs/customers/search", json={"mobile": "12"})
    assert answer.status_code == 400
    assert answer.json == {
        "code": "VALIDATION_FAILED", "description": "mobile is no telephone number.", "field": "mobile",
    }  # fmt: skip


def test_cards_are_listed_masked_and_expire_with_the_worlds_time(client):
    cards = client.get("/cbs/customers/100/cards").json["cards"]
    assert cards[0] == {
        "cardId": "a1", "type": "DEBIT", "maskedNumber": "•••• •••• •••• 1234", "last4": "1234", "status": "active",
    }  # fmt: skip
    assert [card["status"] for card in cards] == ["active", "hotlisted", "active"]
    client.post("/_sandbox/worlds/default/clock", json={"set": "2026-02-01T00:00:00Z"})
    cards = client.get("/cbs/customers/100/cards").json["cards"]
    assert [card["status"] for card in cards] == ["active", "hotlisted", "expired"]


def test_a_customer_without_cards_has_an_empty_list_and_an_unknown_one_none(client):
    assert client.get("/cbs/customers/200/cards").json == {"cards": []}
    answer = client.get("/cbs/customers/999/cards")
    assert (answer.status_code, answer.json["code"]) == (404, "CUSTOMER_NOT_FOUND")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "00"),
        ({"pin": "0000"}, "55"),
        ({"expiryDate": "0128"}, "55"),
        ({"panLast4Digits": "0000"}, "14"),
        ({"cif": "200"}, "14"),
        ({"type": "CREDIT", "panLast4Digits": "5678", "cvv": "777"}, "43"),
        ({"type": "CREDIT", "panLast4Digits": "5678", "cvv": "000"}, "55"),
    ],
)
def test_a_verification_is_answered_with_200_and_a_code(client, changes, code):
    answer = verified(client, **changes)
    assert (answer.status_code, answer.json["code"]) == (200, code)
    assert ("description" in answer.json) == (code != "00")


def test_a_card_whose_last_month_has_passed_is_told_as_expired(client):
    assert verified(client, panLast4Digits="9999", expiryDate="0126").json["code"] == "00"
    client.post("/_sandbox/worlds/default/clock", json={"advance": "P30D"})
    assert verified(client, panLast4Digits="9999", expiryDate="0126").json["code"] == "54"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pin": None}, "pin"),
        ({"type": "CREDIT"}, "cvv"),
        ({"type": "PREPAID"}, "type"),
        ({"expiryDate": "1327"}, "expiryDate"),
        ({"panLast4Digits": "12345"}, "panLast4Digits"),
    ],
)
def test_a_malformed_verification_names_the_field(client, changes, field):
    answer = verified(client, **changes)
    assert (answer.status_code, answer.json["field"]) == (400, field)


def test_pin_cvv_and_card_number_stay_out_of_the_journal(client):
    verified(client)
    verified(client, type="CREDIT", panLast4Digits="5678", cvv="777", pin=None)
    client.post("/cbs/customers/search", json={"cardNumber": "4000 0000 0000 1234"})
    journal = client.get("/_sandbox/worlds/default/journal").get_data(as_text=True)
    assert "card.verification" in journal
    for secret in ('"4321"', '"777"', "4000 0000", "400000"):
        assert secret not in journal


def test_the_banks_user_id_of_a_customer_is_told_or_null(client):
    assert client.get("/cbs/customers/200/user-id").json == {"userId": "Bilal.K"}
    assert client.get("/cbs/customers/100/user-id").json == {"userId": None}
    assert client.get("/cbs/customers/999/user-id").status_code == 404


def test_a_user_id_is_found_in_any_letter_case(client):
    assert client.get("/cbs/user-ids/bilal.k").json == {"userId": "Bilal.K", "cif": "200"}
    answer = client.get("/cbs/user-ids/asha")
    assert (answer.status_code, answer.json["code"]) == (404, "USER_ID_NOT_FOUND")
