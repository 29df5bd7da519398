"""A scenario: a world as data. Who exists, in what state, under which policies, with which faults.

What a field allows is said once, in its description: error messages and the editors' JSON Schema are made of it.
"""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from simulators.kit.limits import CardsOfOne, OfEachPerson, PasswordsOfOne, Phones
from simulators.kit.world import WorldClock

AUTO = "auto"
CardType = Literal["DEBIT", "CREDIT"]
CardStatus = Literal["active", "hotlisted", "expired"]
CustomerStatus = Literal["active", "dormant", "closed", "deceased"]
SubjectState = Literal["none", "signed_up", "registered", "revoked"]
Text = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[str, Meta(max_length=1000)]
Contact = Annotated[str, Meta(min_length=1, max_length=320)]
BLOCKED = "false, permanent, or for how long as an ISO 8601 duration, as in PT30M"


def describe(description: str) -> Meta:
    """Return what is said of a field, in its JSON Schema and when it is wrong."""
    return Meta(description=description, extra_json_schema={"x-basis": "assumed"})


MOST_FAULTS = 100


class ScenarioCard(Struct, forbid_unknown_fields=True, frozen=True):
    """A card of a customer."""

    type: Annotated[CardType, describe("DEBIT or CREDIT")] = "DEBIT"
    status: Annotated[CardStatus, describe("active, hotlisted or expired")] = "active"


class Customer(Struct, forbid_unknown_fields=True, frozen=True):
    """What the bank's core system (CBS) knows of a person. Left out, all has its default."""

    status: Annotated[CustomerStatus, describe("active, dormant, closed or deceased")] = "active"
    email: Annotated[Contact | None, describe("auto, an address, or null: none is registered")] = AUTO
    mobile: Annotated[Contact | None, describe("auto, a number as in '+919000012345', or null: none is registered")] = (
        AUTO
    )
    user_id: Annotated[Text | None, describe("null: the bank holds none; auto, or the user id it holds")] = None
    cards: Annotated[
        CardsOfOne[ScenarioCard],
        describe("the customer's cards; one active debit card if left out"),
    ] = field(default_factory=lambda: [ScenarioCard()])


class Account(Struct, forbid_unknown_fields=True, frozen=True):
    """A person's web account in Cymmetri."""

    user_id: Annotated[Text, describe("auto (the bank's user id, where it holds one), or a user id")] = AUTO
    password: Annotated[Text, describe("auto, or a password")] = AUTO
    blocked: Annotated[bool | Text, describe(BLOCKED)] = False


class Phone(Struct, forbid_unknown_fields=True, frozen=True):
    """A person's phone, as far as its registration has come."""

    model: Annotated[Text, describe("what the phone calls itself, as in Pixel 9")] = "Pixel 9"
    os: Annotated[Text, describe("auto (iOS for an iPhone or iPad, else Android), or an operating system")] = AUTO
    tsg: Annotated[
        SubjectState, describe("what the TSG knows of the phone: none, signed_up, registered or revoked")
    ] = "none"
    auth_service: Annotated[bool, describe("true: the phone is on the Auth Service as its owner's; else false")] = False


class Persona(Struct, forbid_unknown_fields=True, frozen=True):
    """A person of the scenario."""

    name: Annotated[Text, describe("what features and testers call the person; unique in the world")]
    about: Annotated[Words, describe("who the person is, in the words of the features: Asha, <about>")] = ""
    cbs: Annotated[Customer | None, describe("what the bank knows; null: it does not know the person")] = field(
        default_factory=Customer
    )
    date_of_birth: Annotated[date | None, describe("a date as in '2010-04-02'; left out: that of an adult")] = None
    cymmetri: Annotated[Account | None, describe("the person's web account, or null: none")] = None
    former_passwords: Annotated[
        PasswordsOfOne[Text],
        describe("passwords of a web account that the person once had, newest last"),
    ] = []
    phones: Annotated[Phones[Phone], describe("the person's phones")] = []


class Scenario(Struct, forbid_unknown_fields=True, frozen=True):
    """A world as data."""

    name: Annotated[Text, describe("the scenario's name; in a file, the file's name without its ending")] = "inline"
    description: Annotated[Words, describe("what the scenario is for, in one line")] = ""
    seed: Annotated[
        Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | Text | None,
        describe("what all chance comes from; left out: a new one for each world"),
    ] = None
    clock: Annotated[
        WorldClock, describe("set: an instant as in '2026-01-05T09:00:00Z'; frozen: true or false. Left out: real time")
    ] = field(default_factory=WorldClock)
    policies: Annotated[
        dict[str, Any], describe("by service, what is set there; what is left out has its default")
    ] = {}
    personas: Annotated[OfEachPerson[Persona], describe("everyone in the world")] = []
    faults: Annotated[
        list[dict[str, Any]],
        Meta(max_length=MOST_FAULTS),
        describe("what goes wrong, each with the service that it strikes"),
    ] = []
    unmasked: Annotated[bool, describe("true: passwords, PINs, codes and tokens stay readable in the journal")] = False
