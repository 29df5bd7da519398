"""The records that the core banking system keeps; ``tables`` has the tables they are kept in."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulators.kit.store.checking import decode_with, read_date

CustomerStatus = Literal["active", "dormant", "closed", "deceased"]
CardType = Literal["DEBIT", "CREDIT"]
CardStatus = Literal["active", "hotlisted", "expired"]

Expiry = Annotated[str, Meta(pattern="^(0[1-9]|1[0-2])[0-9]{2}$", min_length=4, max_length=4)]


class Customer(Struct):
    """A customer: ``mobile`` in E.164; ``email_key`` and ``user_key`` are the spellings that are compared."""

    cif: str
    legal_name: str
    mobile: str | None
    email: str | None
    email_key: str | None
    status: CustomerStatus
    date_of_birth: Annotated[str, decode_with(read_date)]
    user_id: str | None
    user_key: str | None


class Card(Struct):
    """A card: ``expiry`` is MMYY, ``status`` what the bank set, ``rank`` its place among its holder's cards."""

    card_id: str
    cif: str
    rank: int
    type: CardType
    number: Annotated[str, Meta(pattern=r"^[0-9]{12,19}\Z")]
    expiry: Expiry
    pin: str | None
    cvv: str | None
    status: CardStatus

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def masked_number(self) -> str:
        return f"•••• •••• •••• {self.last4}"
