"""Everyone in a world as they are now."""

import msgspec

from registration_sandbox.worlds.people import Person, expand
from registration_sandbox.worlds.personas import Personas, PersonaState, facts, personas
from registration_sandbox.worlds.reading import of_data

ASHA = {"name": "Asha", "cbs": {"user_id": "asha.bank", "cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}}
CHITRA = {"name": "Chitra", "cymmetri": {"user_id": "chitra.k"}, "phones": [{"model": "Pixel 9"}]}


def made(*scenario) -> list[Person]:
    return expand(of_data({"seed": 7, "personas": list(scenario)})).people


def now(people: list[Person], *answers) -> list[PersonaState]:
    return personas(people, facts(*answers)).personas


def account(person: Person, user_id: str, blocked: bool = False) -> dict:
    return {"accounts": [{"cif": person.cif, "userId": user_id, "blocked": blocked}]}


def test_a_customer_can_be_played_with_what_is_told():
    people = made(ASHA)
    (asha,) = now(people)
    assert asha.cif == people[0].cif
    assert asha.user_id == "asha.bank"
    assert (asha.username, asha.password, asha.blocked, asha.handsets) == (None, None, False, [])
    debit, credit = asha.cards
    assert (debit.type, credit.type) == ("DEBIT", "CREDIT")
    assert debit.last4 == debit.number[-4:]


def test_the_wire_names_are_those_of_the_contract():
    people = made(CHITRA)
    handset = {"handsets": [{"id": "h1", "emCertID": "c1", "owner": "Chitra"}]}
    (told,) = msgspec.to_builtins(personas(people, facts(handset)))["personas"]
    assert {
        "name",
        "cif",
        "legalName",
        "email",
        "mobile",
        "dateOfBirth",
        "status",
        "cards",
        "userId",
        "username",
    } <= set(told)
    assert {"type", "number", "last4", "expiry", "pin", "cvv", "status"} == set(told["cards"][0])
    assert told["handsets"][0] == {"id": "h1", "emCertID": "c1", "tsg": "none", "auth_service": False}


def test_a_web_account_is_told_with_its_password():
    people = made(CHITRA)
    (chitra,) = now(people, account(people[0], "chitra.k"))
    assert (chitra.username, chitra.password) == ("chitra.k", people[0].account.password)


def test_who_registered_in_this_world_has_a_username_and_a_password_that_only_they_know():
    people = made(ASHA)
    (asha,) = now(people, account(people[0], "asha.new"))
    assert (asha.username, asha.password) == ("asha.new", None)


def test_an_account_that_is_gone_is_not_told():
    (chitra,) = now(made(CHITRA))
    assert (chitra.username, chitra.password) == (None, None)


def test_who_was_blocked_is_told_so():
    people = made(CHITRA)
    (chitra,) = now(people, account(people[0], "chitra.k", blocked=True))
    assert chitra.blocked


def test_phones_are_told_as_far_as_they_have_come():
    people = made(CHITRA, ASHA)
    handsets = [{"id": f"h{n}", "emCertID": f"c{n}", "owner": "Chitra", "os": "Android"} for n in range(4)]
    chitra, asha = now(
        people,
        account(people[0], "chitra.k"),
        {"subjects": [{"subject_id": "c0", "state": "registered"}, {"subject_id": "c1", "state": "certified"}]},
        {"devices": [{"username": "CHITRA.K", "emCertID": "c0"}, {"username": "asha", "emCertID": "c2"}], "users": []},
        {"handsets": [*handsets, {"id": "h9", "emCertID": "c9", "owner": None}]},
    )
    assert [(handset.id, handset.tsg, handset.auth_service) for handset in chitra.handsets] == [
        ("h0", "registered", True),
        ("h1", "none", False),
        ("h2", "none", False),
        ("h3", "none", False),
    ]
    assert asha.handsets == []


def test_a_phone_bought_later_is_its_owners_too():
    people = made(ASHA)
    (asha,) = now(people, {"handsets": [{"id": "h1", "emCertID": "c1", "owner": "Asha"}]})
    assert [handset.id for handset in asha.handsets] == ["h1"]


def test_every_property_says_on_what_it_rests():
    _, schemas = msgspec.json.schema_components([Personas])
    for schema in schemas.values():
        assert all(described["x-basis"] == "assumed" for described in schema["properties"].values())
