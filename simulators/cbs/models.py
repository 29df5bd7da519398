"""The core banking system's requests and answers. The documents say what the bank holds, not how it is asked."""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.cbs.records import CardStatus, CardType, CustomerStatus, Expiry
from simulators.kit.limits import CardsOfOne, OfEachPerson
from simulators.kit.models import assumed, documented

Text = Annotated[str, Meta(min_length=1, max_length=320)]
Last4 = Annotated[str, Meta(pattern="^[0-9]{4}$", min_length=4, max_length=4)]
Secret = Annotated[str, Meta(min_length=1, max_length=12)]


class CustomerSearch(Struct, rename="camel"):
    """The criterion of a search: exactly one of the four."""

    cif: Annotated[Text | None, assumed] = None
    mobile: Annotated[Text | None, documented] = None
    email: Annotated[Text | None, documented] = None
    card_number: Annotated[Text | None, assumed] = None


class FoundCustomer(Struct, rename="camel"):
    """A customer of the bank; ``mobile`` in E.164."""

    cif: Annotated[str, assumed]
    legal_name: Annotated[str, assumed]
    mobile: Annotated[str | None, documented]
    email: Annotated[str | None, documented]
    status: Annotated[CustomerStatus, assumed]
    date_of_birth: Annotated[date, assumed]


class FoundCustomers(Struct):
    """The customers that a search found."""

    customers: Annotated[list[FoundCustomer], assumed]


class ListedCard(Struct, rename="camel"):
    """A card of a customer; ``expired`` also when its last month has passed in the world's time."""

    card_id: Annotated[str, assumed]
    type: Annotated[CardType, documented]
    masked_number: Annotated[str, assumed]
    last4: Annotated[str, assumed]
    status: Annotated[CardStatus, assumed]


class ListedCards(Struct):
    """A customer's cards."""

    cards: Annotated[list[ListedCard], documented]


class CardDetails(Struct, rename="camel"):
    """The details of a card: ``pin`` for a debit card, ``cvv`` for a credit card; ``expiryDate`` is MMYY."""

    cif: Annotated[Text, assumed]
    type: Annotated[CardType, documented]
    pan_last4_digits: Annotated[Last4, assumed]
    expiry_date: Annotated[Expiry, assumed]
    pin: Annotated[Secret | None, assumed] = None
    cvv: Annotated[Secret | None, assumed] = None


class CardVerdict(Struct, omit_defaults=True):
    """``00`` right, ``14`` no such card, ``43`` hotlisted, ``54`` expired, ``55`` details wrong."""

    code: Annotated[str, assumed]
    description: Annotated[str | None, assumed] = None


class UserIdOfCustomer(Struct, rename="camel"):
    """The user id that the bank holds for a customer, if any."""

    user_id: Annotated[str | None, documented]


class CustomerOfUserId(Struct, rename="camel"):
    """The customer who has a user id, and the user id as the bank spells it."""

    user_id: Annotated[str, documented]
    cif: Annotated[str, assumed]


class NewCard(Struct, rename="camel", forbid_unknown_fields=True):
    """A card to put in place. The number may be written with spaces; PIN and CVV are what its holder knows."""

    card_id: Annotated[Text, assumed]
    type: Annotated[CardType, documented]
    number: Annotated[Text, assumed]
    expiry: Annotated[Expiry, assumed]
    pin: Annotated[Secret | None, assumed] = None
    cvv: Annotated[Secret | None, assumed] = None
    status: Annotated[CardStatus, assumed] = "active"


class NewCustomer(Struct, rename="camel", forbid_unknown_fields=True):
    """A customer to put in place, with the cards."""

    cif: Annotated[Text, assumed]
    legal_name: Annotated[Text, assumed]
    date_of_birth: Annotated[date, assumed]
    mobile: Annotated[Text | None, documented] = None
    email: Annotated[Text | None, documented] = None
    status: Annotated[CustomerStatus, assumed] = "active"
    user_id: Annotated[Text | None, documented] = None
    cards: Annotated[CardsOfOne[NewCard], documented] = []


class NewCustomers(Struct, forbid_unknown_fields=True):
    """The core banking system's part of a world's people."""

    customers: Annotated[OfEachPerson[NewCustomer], assumed] = []


class CardChange(Struct, rename="camel", forbid_unknown_fields=True):
    """A card that a customer has from now on. Of a card that is there, what is left out stays as it is."""

    card_id: Annotated[Text, assumed]
    type: Annotated[CardType | UnsetType, documented] = UNSET
    number: Annotated[Text | UnsetType, assumed] = UNSET
    expiry: Annotated[Expiry | UnsetType, assumed] = UNSET
    pin: Annotated[Secret | UnsetType | None, assumed] = UNSET
    cvv: Annotated[Secret | UnsetType | None, assumed] = UNSET
    status: Annotated[CardStatus | UnsetType, assumed] = UNSET


class CustomerChange(Struct, rename="camel", forbid_unknown_fields=True):
    """What the bank changes of a customer; null takes a contact away, and what is left out stays as it is.

    ``cards`` are all the cards that the customer has from now on.
    """

    email: Annotated[Text | UnsetType | None, documented] = UNSET
    mobile: Annotated[Text | UnsetType | None, documented] = UNSET
    status: Annotated[CustomerStatus | UnsetType, assumed] = UNSET
    cards: Annotated[CardsOfOne[CardChange] | UnsetType, documented] = UNSET


class CardView(ListedCard, rename="camel"):
    """A card with its expiry, MMYY."""

    expiry: Annotated[str, assumed]


class CustomerView(FoundCustomer, rename="camel"):
    """A customer with user id and cards."""

    user_id: Annotated[str | None, documented]
    cards: Annotated[list[CardView], documented]


class CustomerViews(Struct):
    """The bank's customers in a world; PIN, CVV and full card number are left out."""

    customers: Annotated[list[CustomerView], assumed]
