"""Puts customers in place: those of a new world, and those who join it later."""

from typing import Any

import msgspec

from simulators.cbs import tables
from simulators.cbs.cards import card_number
from simulators.cbs.customers import user_key
from simulators.cbs.models import NewCard, NewCustomer, NewCustomers
from simulators.cbs.records import Card, Customer
from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.limits import MOST_CARDS_TOGETHER, find_excess
from simulators.kit.store.transactions import Transaction
from simulators.kit.wire.contacts import email_address, mobile_number
from simulators.kit.work import Work


def put(work: Work, part: dict[str, Any]) -> None:
    """Put a world's customers in place. Raises SandboxRefusal (``bad-world``, 400)."""
    try:
        people = msgspec.convert(part, NewCustomers)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise bad_world(f"people.{flaw.field}", flaw.message) from error
    admit(work.tx, people.customers, "people.customers")


def admit(tx: Transaction, newcomers: list[NewCustomer], place: str = "customers") -> None:
    """Add customers, replacing those with the same CIF, cards included.

    ``place`` is where they stand in the request. Raises SandboxRefusal (``bad-world``, 400) when a value is no card
    or telephone number, when a CIF, user id, card id or card number would be there twice, or for too many cards.
    """
    excess = find_excess("cards", (new.cards for new in newcomers), MOST_CARDS_TOGETHER)
    if excess:
        raise bad_world(place, excess)
    seen: set[str] = set()
    for index, new in enumerate(newcomers):
        here = f"{place}[{index}]"
        if new.cif in seen:
            raise bad_world(f"{here}.cif", f"{new.cif} is given twice")
        seen.add(new.cif)
        tx.delete(tables.customers, cif=new.cif)
        tx.insert(tables.customers, _customer(tx, new, here))
        replace_cards(tx, new.cif, new.cards, f"{here}.cards")


def replace_cards(tx: Transaction, cif: str, cards: list[NewCard], place: str) -> None:
    """Give a customer these cards in place of those that are there. Raises SandboxRefusal (``bad-world``, 400)."""
    for card in tx.all(tables.cards_of, Card, cif=cif):
        tx.delete(tables.cards, card_id=card.card_id)
    for rank, new in enumerate(cards):
        tx.insert(tables.cards, _card(tx, cif, rank, new, f"{place}[{rank}]"))


def read_mobile(text: str | None, place: str, cif: str) -> str | None:
    """Return a mobile in E.164; ``None`` for none. Raises SandboxRefusal (``bad-world``, 400)."""
    mobile = mobile_number(text) if text else None
    if text and mobile is None:
        raise bad_world(place, f"{text!r} of {cif} is no telephone number")
    return mobile


def bad_world(field: str, problem: str) -> SandboxRefusal:
    """Return the refusal of people who cannot be, naming the field."""
    return SandboxRefusal("bad-world", 400, f"{field}: {problem}.", field=field)


def _customer(tx: Transaction, new: NewCustomer, place: str) -> Customer:
    key = user_key(new.user_id) if new.user_id else None
    if key and tx.first(tables.by_user_id, Customer, value=key):
        raise bad_world(f"{place}.userId", f"{new.user_id} of {new.cif} is another customer's")
    return Customer(
        cif=new.cif,
        legal_name=new.legal_name,
        mobile=read_mobile(new.mobile, f"{place}.mobile", new.cif),
        email=new.email,
        email_key=email_address(new.email) if new.email else None,
        status=new.status,
        date_of_birth=new.date_of_birth.isoformat(),
        user_id=new.user_id,
        user_key=key,
    )


def _card(tx: Transaction, cif: str, rank: int, new: NewCard, place: str) -> Card:
    number = card_number(new.number)
    if number is None:
        raise bad_world(f"{place}.number", f"a number of {cif} is no card number")
    if tx.first(tables.card_by_number, Card, number=number):
        raise bad_world(f"{place}.number", f"a number of {cif} is another card's")
    if tx.get(tables.cards, Card, card_id=new.card_id):
        raise bad_world(f"{place}.cardId", f"{new.card_id} of {cif} is another card's")
    return Card(new.card_id, cif, rank, new.type, number, new.expiry, new.pin, new.cvv, new.status)
