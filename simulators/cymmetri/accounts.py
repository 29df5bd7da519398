"""Cymmetri's own users."""

from datetime import datetime

from msgspec import Struct

from simulators.cymmetri.user_ids import user_id_key
from simulators.kit.contacts import email_address, mobile_number


class Account(Struct):
    """A user. ``user_key``, ``email_key`` and ``mobile_key`` are the spellings that are compared."""

    cif: str
    user_id: str
    user_key: str
    password: str
    legal_name: str
    email: str | None
    email_key: str | None
    mobile: str | None
    mobile_key: str | None
    created_at: datetime


class KnownCard(Struct):
    """A card that a user can be found by; ``key`` is ``identities.card_key`` of its number."""

    key: str
    cif: str


class PastPassword(Struct):
    """The hash of a password that a customer used to have; ``number`` grows with time."""

    number: int
    cif: str
    hash: str


def account(
    cif: str, user_id: str, password_hash: str, legal_name: str, email: str | None, mobile: str | None, now: datetime
) -> Account:
    """Make a user, found from now on in any usual spelling of its user id and contacts."""
    return Account(
        cif=cif,
        user_id=user_id,
        user_key=user_id_key(user_id),
        password=password_hash,
        legal_name=legal_name,
        email=email,
        email_key=email_address(email) if email else None,
        mobile=mobile,
        mobile_key=mobile_number(mobile) or mobile if mobile else None,
        created_at=now,
    )
