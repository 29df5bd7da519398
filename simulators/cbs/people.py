"""Puts customers in place: those of a new world, and those who join it later."""

from typing import TYPE_CHECKING, Any

import msgspec

from simulators.cbs.cards import Card, card_number
from simulators.cbs.customers import Customer, user_key
from simulators.cbs.models import NewCard, NewCustomer, NewCustomers
from simulators.kit.contacts import email_address, mobile_number
from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.lazy import lazy
from simulators.kit.store import Transaction
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.cbs import tables
else:
    tables = lazy("simulators.cbs.tables")


def put(work: Work, part: dict[str, Any]) -> None:
    """Put a world's customers in place. Raises SandboxRefusal (``bad-world``, 400)."""
    try:
        people = msgspec.convert(part, NewCustomers)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise _bad_world(f"people.{flaw.field}", flaw.words) from error
    admit(work.tx, people.customers, "people.customers")


def admit(tx: Transaction, newcomers: list[NewCustomer], place: str = "customers") -> None:
    """Add customers, replacing those with the same CIF, cards included.

    ``place`` is where they stand in the request. Raises SandboxRefusal (``bad-world``, 400) when a value is no card
    or telephone number, or when a CIF, user id, card id or card number would be there twice.
    """
    seen: set[str] = set()
    for index, new in enumerate(newcomers):
        here = f"{place}[{index}]"
        if new.cif in seen:
            raise _bad_world(f"{here}.cif", f"{new.cif} is given twice")
        seen.add(new.cif)
        for card in tx.all(tables.cards_of, Card, cif=new.cif):
            tx.delete(tables.cards, card_id=card.card_id)
        tx.delete(tables.customers, cif=new.cif)
        tx.insert(tables.customers, _customer(tx, new, here))
        for rank, new_card in enumerate(new.cards):
            tx.insert(tables.cards, _card(tx, new.cif, rank, new_card, f"{here}.cards[{rank}]"))


def _customer(tx: Transaction, new: NewCustomer, place: str) -> Customer:
    mobile = mobile_number(new.mobile) if new.mobile else None
    if new.mobile and mobile is None:
        raise _bad_world(f"{place}.mobile", f"{new.mobile!r} of {new.cif} is no telephone number")
    key = user_key(new.user_id) if new.user_id else None
    if key and tx.first(tables.by_user_id, Customer, value=key):
        raise _bad_world(f"{place}.userId", f"{new.user_id} of {new.cif} is another customer's")
    return Customer(
        cif=new.cif,
        legal_name=new.legal_name,
        mobile=mobile,
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
        raise _bad_world(f"{place}.number", f"a number of {cif} is no card number")
    if tx.first(tables.card_by_number, Card, number=number):
        raise _bad_world(f"{place}.number", f"a number of {cif} is another card's")
    if tx.get(tables.cards, Card, card_id=new.card_id):
        raise _bad_world(f"{place}.cardId", f"{new.card_id} of {cif} is another card's")
    return Card(new.card_id, cif, rank, new.type, number, new.expiry, new.pin, new.cvv, new.status)


def _bad_world(field: str, words: str) -> SandboxRefusal:
    return SandboxRefusal("bad-world", 400, f"{field}: {words}.", field=field)
