"""A world dealt out to the services."""

import json

import msgspec
import pytest

from registration_sandbox.worlds import library
from registration_sandbox.worlds.parts import deal, enrolment
from registration_sandbox.worlds.people import expand
from registration_sandbox.worlds.reading import of_data
from simulators.auth_service import models as auth_service
from simulators.cbs import models as cbs
from simulators.cymmetri import people as cymmetri
from simulators.handset import people as handset
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES
from simulators.kit.world import WorldPart

PHONES = [{"model": "iPhone 17", "tsg": "registered", "auth_service": True}, {"model": "Pixel 9", "tsg": "signed_up"}]


def dealt(**scenario) -> dict[str, WorldPart]:
    read = of_data(scenario)
    return deal(read, expand(read))


def test_every_service_has_the_same_seed_clock_and_label():
    parts = dealt(name="monday", seed=7, clock={"frozen": True})
    assert list(parts) == list(SERVICES)
    assert {part.seed for part in parts.values()} == {"7"}
    assert {part.label for part in parts.values()} == {"monday"}
    assert len({part.clock.set for part in parts.values()}) == 1
    assert all(part.clock.frozen and part.clock.set for part in parts.values())


def test_without_a_seed_all_services_are_given_one_that_nobody_knows():
    seeds = {part.seed for part in dealt().values()}
    assert len(seeds) == 1
    assert len(seeds.pop()) >= 32


def test_a_part_is_what_a_service_takes():
    for part in dealt(clock={"frozen": True}, personas=[{"name": "Asha", "cymmetri": {}, "phones": PHONES}]).values():
        assert msgspec.json.decode(msgspec.json.encode(part), type=WorldPart) == part


def test_the_services_take_the_people_they_are_told_of():
    everyone = library.load("a-day-at-the-bank")
    parts = deal(everyone, expand(everyone))
    assert msgspec.convert(parts["cbs"].people, cbs.NewCustomers).customers
    assert msgspec.convert(parts["cymmetri"].people, cymmetri.People).accounts
    assert msgspec.convert(parts["auth_service"].people, auth_service.NewUsers).users
    assert msgspec.convert(parts["handset"].people, handset.People).handsets


def test_policies_and_faults_go_to_the_service_they_name():
    parts = dealt(
        policies={"tsg": {"push_receiver": "auth_service"}},
        faults=[{"service": "cbs", "effect": {"hang": True}}, {"service": "orchestrator", "effect": {"reset": True}}],
    )
    assert parts["tsg"].policies == {"push_receiver": "auth_service"}
    assert parts["cymmetri"].policies == {}
    assert [fault["effect"] for fault in parts["cbs"].faults] == [{"hang": True}]
    assert [fault["effect"] for fault in parts["orchestrator"].faults] == [{"reset": True}]
    assert parts["tsg"].faults == []


def test_the_bank_is_told_of_its_customers_only():
    parts = dealt(
        personas=[
            {"name": "Asha", "cbs": {"status": "dormant", "user_id": "asha.r", "cards": [{"status": "hotlisted"}]}},
            {"name": "Zoya", "cbs": None},
            {"name": "Yash", "cbs": None, "cymmetri": {}},
        ]
    )
    (customer,) = parts["cbs"].people["customers"]
    assert set(customer) == {"cif", "legalName", "mobile", "email", "status", "dateOfBirth", "userId", "cards"}
    assert (customer["status"], customer["userId"]) == ("dormant", "asha.r")
    (card,) = customer["cards"]
    assert set(card) == {"cardId", "type", "number", "expiry", "pin", "cvv", "status"}
    assert card["status"] == "hotlisted"
    assert json.dumps(customer)


