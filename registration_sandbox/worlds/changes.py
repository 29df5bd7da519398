"""The bank changes a customer while flows run: contacts, status and cards, as the core banking system then has them.

What others hold of the person, such as the contacts in Cymmetri and the Auth Service, stays as it is there.
"""

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from registration_sandbox.control_plane import fleet, tables
from registration_sandbox.control_plane.tables import ScenarioRow
from registration_sandbox.worlds import everywhere, locks, making, people
from registration_sandbox.worlds.checks import contact_mistakes
from registration_sandbox.worlds.everywhere import PendingCall, pending
from registration_sandbox.worlds.identities import Identity
from registration_sandbox.worlds.parts import card_part, contacts_part
from registration_sandbox.worlds.people import HeldCard, Person, Population
from registration_sandbox.worlds.personas import PersonaState
from registration_sandbox.worlds.scenario import (
    AUTO,
    CardStatus,
    CardType,
    Contact,
    CustomerStatus,
    ScenarioCard,
)
from simulators.kit.errors import SandboxRefusal
from simulators.kit.limits import CardsOfOne
from simulators.kit.models import assumed
from simulators.kit.wire.contacts import mobile_number
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import world_id

Digits = Annotated[str, Meta(min_length=1, max_length=19)]


class CardWish(Struct):
    """A card that the customer has from now on.

    One that is there already is meant by its ``number`` or ``last4``, else it is the next one of its ``type``; what is
    given of it is changed. Any other card is new: what is not given of it is made up.
    """

    type: Annotated[CardType | UnsetType, assumed] = UNSET
    status: Annotated[CardStatus | UnsetType, assumed] = UNSET
    number: Annotated[Digits | UnsetType, assumed] = UNSET
    last4: Annotated[Digits | UnsetType, assumed] = UNSET
    expiry: Annotated[
        Annotated[str, Meta(pattern="^(0[1-9]|1[0-2])[0-9]{2}$", min_length=4, max_length=4)] | UnsetType, assumed
    ] = UNSET
    pin: Annotated[Annotated[str, Meta(pattern="^[0-9]{4}$", min_length=4, max_length=4)] | UnsetType, assumed] = UNSET
    cvv: Annotated[Annotated[str, Meta(pattern="^[0-9]{3}$", min_length=3, max_length=3)] | UnsetType, assumed] = UNSET


class PersonChange(Struct, forbid_unknown_fields=True):
    """What the bank changes of a customer; what is left out stays as it is.

    ``email`` and ``mobile`` are a contact, ``auto`` for one that is made up, or null, which takes it away. ``cards``
    are all the cards that the customer has from now on.
    """

    email: Annotated[Contact | UnsetType | None, assumed] = UNSET
    mobile: Annotated[Contact | UnsetType | None, assumed] = UNSET
    status: Annotated[CustomerStatus | UnsetType, assumed] = UNSET
    cards: Annotated[CardsOfOne[CardWish] | UnsetType, assumed] = UNSET


def change_person(service: Service, world: str, name: str, change: PersonChange) -> PersonaState:
    """Change a customer of the bank in a running world; return the person as they are then.

    Raises SandboxRefusal: ``unknown-world`` and ``unknown-person`` (404), ``not-a-customer`` (409) for a person whom
    the bank does not know, ``bad-scenario`` and ``bad-world`` (400) naming the field.
    """
    id = world_id(world)
    for mistake in contact_mistakes("", change.email or None, change.mobile or None):
        raise mistake
    with locks.hold(service, id) as lock:
        row = _scenario(service, id)
        number = _number_of(row.expansion.people, name, id)
        before = row.expansion.people[number]
        after = _apply(service, row.expansion, number, change, service.worlds.find(id))
        at_bank = fleet.place(id, "customers", after.cif)
        told = {"people": [contacts_part(after)]}
        left = [PendingCall("mailroom", "POST", fleet.place(id, "addressees"), told)]
        left = left if "mailroom" in fleet.reachable(service) else []
        lock.mark_change([PendingCall("cbs", "PATCH", at_bank, _for_cbs(before, change))])
        lock.ask("cbs", "PATCH", at_bank, _for_cbs(after, change))
        row.expansion.people[number] = after
        with service.store.transaction(id) as tx:
            tx.update(tables.scenarios, row)
            lock.mark(tx, "changed", pending(left))
        everywhere.make_calls(service, id, left)
        return making.everyone(service, id).personas[number]


