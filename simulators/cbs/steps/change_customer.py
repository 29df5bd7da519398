"""The bank changes a customer while a flow runs: contacts, status, cards."""

from typing import Any

import msgspec
from msgspec import UNSET

from simulators.cbs import tables
from simulators.cbs.models import CardChange, CustomerChange, NewCard
from simulators.cbs.people import bad_world, read_mobile, replace_cards
from simulators.cbs.records import Card, Customer
from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.transactions import Transaction
from simulators.kit.wire.contacts import email_address


def change_customer(tx: Transaction, cif: str, change: CustomerChange) -> None:
    """Change what is given of a customer, all of it or nothing.

    Raises SandboxRefusal: ``unknown-customer`` (404), ``bad-world`` (400) naming the field.
    """
    customer = tx.get(tables.customers, Customer, cif=cif)
    if customer is None:
        message = f"There is no customer with the CIF {cif!r}; GET /_sandbox/worlds/{tx.world}/people lists them."
        raise SandboxRefusal("unknown-customer", 404, message, details={"cif": cif})
    if change.email is not UNSET:
        customer.email = change.email
        customer.email_key = email_address(change.email) if change.email else None
    if change.mobile is not UNSET:
        customer.mobile = read_mobile(change.mobile, "mobile", cif)
    if change.status is not UNSET:
        customer.status = change.status
    tx.update(tables.customers, customer)
    if change.cards is not UNSET:
        held = {card.card_id: card for card in tx.all(tables.cards_of, Card, cif=cif)}
        replace_cards(tx, cif, [_change_card(each, held, n) for n, each in enumerate(change.cards)], "cards")


def _change_card(change: CardChange, held: dict[str, Card], index: int) -> NewCard:
    """Return a card as it is from now on: a held one with its changes, or a new one."""
    before: dict[str, Any] = {}
    if change.card_id in held:
        kept = msgspec.convert(held[change.card_id], NewCard, from_attributes=True)
        before = msgspec.structs.asdict(kept)
    given = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not UNSET}
    missing = [name for name in ("type", "number", "expiry") if name not in before | given]
    if missing:
        place = f"cards[{index}].{missing[0]}"
        raise bad_world(place, f"is missing, and {change.card_id!r} is no card of the customer yet")
    return NewCard(**before | given)