def test_cymmetri_is_told_of_accounts_and_of_passwords_that_were():
    personas = [
        {"name": "Asha"},
        {"name": "Hari", "cymmetri": {"blocked": "PT30M"}},
        {"name": "Yash", "cbs": None, "cymmetri": {"user_id": "yash.k"}},
        {"name": "Priya", "former_passwords": ["Mango-41", "Mango-42"]},
    ]
    parts = dealt(personas=personas)
    customers = {customer["legalName"].split()[0]: customer for customer in parts["cbs"].people["customers"]}
    hari, yash = parts["cymmetri"].people["accounts"]
    assert set(hari) == {"cif", "userId", "password", "legalName", "email", "mobile", "cardNumbers", "blocked"}
    assert hari["cif"] == customers["Hari"]["cif"]
    assert hari["cardNumbers"] == [customers["Hari"]["cards"][0]["number"]]
    assert (hari["blocked"], yash["blocked"]) == ("PT30M", False)
    assert (yash["userId"], yash["cardNumbers"]) == ("yash.k", [])
    assert parts["cymmetri"].people["formerPasswords"] == [
        {"cif": customers["Priya"]["cif"], "passwords": ["Mango-41", "Mango-42"]}
    ]


def test_the_auth_service_is_told_of_web_users():
    parts = dealt(personas=[{"name": "Asha"}, {"name": "Chitra", "cymmetri": {"user_id": "chitra.k"}}])
    (account,) = parts["cymmetri"].people["accounts"]
    assert parts["auth_service"].people == {
        "users": [
            {"username": "chitra.k", "email": account["email"], "mobile": account["mobile"], "cif": account["cif"]}
        ]
    }


def test_the_handset_service_is_told_of_phones_in_the_order_of_their_owners():
    parts = dealt(
        personas=[{"name": "Uma", "cymmetri": {}, "phones": PHONES}, {"name": "Asha", "phones": [{"os": "Tizen"}]}]
    )
    assert parts["handset"].people == {
        "handsets": [
            {"owner": "Uma", "os": "iOS", "model": "iPhone 17"},
            {"owner": "Uma", "os": "Android", "model": "Pixel 9"},
            {"owner": "Asha", "os": "Tizen", "model": "Pixel 9"},
        ]
    }


def test_services_without_people_are_told_of_none():
    parts = dealt(personas=[{"name": "Asha"}])
    assert parts["tsg"].people == parts["orchestrator"].people == {}


def test_the_mailroom_is_told_whose_an_address_is():
    contact = {"email": "asha@example.test", "mobile": "+919000000001"}
    assert dealt(personas=[{"name": "Asha", "cbs": contact}])["mailroom"].people == {
        "people": [{"name": "Asha", **contact}]
    }


def test_phones_that_were_made_are_enrolled_as_the_scenario_says():
    personas = [
        {"name": "Uma", "cymmetri": {"user_id": "uma.k"}, "phones": PHONES},
        {"name": "Tara", "phones": [{"tsg": "revoked"}, {}]},
    ]
    people = expand(of_data({"personas": personas})).people
    made = [
        {"id": f"h{n}", "emCertID": f"c{n}", "owner": owner} for n, owner in enumerate(["Uma", "Uma", "Tara", "Tara"])
    ]
    wanted = enrolment(people, {"handsets": made})
    assert wanted.subjects == [
        {"subject_id": "c0", "state": "registered"},
        {"subject_id": "c1", "state": "signed_up"},
        {"subject_id": "c2", "state": "revoked"},
    ]
    assert wanted.devices == [{"username": "uma.k", "emCertID": "c0"}]


@pytest.mark.parametrize("made", [{}, {"handsets": []}, {"handsets": [{"id": "h", "emCertID": "c", "owner": "Zoya"}]}])
def test_phones_that_were_not_made_are_told(made):
    people = expand(of_data({"personas": [{"name": "Asha", "phones": [{}]}]})).people
    with pytest.raises(SandboxRefusal) as caught:
        enrolment(people, made)
    assert (caught.value.code, caught.value.status) == ("bad-handsets", 502)
