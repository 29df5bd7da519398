"""Listing a customer's cards, and verifying the details of one."""

from simulators.cbs import tables
from simulators.cbs.cards import Details, Verdict, judge
from simulators.cbs.models import CardDetails
from simulators.cbs.records import Card
from simulators.cbs.steps import customers
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call


def list_cards(call: Call, cif: str) -> list[Card]:
    """Return a customer's cards, in their order. Raises Refusal (``CUSTOMER_NOT_FOUND``, 404)."""
    customers.find(call, cif)
    return call.tx.all(tables.cards_of, Card, cif=cif)


def verify_card(call: Call, details: CardDetails) -> Verdict:
    """Return the verdict on card details. Raises Refusal (``VALIDATION_FAILED``, 400) where the secret is missing."""
    field, secret = ("pin", details.pin) if details.type == "DEBIT" else ("cvv", details.cvv)
    if secret is None:
        message = f"{field} is missing: a {details.type.lower()} card is verified with it."
        raise Refusal("VALIDATION_FAILED", 400, message, field=field)
    cards = call.tx.all(tables.cards_of, Card, cif=details.cif)
    given = Details(details.type, details.pan_last4_digits, details.expiry_date, secret)
    verdict = judge(cards, given, call.now)
    call.decide(None, "card.verification", cif=details.cif, type=details.type, last4=given.last4, code=verdict.code)
    return verdict
