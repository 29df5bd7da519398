"""The people of a world, with what they know and have: what a driver fills into forms."""

from dataclasses import dataclass
from typing import Any, Literal, Self

import msgspec

from registration_sandbox.drivers.vocabulary import IdentityKind, Proof
from registration_sandbox.worlds.personas import PersonaCard, PersonaHandset, PersonaState

BROWSER = "browser-1"
NOBODYS_CARD: dict[Literal["last4", "expiry", "pin", "cvv"], str] = {
    "last4": "0000",
    "expiry": "1230",
    "pin": "0000",
    "cvv": "000",
}


@dataclass(frozen=True)
class Card:
    """Card details as a person fills them in; ``expiry`` is MMYY. Of a debit card the PIN counts, else the CVV."""

    kind: Proof
    last4: str
    expiry: str
    pin: str
    cvv: str

    @classmethod
    def of(cls, card: PersonaCard) -> Self:
        kind = Proof.DEBIT_CARD if card.type == "DEBIT" else Proof.CREDIT_CARD
        return cls(kind, card.last4, card.expiry, card.pin, card.cvv)


@dataclass(frozen=True)
class Identity:
    """How a person says who they are; what is ``None`` is left out of the form.

    ``spare`` is what stands in the field that is not asked for: a card's number with another identity, or another
    identity with a card's number.
    """

    kind: IdentityKind
    value: str | None
    browser: str | None = BROWSER
    spare: str | None = None


@dataclass
class Person:
    """A person of a world. ``username`` and ``password`` are the web account's, once there is one."""

    name: str
    legal_name: str
    cif: str
    email: str | None
    mobile: str | None
    cards: list[PersonaCard]
    username: str | None
    password: str | None
    handsets: list[PersonaHandset]

    @classmethod
    def of(cls, persona: Any) -> Self:
        """Return the person whom the control plane describes (``GET …/personas``)."""
        known = msgspec.convert(persona, PersonaState)
        return cls(
            known.name, known.legal_name, known.cif, known.email, known.mobile, known.cards,
            known.username, known.password, known.handsets,
        )  # fmt: skip

    @property
    def credentials(self) -> tuple[str, str]:
        """The user id and password of the person's web account."""
        if self.username is None or self.password is None:
            raise AssertionError(f"{self.name} is no user of the web site")
        return self.username, self.password

    @property
    def family_name(self) -> str:
        return self.legal_name.rpartition(" ")[2]

    def identity(self, kind: IdentityKind) -> Identity:
        """Return what the person is known by."""
        values: dict[IdentityKind, str | None] = {
            IdentityKind.CUSTOMER_NUMBER: self.cif,
            IdentityKind.MOBILE: self.mobile,
            IdentityKind.EMAIL: self.email,
            IdentityKind.CARD: self.cards[0].number if self.cards else None,
            IdentityKind.SHOE_SIZE: "42",
        }
        return Identity(kind, values[kind])

    def card(self, kind: Proof) -> Card:
        """Return the person's first usable card of a kind; one that nobody has when there is none."""
        usable = (Card.of(card) for card in self.cards if card.status == "active")
        return next((card for card in usable if card.kind == kind), Card(kind, **NOBODYS_CARD))

    def has_card(self, kind: Proof) -> bool:
        return any(Card.of(card).kind == kind for card in self.cards if card.status == "active")

    def unusable_card(self) -> Card:
        """Return the person's card that is hotlisted or expired."""
        return next(Card.of(card) for card in self.cards if card.status != "active")
