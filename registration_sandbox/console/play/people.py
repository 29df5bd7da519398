"""The people of a world, to choose whom to play."""

from flask import Blueprint, Response

from registration_sandbox.console import urls
from registration_sandbox.console.pages import render, world_named
from registration_sandbox.console.play import acting
from registration_sandbox.worlds.personas import PersonaState

blueprint = Blueprint("console-people", __name__)


@blueprint.get(f"{urls.WORLD}/play")
def get_people(world: str) -> Response:
    found = world_named(world)
    everyone = acting.everyone(found.id)
    under_way = acting.open_web_registrations(found.id, everyone)
    people = [(person, describe_person(person), under_way.get(person.name, [])) for person in everyone]
    return render("people.html", found, people=people)


def describe_person(person: PersonaState) -> list[str]:
    """Return what distinguishes a person, in a few words each."""
    facts = []
    if person.status is None:
        facts.append("a stranger to the bank")
    elif person.status != "active":
        facts.append(f"a customer whose account is {person.status}")
    elif person.username is None:
        facts.append("a customer who has no web account")
    if person.username is not None:
        facts.append(f"uses the web site as {person.username}")
    if person.blocked:
        facts.append("is blocked")
    if person.status is not None:
        facts += _missing(person)
    if person.user_id is not None and person.username is None:
        facts.append(f"the bank holds the user id {person.user_id}")
    if person.former_passwords:
        facts.append("had a web account once")
    facts += [_phone(phone.tsg, phone.auth_service) for phone in person.handsets]
    return facts


def _missing(person: PersonaState) -> list[str]:
    found = []
    if person.email is None:
        found.append("the bank has no email address")
    if person.mobile is None:
        found.append("the bank has no mobile number")
    if not person.cards:
        found.append("has no card")
    found += [f"the {card.type.lower()} card is {card.status}" for card in person.cards if card.status != "active"]
    return found


def _phone(tsg: str, auth_service: bool) -> str:
    if auth_service:
        return "has an active phone"
    known = {"none": "a new phone", "signed_up": "a phone that signed up", "registered": "a phone that only TSG knows"}
    return f"has {known.get(tsg, f'a phone that was {tsg}')}"
