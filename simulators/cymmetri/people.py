"""Puts a world's users in place: their accounts, blocks, and the passwords they used to have."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from simulators.cymmetri import tables
from simulators.cymmetri.accounts import new_account
from simulators.cymmetri.identities import card_key, identify
from simulators.cymmetri.passwords import hash_password
from simulators.cymmetri.policies import block_ends
from simulators.cymmetri.records import Account, KnownCard, Lockout, PastPassword
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.user_ids import user_id_key
from simulators.kit.errors import Flaw, SandboxRefusal, flaw_of
from simulators.kit.limits import (
    MOST_CARDS_TOGETHER,
    MOST_PASSWORDS_TOGETHER,
    CardsOfOne,
    Contact,
    OfEachPerson,
    PasswordsOfOne,
    find_excess,
)
from simulators.kit.work import Work

Text = Annotated[str, Meta(min_length=1, max_length=320)]
CardNumber = Annotated[str, Meta(max_length=40)]


class NewAccount(Struct, forbid_unknown_fields=True):
    """A user to put in place; ``blocked`` is false, ``permanent`` or an ISO 8601 duration from now."""

    cif: Text
    userId: Text
    password: Text
    legalName: Text
    email: Contact | None = None
    mobile: Contact | None = None
    cardNumbers: CardsOfOne[CardNumber] = []
    blocked: bool | Text = False


class FormerPasswords(Struct, forbid_unknown_fields=True):
    """The passwords that a customer, with an account or without, used to have, oldest first."""

    cif: Text
    passwords: PasswordsOfOne[Text]


class People(Struct, forbid_unknown_fields=True):
    """Cymmetri's part of a world's people."""

    accounts: OfEachPerson[NewAccount] = []
    formerPasswords: OfEachPerson[FormerPasswords] = []


def put(work: Work, part: dict[str, Any]) -> None:
    """Put a world's users in place. Raises SandboxRefusal (``bad-world``, 400)."""
    try:
        people = msgspec.convert(part, People)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise _bad_world(flaw.field, flaw.message) from error
    cards = find_excess("cards", (new.cardNumbers for new in people.accounts), MOST_CARDS_TOGETHER)
    passwords = find_excess("passwords", (each.passwords for each in people.formerPasswords), MOST_PASSWORDS_TOGETHER)
    for field, excess in (("accounts", cards), ("formerPasswords", passwords)):
        if excess:
            raise _bad_world(field, excess)
    for former in people.formerPasswords:
        for password in former.passwords:
            past = PastPassword(work.tx.next("password"), former.cif, hash_password(password))
            work.tx.insert(tables.past_passwords, past)
    for index, new in enumerate(people.accounts):
        _add_account(work, new, f"accounts[{index}]")


def _add_account(work: Work, new: NewAccount, place: str) -> None:
    if work.tx.get(tables.accounts, Account, cif=new.cif):
        raise _bad_world(f"{place}.cif", f"{new.cif} is given twice")
    if work.tx.first(tables.account_by_user, Account, value=user_id_key(new.userId)):
        raise _bad_world(f"{place}.userId", f"{new.userId} is given twice")
    secret = hash_password(new.password)
    account = new_account(new.cif, new.userId, secret, new.legalName, new.email, new.mobile, work.now)
    work.tx.insert(tables.accounts, account)
    for number in new.cardNumbers:
        identity = identify("CARD", None, number)
        if isinstance(identity, Flaw):
            raise _bad_world(f"{place}.cardNumbers", f"a number of {new.cif} is no card number")
        key = card_key(work.world.origin, identity.value)
        work.tx.upsert(tables.known_cards, KnownCard(key, new.cif))
    if new.blocked is not False:
        try:
            until = block_ends(str(new.blocked), work.now)
        except ValueError as error:
            raise _bad_world(f"{place}.blocked", str(error)) from error
        blocks.save(work, Lockout(new.cif, blocked=True, blocked_until=until))


def _bad_world(field: str, words: str) -> SandboxRefusal:
    return SandboxRefusal("bad-world", 400, f"people.{field}: {words}.", field=f"people.{field}")
