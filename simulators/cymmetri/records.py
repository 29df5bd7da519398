"""The records that Cymmetri keeps; ``tables`` has the tables they are kept in."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import pyotp
from msgspec import Meta, Struct

from simulators.cymmetri.passwords import read_hash
from simulators.kit.store.checking import decode_with

AttemptKind = Literal["email_otp", "mobile_otp", "card", "login"]
Channel = Literal["EMAIL", "MOBILE"]

Stage = Literal[
    "VERIFY_EMAIL_OTP", "VERIFY_MOBILE_OTP", "AUTHENTICATE_USER", "USER_ID", "VALIDATE_PASSWORD", "SET_PASSWORD",
    "COMPLETED",
]  # fmt: skip
"""What the registration waits for; until it is completed, also what its staged token is for."""

Hash = Annotated[str, decode_with(read_hash)]
Secret = Annotated[str, decode_with(lambda secret: pyotp.HOTP(secret).at(0))]


class Account(Struct):
    """A user. ``user_key``, ``email_key`` and ``mobile_key`` are the spellings that are compared."""

    cif: str
    user_id: str
    user_key: str
    password: Hash
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
    """The hash of a former password of a customer; ``number`` grows with time."""

    number: int
    cif: str
    hash: Hash


class Registration(Struct):
    """A registration of one customer, begun at check identity with what CBS said of the customer then.

    ``email`` and ``mobile`` follow the bank until they are verified. ``token_number`` counts the staged tokens: the
    last is the current one, good until ``token_expires_at``. ``card`` is the key of the card that the customer was
    found by, if it was one. ``validated`` is the hash of the password that was validated last.
    """

    id: str
    cif: str
    device: str
    legal_name: str
    email: str
    mobile: str | None
    card: str | None
    created_at: datetime
    stage: Stage
    token_number: int
    token_expires_at: datetime
    user_id: str | None = None
    validated: Annotated[str | None, decode_with(read_hash)] = None
    superseded: bool = False


class Challenge(Struct):
    """An OTP that was sent to a contact, or was to be sent: ``failed`` when no gateway took it.

    Its code is an HOTP (RFC 4226) of a secret of its own. A TOTP it is not: the time steps of one are at most two
    minutes long (NIST SP 800-63B-4, section 3.1.4.1), and a mailed code holds longer.
    """

    id: str
    number: Annotated[int, Meta(ge=0)]
    registration: str
    cif: str
    channel: Channel
    sent_to: str
    secret: Secret
    digits: Annotated[int, Meta(ge=1, le=10)]
    issued_at: datetime
    expires_at: datetime
    failed: bool = False

    @property
    def lifetime(self) -> timedelta:
        return self.expires_at - self.issued_at


class Lockout(Struct):
    """A customer's wrong attempts by kind, and the block they led to.

    ``under_way`` are the card attempts that CBS has not answered yet, by the machine's time at which they began.
    ``blocked_until`` is ``None`` while blocked for good.
    """

    cif: str
    wrong: dict[str, Annotated[int, Meta(ge=0)]] = {}
    under_way: list[datetime] = []
    blocked: bool = False
    blocked_until: datetime | None = None


class Reservation(Struct):
    """A user id held for a customer; ``key`` is the user id in the spelling that is compared."""

    key: str
    cif: str
    until: datetime


class LoginSession(Struct):
    """When a login's token was last used; ``number`` counts the world's logins."""

    number: int
    cif: str
    used_at: datetime
