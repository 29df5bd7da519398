"""The core banking system's calls."""

from typing import TYPE_CHECKING

import msgspec

from simulators.cbs.cards import Card, Details, status_at, verdict
from simulators.cbs.customers import Customer, criterion, user_key
from simulators.cbs.models import (
    CardDetails,
    CardVerdict,
    CustomerOfUserId,
    CustomerSearch,
    FoundCustomer,
    FoundCustomers,
    ListedCard,
    ListedCards,
    UserIdOfCustomer,
)
from simulators.kit.api import Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from simulators.cbs import tables
else:
    tables = lazy("simulators.cbs.tables")

api = Api()


@api.operation(
    "POST", "/cbs/customers/search", body=CustomerSearch, answer=FoundCustomers, refusals=[(400, "VALIDATION_FAILED")]
)
def search_customers(call: Call, search: CustomerSearch) -> FoundCustomers:
    """Find customers by CIF, mobile, email or card number; several may share a mobile or an email.

    A mobile is understood in any usual spelling, an email in any letter case, a card number with or without spaces.
    """
    wanted = criterion(msgspec.to_builtins(search))
    found = call.tx.all(tables.found_by[wanted.by], Customer, value=wanted.value)
    call.decide(None, "customer.search", by=wanted.by, found=[customer.cif for customer in found])
    return FoundCustomers(msgspec.convert(found, list[FoundCustomer], from_attributes=True))


@api.operation(
    "GET", "/cbs/customers/<cif>/cards", answer=ListedCards, refusals=[(404, "CUSTOMER_NOT_FOUND")]
)  # fmt: skip
def list_cards(call: Call, cif: str) -> ListedCards:
    """List a customer's cards."""
    _customer(call, cif)
    cards = call.tx.all(tables.cards_of, Card, cif=cif)
    return ListedCards(
        [
            ListedCard(card.card_id, card.type, card.masked_number, card.last4, status_at(card, call.now))
            for card in cards
        ]
    )


@api.operation(
    "POST", "/cbs/cards/verify", body=CardDetails, answer=CardVerdict, refusals=[(400, "VALIDATION_FAILED")]
)  # fmt: skip
def verify_card(call: Call, details: CardDetails) -> CardVerdict:
    """Tell whether what a customer says of a card is right; the answer is 200 with a code in every case."""
    field = "pin" if details.type == "DEBIT" else "cvv"
    secret = details.pin if details.type == "DEBIT" else details.cvv
    if secret is None:
        words = f"{field} is missing: a {details.type.lower()} card is verified with it."
        raise Refusal("VALIDATION_FAILED", 400, words, field=field)
    cards = call.tx.all(tables.cards_of, Card, cif=details.cif)
    said = Details(details.type, details.pan_last4_digits, details.expiry_date, secret)
    reached = verdict(cards, said, call.now)
    call.decide(None, "card.verification", cif=details.cif, type=details.type, last4=said.last4, code=reached.code)
    return CardVerdict(reached.code, reached.description)


@api.operation(
    "GET", "/cbs/customers/<cif>/user-id", answer=UserIdOfCustomer, refusals=[(404, "CUSTOMER_NOT_FOUND")]
)  # fmt: skip
def get_user_id(call: Call, cif: str) -> UserIdOfCustomer:
    """Tell the user id that the bank holds for a customer; null where it holds none."""
    return UserIdOfCustomer(_customer(call, cif).user_id)


@api.operation(
    "GET", "/cbs/user-ids/<user_id>", answer=CustomerOfUserId, refusals=[(404, "USER_ID_NOT_FOUND")]
)  # fmt: skip
def find_user_id(call: Call, user_id: str) -> CustomerOfUserId:
    """Tell whose a user id is, in any letter case."""
    found = call.tx.first(tables.by_user_id, Customer, value=user_key(user_id))
    if found is None or found.user_id is None:
        raise Refusal("USER_ID_NOT_FOUND", 404, f"No customer has the user id {user_id!r}.")
    return CustomerOfUserId(found.user_id, found.cif)


def _customer(call: Call, cif: str) -> Customer:
    found = call.tx.get(tables.customers, Customer, cif=cif)
    if found is None:
        raise Refusal("CUSTOMER_NOT_FOUND", 404, f"There is no customer with the CIF {cif!r}.")
    return found
