"""A world dealt out to the services: each is told what concerns it, as the body of its PUT /_sandbox/worlds/{world}."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from registration_sandbox.worlds.people import HeldCard, Person, Population
from registration_sandbox.worlds.scenario import AUTO, Phone, Scenario
from registration_sandbox.worlds.wire import share_wire_profile
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import SERVICES
from simulators.kit.world import WorldPart


class MadeHandset(Struct):
    """A phone that the handset service made, in its answer's ``people``."""

    id: str
    emCertID: str
    owner: str


class MadeHandsets(Struct):
    """The phones that the handset service made, in the order in which they were asked for."""

    handsets: list[MadeHandset]


class Enrolment(Struct, frozen=True):
    """How far the phones of a new world are to be registered already.

    ``subjects`` are for the TSG (``{"subject_id", "state"}``), ``devices`` for the Auth Service
    (``{"username", "emCertID"}``).
    """

    subjects: list[dict[str, str]]
    devices: list[dict[str, str]]


def deal(scenario: Scenario, population: Population) -> dict[str, WorldPart]:
    """Return the part of every service, by its name; they have seed, clock and label in common."""
    people = {
        "cbs": {"customers": [_customer(person) for person in population.people if person.status]},
        "cymmetri": _web_accounts(population.people),
        "auth_service": {"users": [_user(person) for person in population.people if person.account]},
        "mailroom": {"people": [contacts_part(person) for person in population.people]},
        "handset": {"handsets": [_handset(person, phone) for person, phone in _phones(population.people)]},
    }
    policies = share_wire_profile(scenario.policies)
    return {
        service: WorldPart(
            seed=population.seed,
            clock=population.clock,
            policies=policies.get(service, {}),
            people=people.get(service, {}),
            faults=[fault for fault in scenario.faults if fault["service"] == service],
            label=population.scenario,
            unmasked=scenario.unmasked,
        )
        for service in SERVICES
    }


def own_part(scenario: Scenario, population: Population) -> WorldPart:
    """Return the control plane's part: what all services have in common."""
    return WorldPart(
        seed=population.seed, clock=population.clock, label=population.scenario, unmasked=scenario.unmasked
    )


def enrolment(people: Sequence[Person], made: dict[str, Any]) -> Enrolment:
    """Return what TSG and Auth Service are to know of the phones that the handset service made.

    ``made`` is ``people`` of the answer to the handset's part. Raises SandboxRefusal (``bad-handsets``, 502) when it is
    not what was asked for.
    """
    phones = _phones(people)
    try:
        handsets = msgspec.convert(made, MadeHandsets).handsets
    except msgspec.ValidationError as error:
        raise SandboxRefusal("bad-handsets", 502, f"The handset service's answer is unusable: {error}.") from error
    if [handset.owner for handset in handsets] != [person.name for person, _ in phones]:
        words = f"{len(phones)} handsets were asked for, {len(handsets)} were made, or made for others."
        raise SandboxRefusal("bad-handsets", 502, words)
    subjects, devices = [], []
    for handset, (person, phone) in zip(handsets, phones, strict=True):
        if phone.tsg != "none":
            subjects.append({"subject_id": handset.emCertID, "state": phone.tsg})
        if phone.auth_service and person.account:
            devices.append({"username": person.account.user_id, "emCertID": handset.emCertID})
    return Enrolment(subjects, devices)


def _phones(people: Sequence[Person]) -> list[tuple[Person, Phone]]:
    return [(person, phone) for person in people for phone in person.phones]


def _customer(person: Person) -> dict[str, Any]:
    return {
        "cif": person.cif,
        "legalName": person.legal_name,
        "mobile": person.mobile,
        "email": person.email,
        "status": person.status,
        "dateOfBirth": person.date_of_birth.isoformat(),
        "userId": person.user_id,
        "cards": [card_part(card) for card in person.cards],
    }


def contacts_part(person: Person) -> dict[str, str | None]:
    """Return a person as the mailroom is told of them."""
    return {"name": person.name, "email": person.email, "mobile": person.mobile}


def card_part(card: HeldCard) -> dict[str, str]:
    """Return a card as CBS is told of it."""
    return {
        "cardId": card.id,
        "type": card.type,
        "number": card.number,
        "expiry": card.expiry,
        "pin": card.pin,
        "cvv": card.cvv,
        "status": card.status,
    }


def _web_accounts(people: Sequence[Person]) -> dict[str, Any]:
    return {
        "accounts": [
            {
                "cif": person.cif,
                "userId": person.account.user_id,
                "password": person.account.password,
                "legalName": person.legal_name,
                "email": person.email,
                "mobile": person.mobile,
                "cardNumbers": [card.number for card in person.cards],
                "blocked": person.account.blocked,
            }
            for person in people
            if person.account
        ],
        "formerPasswords": [
            {"cif": person.cif, "passwords": person.former_passwords} for person in people if person.former_passwords
        ],
    }


def _user(person: Person) -> dict[str, Any]:
    assert person.account is not None
    return {
        "username": person.account.user_id,
        "email": person.email,
        "mobile": person.mobile,
        "cif": person.cif,
    }


def _handset(person: Person, phone: Phone) -> dict[str, str]:
    return {"owner": person.name, "os": _os(phone), "model": phone.model}


def _os(phone: Phone) -> str:
    if phone.os != AUTO:
        return phone.os
    return "iOS" if phone.model.lower().startswith(("iphone", "ipad")) else "Android"
