"""Who has which address, told when a world is made and when the bank changes a contact."""

from typing import Any

import msgspec

from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.store.transactions import Transaction
from simulators.kit.work import Work
from simulators.mailroom import tables
from simulators.mailroom.addresses import normalise
from simulators.mailroom.models import People
from simulators.mailroom.records import Addressee


def put(work: Work, part: dict[str, Any]) -> None:
    """Note the people of a new world. Raises SandboxRefusal (``bad-world``, 400)."""
    try:
        told = msgspec.convert(part, People)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        words = f"people.{flaw.field}: {flaw.message}."
        raise SandboxRefusal("bad-world", 400, words, field=f"people.{flaw.field}") from error
    note(work.tx, told)


def note(tx: Transaction, told: People) -> None:
    """Note whose an address is, beside those that were known: older messages stay with whom they came to."""
    for person in told.people:
        for address in (person.email, person.mobile):
            if address:
                addressee = Addressee(normalise(address), person.name)
                tx.delete(tables.addressees, address=addressee.address, name=addressee.name)
                tx.insert(tables.addressees, addressee)
