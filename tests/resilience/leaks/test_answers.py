"""What an answer must not tell, neither by what it says nor by what is done for it, which takes time."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.cymmetri import passwords
from simulators.cymmetri.app import create_app
from simulators.cymmetri.steps import log_in as log_in_step
from simulators.kit.settings import Settings
from tests.support.registrant import Registrant, log_in, other
from tests.support.world import Said, World

pytestmark = pytest.mark.thorough


Case = Callable[[], Said]


def told(said: Said) -> tuple[int, Any, list[str]]:
    """Return what an answer tells, but for its time and the tester's headers."""
    body = {name: value for name, value in said.body.items() if name not in ("timestamp", "token")}
    own = ("date", "sandbox-branch", "sandbox-exchange")
    return said.status, body, sorted(name for name in said.headers if name not in own)


def has_the_same_done(world: World, cases: Mapping[str, Case]) -> None:
    """Compare what each case has the systems ask each other: what is asked more often takes longer."""
    done: dict[str, list[tuple[str, str, str]]] = {}
    seen = {each.id for each in world.client.journal()}
    for name, case in cases.items():
        case()
        new = [each for each in world.client.journal() if each.id not in seen]
        seen |= {each.id for each in new}
        done[name] = sorted((each.service, each.method, re.sub("[0-9]+", "#", each.path)) for each in new)
    first, *others = done.values()
    assert first
    assert others == [first] * len(others), done


@pytest.fixture
def chitra(sandbox: RunningSandbox) -> World:
    policies = {"cymmetri": {"login": {"max_attempts": 10_000}}}
    return World(sandbox, {"personas": [{"name": "Chitra", "cymmetri": {}}], "policies": policies})


def logins(world: World) -> dict[str, Case]:
    known = world.personas["Chitra"]["username"]
    return {
        "unknown user": lambda: log_in(world, "nobody.at.all", "Wrong-passw0rd!"),
        "wrong password": lambda: log_in(world, known, "Wrong-passw0rd!"),
    }


def logins_at_the_auth_service(world: World) -> dict[str, Case]:
    def at(username: str) -> Case:
        body = {"username": username, "password": "Wrong-passw0rd!"}
        return lambda: world.ask("auth_service", "POST", "/auth/login", body)

    return {"unknown user": at("nobody.at.all"), "wrong password": at(world.personas["Chitra"]["username"])}


@pytest.mark.parametrize("cases_of", [logins, logins_at_the_auth_service])
def test_a_login_does_not_tell_an_unknown_user_from_a_wrong_password(
    chitra: World, cases_of: Callable[[World], dict[str, Case]]
) -> None:
    cases = cases_of(chitra)
    assert told(cases["unknown user"]()) == told(cases["wrong password"]())
    assert cases["unknown user"]().status == 401
    has_the_same_done(chitra, cases)


def test_a_password_is_checked_once_for_an_unknown_user_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(settings).test_client()
    account = {"cif": "100000001", "userId": "chitra", "password": "Chai4two!now", "legalName": "Chitra Rao"}
    client.put("/_sandbox/worlds/default", json={"people": {"accounts": [account]}})
    checked: list[str] = []
    real = passwords.is_password

    def counted(given: str, hash: str) -> bool:
        checked.append(hash)
        return real(given, hash)

    monkeypatch.setattr(passwords, "is_password", counted)
    monkeypatch.setattr(log_in_step, "is_password", counted)
    for user in ("chitra", "nobody.at.all"):
        body = {"userId": user, "password": "Wrong-passw0rd!"}
        assert client.post("/ciamauthsrvc/login", json=body).status_code == 401
    known, unknown = checked
    algorithm_and_cost = slice(1, 4)
    assert known.split("$")[algorithm_and_cost] == unknown.split("$")[algorithm_and_cost]


INELIGIBLE = ("dormant", "closed", "deceased")


@pytest.fixture
def ineligible(sandbox: RunningSandbox) -> World:
    return World(sandbox, {"personas": [{"name": status, "cbs": {"status": status}} for status in INELIGIBLE]})


