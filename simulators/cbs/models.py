"""The core banking system's requests and answers. Of its interface the documents say what the bank holds, no more."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulators.cbs.cards import CardStatus, CardType
from simulators.kit.models import assumed, documented

CustomerStatus = Literal["active", "dormant", "closed", "deceased"]

Text = Annotated[str, Meta(min_length=1, max_length=320)]
Expiry = Annotated[str, Meta(pattern="^(0[1-9]|1[0-2])[0-9]{2}$", min_length=4, max_length=4)]
Last4 = Annotated[str, Meta(pattern="^[0-9]{4}$", min_length=4, max_length=4)]
Secret = Annotated[str, Meta(min_length=1, max_length=12)]


class CustomerSearch(Struct, rename="camel"):
    """What to search by: exactly one of the four."""

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
    """Everyone that a search found."""

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
    """What a customer says of a card: ``pin`` for a debit card, ``cvv`` for a credit card; ``expiryDate`` is MMYY."""

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
    """Whose a user id is, as the bank spells it."""

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
    cards: Annotated[list[NewCard], documented] = []


class NewCustomers(Struct, forbid_unknown_fields=True):
    """The core banking system's part of a world's people."""

    customers: Annotated[list[NewCustomer], assumed] = []


class HeldCard(ListedCard, rename="camel"):
    """A card with its expiry, MMYY."""

    expiry: Annotated[str, assumed]


class HeldCustomer(FoundCustomer, rename="camel"):
    """A customer with user id and cards."""

    user_id: Annotated[str | None, documented]
    cards: Annotated[list[HeldCard], documented]


class HeldCustomers(Struct):
    """Everyone that the bank knows in a world; PIN, CVV and full card number are left out."""

    customers: Annotated[list[HeldCustomer], assumed]
