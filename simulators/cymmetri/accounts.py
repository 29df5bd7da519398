"""Cymmetri's own users."""

from datetime import datetime

from simulators.cymmetri.records import Account
from simulators.cymmetri.user_ids import user_id_key
from simulators.kit.wire.contacts import email_address, mobile_number


def new_account(
    cif: str, user_id: str, password_hash: str, legal_name: str, email: str | None, mobile: str | None, now: datetime
) -> Account:
    """Return a new user, who can be found by any usual spelling of user id and contacts."""
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
