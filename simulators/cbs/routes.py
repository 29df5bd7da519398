"""The core banking system's calls."""

import msgspec

from simulators.cbs.cards import status_at
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
from simulators.cbs.steps import customers, verify_card
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.tags import Tag

api = Api(Tag("customers and cards", "What the bank's other systems ask of its core."))


@api.operation(
    "POST", "/cbs/customers/search", body=CustomerSearch, answer=FoundCustomers, refusals=[(400, "VALIDATION_FAILED")]
)
def search_customers(call: Call, search: CustomerSearch) -> FoundCustomers:
    """Find customers by CIF, mobile, email or card number; several may share a mobile or an email.

    A mobile is understood in any usual spelling, an email in any letter case, a card number with or without spaces.
    """
    found = customers.search(call, search)
    return FoundCustomers(msgspec.convert(found, list[FoundCustomer], from_attributes=True))


@api.operation(
    "GET", "/cbs/customers/<cif>/cards", answer=ListedCards, refusals=[(404, "CUSTOMER_NOT_FOUND")]
)  # fmt: skip
def list_cards(call: Call, cif: str) -> ListedCards:
    """List a customer's cards."""
    cards = verify_card.list_cards(call, cif)
    return ListedCards(
        [
            ListedCard(card.card_id, card.type, card.masked_number, card.last4, status_at(card, call.now))
            for card in cards
        ]
    )


@api.operation(
    "POST", "/cbs/cards/verify", body=CardDetails, answer=CardVerdict, refusals=[(400, "VALIDATION_FAILED")]
)  # fmt: skip
def post_card_verification(call: Call, details: CardDetails) -> CardVerdict:
    """Tell whether the details of a card are right; the answer is 200 with a code in every case."""
    verdict = verify_card.verify_card(call, details)
    return CardVerdict(verdict.code, verdict.description)


@api.operation(
    "GET", "/cbs/customers/<cif>/user-id", answer=UserIdOfCustomer, refusals=[(404, "CUSTOMER_NOT_FOUND")]
)  # fmt: skip
def get_user_id(call: Call, cif: str) -> UserIdOfCustomer:
    """Return the user id that the bank holds for a customer; null where it holds none."""
    return UserIdOfCustomer(customers.find(call, cif).user_id)


@api.operation(
    "GET", "/cbs/user-ids/<user_id>", answer=CustomerOfUserId, refusals=[(404, "USER_ID_NOT_FOUND")]
)  # fmt: skip
def find_user_id(call: Call, user_id: str) -> CustomerOfUserId:
    """Return the customer who has a user id, in any letter case."""
    found = customers.find_by_user_id(call, user_id)
    return CustomerOfUserId(found.user_id or "", found.cif)
