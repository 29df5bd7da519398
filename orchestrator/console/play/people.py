"""The people of a world, to choose whom to play."""

from flask import Blueprint, Response

from orchestrator.console import urls
from orchestrator.console.pages import render, world_named
from orchestrator.console.play import acting
from orchestrator.worlds.personas import PersonaState

blueprint = Blueprint("console-people", __name__)


@blueprint.get(f"{urls.WORLD}/play")
def get_people(world: str) -> Response:
    found = world_named(world)
    people = [(person, told_of(person)) for person in acting.everyone(found.id)]
    return render("people.html", found, people=people)


def told_of(person: PersonaState) -> list[str]:
    """Return what distinguishes a person, in a few words each."""
    told = []
    if person.status is None:
        told.append("a stranger to the bank")
    elif person.status != "active":
        told.append(f"a customer whose account is {person.status}")
    elif person.username is None:
        told.append("a customer who has no web account")
    if person.username is not None:
        told.append(f"uses the web site as {person.username}")
    if person.blocked:
        told.append("is blocked")
    if person.status is not None:
        told += _missing(person)
    if person.user_id is not None and person.username is None:
        told.append(f"the bank holds the user id {person.user_id}")
    if person.former_passwords:
        told.append("had a web account once")
    told += [_phone(phone.tsg, phone.auth_service) for phone in person.handsets]
    return told


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