def _scenario(service: Service, world: str) -> ScenarioRow:
    service.worlds.find(world)
    with service.store.transaction(world) as tx:
        row = tx.get(tables.scenarios, ScenarioRow)
    if row is None:
        words = f"The world {world!r} was made without a scenario: nobody in it is known by name."
        raise SandboxRefusal("unknown-person", 404, words)
    return row


def _number_of(everyone: Sequence[Person], name: str, world: str) -> int:
    for number, person in enumerate(everyone):
        if person.name.casefold() == name.casefold():
            return number
    known = [person.name for person in everyone]
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known) or 'none'}."
    raise SandboxRefusal("unknown-person", 404, f"There is no {name} in the world {world!r}.{hint}")


def _apply(service: Service, population: Population, number: int, change: PersonChange, world: World) -> Person:
    before = population.people[number]
    if before.status is None:
        words = f"The bank does not know {before.name}, so it has nothing of theirs to change."
        raise SandboxRefusal("not-a-customer", 409, words)
    taken = {value for person in population.people for value in people.values_of(person)}
    identity = Identity(population.seed, before.name, taken, "")
    values: dict[str, Any] = {}
    if change.email is not UNSET:
        values["email"] = identity.email() if change.email == AUTO else change.email
    if change.mobile is not UNSET:
        values["mobile"] = identity.mobile() if change.mobile == AUTO else mobile_number(change.mobile or "")
    if change.status is not UNSET:
        values["status"] = change.status
    if change.cards is not UNSET:
        with service.store.transaction(world.id) as tx:
            change_number = tx.next("card change")
        values["cards"] = _cards(identity, before, change.cards, f"change {change_number}", world.clock.now())
    return msgspec.structs.replace(before, **values)


def _cards(identity: Identity, before: Person, wishes: Sequence[CardWish], label: str, now: datetime) -> list[HeldCard]:
    left = list(before.cards)
    after = []
    for number, wish in enumerate(wishes):
        held = next((card for card in left if _is_meant(card, wish)), None)
        if held is None:
            new = _new_card(before, wish, f"cards[{number}]")
            held = people.draw_card(identity, new, f"{label}, card {number}", now)
        else:
            left.remove(held)
        after.append(_with_changes(held, wish))
    return after


def _is_meant(card: HeldCard, wish: CardWish) -> bool:
    given = {"number": wish.number, "last4": wish.last4, "type": wish.type}
    has = {"number": card.number, "last4": card.number[-4:], "type": card.type}
    return all(value is UNSET or value == has[name] for name, value in given.items())


def _new_card(before: Person, wish: CardWish, place: str) -> ScenarioCard:
    """Return the card to be made up for a wish that means none of the person's."""
    if wish.type is UNSET:
        words = f"{place}.type is missing, and {before.name} has no such card yet."
        raise SandboxRefusal("bad-world", 400, words, field=f"{place}.type")
    if wish.last4 is not UNSET and wish.number is UNSET:
        words = f"{place}.last4: {before.name} has no {wish.type.lower()} card that ends with {wish.last4}."
        raise SandboxRefusal("bad-world", 400, words, field=f"{place}.last4")
    return ScenarioCard(wish.type, "active" if wish.status is UNSET else wish.status)


def _with_changes(card: HeldCard, wish: CardWish) -> HeldCard:
    names = ("status", "number", "expiry", "pin", "cvv")
    return msgspec.structs.replace(card, **{n: value for n in names if (value := getattr(wish, n)) is not UNSET})


def _for_cbs(person: Person, change: PersonChange) -> dict[str, Any]:
    """Return what has changed of a customer as CBS is told."""
    values = {
        "email": person.email, "mobile": person.mobile, "status": person.status,
        "cards": [card_part(card) for card in person.cards],
    }  # fmt: skip
    return {name: value for name, value in values.items() if getattr(change, name) is not UNSET}
