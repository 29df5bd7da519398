"""The people that a scenario's personas become: the same for the same seed and name."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from registration_sandbox.worlds import cards
from registration_sandbox.worlds.identities import Identity, card_values
from registration_sandbox.worlds.scenario import (
    AUTO,
    Account,
    CardStatus,
    CardType,
    Customer,
    CustomerStatus,
    Persona,
    Phone,
    Scenario,
    ScenarioCard,
)
from simulators.kit import clock
from simulators.kit.seeds import fresh_seed
from simulators.kit.wire.contacts import mobile_number
from simulators.kit.world import WorldClock

GOOD_FOR_MONTHS, EXPIRED_MONTHS_AGO, SPREAD_MONTHS = 36, 3, 12
"""How long a card is good for, or how long ago it expired, and over how many months more that is spread."""


class HeldCard(Struct, frozen=True):
    """A card as the bank issued it; ``expiry`` is MMYY."""

    id: str
    type: CardType
    number: str
    expiry: str
    pin: str
    cvv: str
    status: CardStatus


class WebAccount(Struct, frozen=True):
    """A web account in Cymmetri; ``blocked`` is False, ``permanent`` or an ISO 8601 duration."""

    user_id: str
    password: str
    blocked: bool | str


class Person(Struct, frozen=True):
    """A person of a world, as ``about`` says. ``status`` is None for one whom the bank does not know.

    Such a person has a CIF and contacts all the same: what a stranger would type.
    """

    name: str
    cif: str
    legal_name: str
    date_of_birth: date
    email: str | None
    mobile: str | None
    status: CustomerStatus | None
    user_id: str | None
    cards: list[HeldCard]
    account: WebAccount | None
    former_passwords: list[str]
    phones: list[Phone]
    about: str = ""


class Population(Struct, frozen=True):
    """What a scenario became in one world: the seed and the clock that all services start with, and its people."""

    scenario: str
    seed: str
    clock: WorldClock
    people: list[Person]


def expand(scenario: Scenario) -> Population:
    """Return the people of a new world, in the order of the personas.

    A scenario without a seed gets one that nobody can guess. A clock that is to stand still without being set is set to
    this instant, so that it stands at the same one in every service.
    """
    seed = fresh_seed() if scenario.seed is None else str(scenario.seed)
    now = scenario.clock.set or clock.wall_now()
    at = WorldClock(now if scenario.clock.frozen else scenario.clock.set, scenario.clock.frozen)
    taken = {value for persona in scenario.personas for value in _list_given(persona)}
    people = [
        _person(Identity(seed, persona.name, taken, f"personas[{number}]"), persona, now)
        for number, persona in enumerate(scenario.personas)
    ]
    return Population(scenario.name, seed, at, people)


def values_of(person: Person) -> Iterator[str]:
    """Yield what a person has, so that nobody else is given it."""
    yield from filter(None, (person.cif, person.email, person.mobile, person.user_id))
    for card in person.cards:
        yield from card_values(person.name, card.number)


def _list_given(persona: Persona) -> Iterator[str]:
    """Yield what the scenario itself gives to a person, so that nobody else is given it."""
    if persona.cbs is not None:
        yield (persona.cbs.email or "").lower()
        yield mobile_number(persona.cbs.mobile or "") or ""
        yield (persona.cbs.user_id or "").lower()
    if persona.cymmetri is not None:
        yield persona.cymmetri.user_id.lower()


def _person(identity: Identity, persona: Persona, now: datetime) -> Person:
    known = persona.cbs
    bank = known or Customer(cards=[])
    user_id = identity.user_id("cbs.user_id") if bank.user_id == AUTO else bank.user_id
    return Person(
        name=persona.name,
        cif=identity.cif(),
        legal_name=identity.legal_name,
        date_of_birth=persona.date_of_birth or identity.date_of_birth(now),
        email=identity.email() if bank.email == AUTO else bank.email,
        mobile=identity.mobile() if bank.mobile == AUTO else bank.mobile and mobile_number(bank.mobile),
        status=known.status if known else None,
        user_id=user_id,
        cards=[draw_card(identity, card, f"card {number}", now) for number, card in enumerate(bank.cards, 1)],
        account=_account(identity, persona.cymmetri, user_id) if persona.cymmetri else None,
        former_passwords=persona.former_passwords,
        phones=persona.phones,
        about=persona.about,
    )


def draw_card(identity: Identity, card: ScenarioCard, label: str, now: datetime) -> HeldCard:
    """Return a card that the bank issues to a person; ``label`` tells it from the person's others."""
    spread = identity.number_below(SPREAD_MONTHS, label, "expiry")
    months = -EXPIRED_MONTHS_AGO - spread if card.status == "expired" else GOOD_FOR_MONTHS + spread
    number = identity.card_number(card.type, label)
    return HeldCard(
        id=f"card-{identity.digits(12, label, 'id')}",
        type=card.type,
        number=number,
        expiry=cards.expiry(now, months),
        pin=identity.digits(4, label, "pin"),
        cvv=identity.digits(3, label, "cvv"),
        status=card.status,
    )


def _account(identity: Identity, account: Account, bank_user_id: str | None) -> WebAccount:
    user_id = account.user_id
    if user_id == AUTO:
        user_id = bank_user_id or identity.user_id("cymmetri.user_id")
    password = identity.password(user_id) if account.password == AUTO else account.password
    return WebAccount(user_id, password, account.blocked)
