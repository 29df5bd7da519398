"""The records that the core banking system keeps; ``tables`` has the tables they are kept in."""

from typing import Literal

from msgspec import Struct

CardType = Literal["DEBIT", "CREDIT"]
CardStatus = Literal["active", "hotlisted", "expired"]


class Customer(Struct):
    """A customer: ``mobile`` in E.164; ``email_key`` and ``user_key`` are the spellings that are compared."""

    cif: str
    legal_name: str
    mobile: str | None
    email: str | None
    email_key: str | None
    status: str
    date_of_birth: str
    user_id: str | None
    user_key: str | None


class Card(Struct):
    """A card: ``expiry`` is MMYY, ``status`` what the bank set, ``rank`` its place among its holder's cards."""

    card_id: str
    cif: str
    rank: int
    type: CardType
    number: str
    expiry: str
    pin: str | None
    cvv: str | None
    status: CardStatus

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def masked_number(self) -> str:
        return f"•••• •••• •••• {self.last4}"