def test_an_identity_check_does_not_tell_why_a_customer_is_not_eligible(ineligible: World) -> None:
    def case(name: str) -> Case:
        return lambda: ineligible.send(Registrant(ineligible, name).check())

    cases = {name: case(name) for name in INELIGIBLE}
    answers = [told(each()) for each in cases.values()]
    assert answers[0][0] == 403
    assert answers[1:] == answers[:1] * 2
    has_the_same_done(ineligible, cases)


def test_the_middleware_does_not_tell_it_either(ineligible: World) -> None:
    def begin(name: str) -> Said:
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": ineligible.personas[name]["cif"]}
        return ineligible.ask("orchestrator", "POST", "/registrations", body)

    answers = [told(begin(name)) for name in INELIGIBLE]
    assert answers[0][0] == 403
    assert answers[1:] == answers[:1] * 2


CARDS = [
    {"type": "DEBIT"}, {"type": "DEBIT", "status": "hotlisted"}, {"type": "DEBIT", "status": "expired"},
    {"type": "CREDIT"}, {"type": "CREDIT", "status": "hotlisted"}, {"type": "CREDIT", "status": "expired"},
]  # fmt: skip
ACTIVE, HOTLISTED, EXPIRED = 0, 1, 2


def details(customer: Registrant, type_of_card: str) -> dict[str, dict[str, str]]:
    """Return card details by what is wrong with them."""
    first = 0 if type_of_card == "DEBIT" else 3
    proof = "pin" if type_of_card == "DEBIT" else "cvv"
    right = customer.card_details(first + ACTIVE)
    return {
        "wrong proof": {**right, proof: other(right[proof])},
        "wrong expiry": {**right, "expiry": "0139"},
        "wrong last4": {**right, "cardLast4": other(right["cardLast4"])},
        "all wrong": {**right, "cardLast4": other(right["cardLast4"]), "expiry": "0139", proof: other(right[proof])},
        "hotlisted": customer.card_details(first + HOTLISTED),
        "expired": customer.card_details(first + EXPIRED),
    }


@pytest.mark.parametrize("type_of_card", ["DEBIT", "CREDIT"])
def test_an_authentication_does_not_tell_what_is_wrong_with_a_card(sandbox: RunningSandbox, type_of_card: str) -> None:
    policies = {"cymmetri": {"card": {"max_attempts": 10_000}}}
    names = [f"Asha{number}" for number in range(6)]
    personas = [{"name": name, "cbs": {"cards": CARDS}} for name in names]
    world = World(sandbox, {"personas": personas, "policies": policies})
    customers = [Registrant(world, name).at_card() for name in names]

    def case(customer: Registrant, what: str) -> Case:
        body = details(customer, type_of_card)[what]
        return lambda: world.send(customer.request("authenticateUser", body))

    wrongs = list(details(customers[0], type_of_card))
    cases = {what: case(customer, what) for customer, what in zip(customers, wrongs, strict=True)}
    answers = {what: told(each()) for what, each in cases.items()}
    expected = answers["wrong proof"]
    assert (expected[0], expected[1]["errorCode"]) == (401, "REGSRVC.AUTHENTICATION_FAILED")
    assert expected[1]["errorMeta"] == {"attemptsLeft": 9_999}
    assert answers == dict.fromkeys(wrongs, expected)
    has_the_same_done(world, cases)


@pytest.mark.parametrize("what", ["wrong proof", "wrong expiry", "wrong last4", "hotlisted", "expired"])
def test_a_block_does_not_tell_what_was_wrong_with_a_card(sandbox: RunningSandbox, what: str) -> None:
    clock = {"set": "2026-01-05T09:00:00Z", "frozen": True}
    world = World(sandbox, {"personas": [{"name": "Asha", "cbs": {"cards": CARDS}}], "clock": clock})
    asha = Registrant(world, "Asha").at_card()
    wrong = asha.request("authenticateUser", details(asha, "DEBIT")[what])
    answers = [world.send(wrong) for _ in range(3)]
    assert [(said.reason, said.body["errorMeta"]) for said in answers] == [
        ("AUTHENTICATION_FAILED", {"attemptsLeft": 2}),
        ("AUTHENTICATION_FAILED", {"attemptsLeft": 1}),
        ("USER_BLOCKED", {"blockedUntil": "2026-01-05T09:30:00.000Z"}),
    ]
