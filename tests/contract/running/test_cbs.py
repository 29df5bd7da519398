"""The core banking system's calls."""

import pytest

pytestmark = pytest.mark.thorough


@pytest.fixture
def world(new_world):
    people = [
        {"name": "Asha", "cbs": {"user_id": "asha.a", "cards": [{}, {"type": "CREDIT", "status": "hotlisted"}]}},
        {"name": "Bilal", "cbs": {"cards": [{"type": "CREDIT", "status": "expired"}]}},
    ]
    return new_world(personas=people)


def verify(world, person, card, **changed):
    secret = "pin" if card["type"] == "DEBIT" else "cvv"
    body = {
        "cif": world.personas[person]["cif"], "type": card["type"], "panLast4Digits": card["last4"],
        "expiryDate": card["expiry"], secret: card[secret],
    }  # fmt: skip
    return world.ask("cbs", "POST", "/cbs/cards/verify", {**body, **changed})


@pytest.mark.parametrize("by", ["cif", "mobile", "email", "cardNumber"])
def test_customers_are_found_by_each_criterion(world, by):
    asha = world.personas["Asha"]
    wanted = asha["cards"][0]["number"] if by == "cardNumber" else asha[by]
    said = world.ask("cbs", "POST", "/cbs/customers/search", {by: wanted})
    (found,) = said.body["customers"]
    assert (said.status, found) == (
        200,
        {name: asha[name] for name in ("cif", "legalName", "mobile", "email", "status", "dateOfBirth")},
    )


def test_nobody_found_is_an_empty_list(world):
    said = world.ask("cbs", "POST", "/cbs/customers/search", {"cif": "000000000"})
    assert (said.status, said.body) == (200, {"customers": []})


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, None), ({"cif": "1", "email": "a@b.c"}, None), ({"mobile": "12"}, "mobile"),
     ({"cardNumber": "12"}, "cardNumber"), ({"cif": ""}, "cif"), ({"cif": " "}, "cif")],
)  # fmt: skip
def test_a_search_without_exactly_one_good_criterion_is_refused(world, body, field):
    said = world.ask("cbs", "POST", "/cbs/customers/search", body)
    assert (said.status, said.body["code"], said.body.get("field")) == (400, "VALIDATION_FAILED", field)


def test_a_customers_cards_are_listed_without_their_numbers(world):
    asha = world.personas["Asha"]
    cards = world.ask("cbs", "GET", f"/cbs/customers/{asha['cif']}/cards").body["cards"]
    assert [(card["type"], card["status"]) for card in cards] == [("DEBIT", "active"), ("CREDIT", "hotlisted")]
    for card, known in zip(cards, asha["cards"], strict=True):
        assert card["cardId"]
        assert card["maskedNumber"].endswith(known["last4"])
        assert known["number"] not in str(card)
    assert world.ask("cbs", "GET", "/cbs/customers/000/cards").status == 404


def test_a_card_is_verified_with_a_code(world):
    asha, bilal = world.personas["Asha"]["cards"], world.personas["Bilal"]["cards"]
    assert verify(world, "Asha", asha[0]).body == {"code": "00"}
    for person, card, changed in [
        ("Asha", asha[0], {"pin": "0000"}),
        ("Asha", asha[0], {"panLast4Digits": "0000"}),
        ("Asha", asha[1], {}),
        ("Bilal", bilal[0], {}),
        ("Bilal", asha[0], {}),
    ]:
        said = verify(world, person, card, **changed)
        assert said.status == 200
        assert said.body["code"] != "00"
        assert said.body["description"]


def test_a_debit_card_is_verified_with_its_pin_only(world):
    said = verify(world, "Asha", world.personas["Asha"]["cards"][0], pin=None, cvv="123")
    assert (said.status, said.body["field"]) == (400, "pin")


def test_the_user_id_that_the_bank_holds_is_told(world):
    asha, bilal = world.personas["Asha"], world.personas["Bilal"]
    assert world.ask("cbs", "GET", f"/cbs/customers/{asha['cif']}/user-id").body == {"userId": "asha.a"}
    assert world.ask("cbs", "GET", f"/cbs/customers/{bilal['cif']}/user-id").body == {"userId": None}
    assert world.ask("cbs", "GET", "/cbs/customers/000/user-id").status == 404
    assert world.ask("cbs", "GET", "/cbs/user-ids/ASHA.A").status == 200
    assert world.ask("cbs", "GET", "/cbs/user-ids/nobody").status == 404
