"""Everyone in a world as it is now, with all that a tester needs to play them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, get_args

import msgspec
from msgspec import Struct

from registration_sandbox.worlds.people import HeldCard, Person, WebAccount
from registration_sandbox.worlds.scenario import CardStatus, CardType, CustomerStatus, SubjectState
from simulators.kit.models import assumed


class PersonaCard(Struct):
    """A card; ``expiry`` is MMYY."""

    type: Annotated[CardType, assumed]
    number: Annotated[str, assumed]
    last4: Annotated[str, assumed]
    expiry: Annotated[str, assumed]
    pin: Annotated[str, assumed]
    cvv: Annotated[str, assumed]
    status: Annotated[CardStatus, assumed]


class PersonaHandset(Struct):
    """A phone, and how far its registration has come; ``auth_service`` tells whether it is there as its owner's."""

    id: Annotated[str, assumed]
    emCertID: Annotated[str, assumed]
    tsg: Annotated[SubjectState, assumed]
    auth_service: Annotated[bool, assumed]


class PersonaState(Struct, rename="camel"):
    """A person, as ``about`` says: ``userId`` is the bank's, ``username`` and ``password`` are Cymmetri's, once there.

    ``status`` is null for one whom the bank does not know, ``password`` for one who chose it in this world.
    """

    name: Annotated[str, assumed]
    cif: Annotated[str, assumed]
    legal_name: Annotated[str, assumed]
    email: Annotated[str | None, assumed]
    mobile: Annotated[str | None, assumed]
    date_of_birth: Annotated[date, assumed]
    status: Annotated[CustomerStatus | None, assumed]
    cards: Annotated[list[PersonaCard], assumed]
    user_id: Annotated[str | None, assumed]
    username: Annotated[str | None, assumed]
    password: Annotated[str | None, assumed]
    blocked: Annotated[bool, assumed]
    former_passwords: Annotated[list[str], assumed]
    handsets: Annotated[list[PersonaHandset], assumed]
    about: Annotated[str, assumed] = ""


class Personas(Struct):
    """Everyone in a world, in the order of its scenario."""

    personas: Annotated[list[PersonaState], assumed]


class LiveAccount(Struct):
    """An account in Cymmetri's answer."""

    cif: str
    userId: str
    blocked: Any = False


class LiveSubject(Struct):
    """A subject in the TSG's answer."""

    subject_id: str
    state: str


class LiveDevice(Struct):
    """A device in the Auth Service's answer."""

    username: str
    emCertID: str


class LiveHandset(Struct):
    """A phone in the handset service's answer."""

    id: str
    emCertID: str
    owner: str | None = None


class LiveCard(Struct):
    """A card in CBS' answer."""

    cardId: str
    status: CardStatus


class LiveCustomer(Struct):
    """A customer in CBS' answer."""

    cif: str
    email: str | None
    mobile: str | None
    status: CustomerStatus
    cards: list[LiveCard] = []


class LiveFacts(Struct):
    """What the services say of a world's people (``GET /_sandbox/worlds/{world}/people``), in one.

    Made of their answers by ``facts``; what a service that is not asked would have said is missing.
    """

    accounts: list[LiveAccount] = []
    subjects: list[LiveSubject] = []
    devices: list[LiveDevice] = []
    handsets: list[LiveHandset] = []
    customers: list[LiveCustomer] = []


def facts(*answers: dict[str, Any]) -> LiveFacts:
    """Return the facts in the services' answers, given in any order. Raises msgspec.ValidationError."""
    return msgspec.convert({key: value for answer in answers for key, value in answer.items()}, LiveFacts)


def personas(people: Sequence[Person], live: LiveFacts) -> Personas:
    """Return everyone as they are now: as they were made, and what has become of them."""
    accounts = {account.cif: account for account in live.accounts}
    customers = {customer.cif: customer for customer in live.customers}
    return Personas([_state(person, customers.get(person.cif), accounts.get(person.cif), live) for person in people])


def _state(person: Person, customer: LiveCustomer | None, account: LiveAccount | None, live: LiveFacts) -> PersonaState:
    """Return a person as they are now; ``customer`` is what the bank holds, where it can be asked."""
    known: Person | LiveCustomer = customer or person
    statuses = {card.cardId: card.status for card in customer.cards} if customer else {}
    return PersonaState(
        name=person.name,
        cif=person.cif,
        legal_name=person.legal_name,
        email=known.email,
        mobile=known.mobile,
        date_of_birth=person.date_of_birth,
        status=known.status,
        cards=[_card(card, statuses.get(card.id, card.status)) for card in person.cards],
        user_id=person.user_id,
        username=account.userId if account else None,
        password=_password(person.account, account),
        blocked=bool(account and account.blocked),
        former_passwords=person.former_passwords,
        handsets=_handsets(person.name, account, live),
        about=person.about,
    )


def _password(made: WebAccount | None, account: LiveAccount | None) -> str | None:
    if made is None or account is None or made.user_id.casefold() != account.userId.casefold():
        return None
    return made.password


def _handsets(owner: str, account: LiveAccount | None, live: LiveFacts) -> list[PersonaHandset]:
    states = {subject.subject_id: _subject_state(subject) for subject in live.subjects}
    username = account.userId.casefold() if account else None
    theirs = {device.emCertID for device in live.devices if device.username.casefold() == username}
    return [
        PersonaHandset(handset.id, handset.emCertID, states.get(handset.emCertID, "none"), handset.emCertID in theirs)
        for handset in live.handsets
        if handset.owner == owner
    ]


def _subject_state(subject: LiveSubject) -> SubjectState:
    """Return how far a sign-up has come; an emCert alone is none."""
    return next((state for state in get_args(SubjectState) if state == subject.state), "none")


def _card(card: HeldCard, status: CardStatus) -> PersonaCard:
    return PersonaCard(card.type, card.number, card.number[-4:], card.expiry, card.pin, card.cvv, status)
