"""A registration under way and the stages it goes through (web registration, steps 2 to 11)."""

from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct

Stage = Literal[
    "VERIFY_EMAIL_OTP", "VERIFY_MOBILE_OTP", "AUTHENTICATE_USER", "USER_ID", "VALIDATE_PASSWORD", "SET_PASSWORD",
    "COMPLETED",
]  # fmt: skip
"""What the registration waits for; until it is completed, also what its staged token is for."""

_ORDER: tuple[Stage, ...] = get_args(Stage)


class Registration(Struct):
    """A registration of one customer, begun at check identity with what CBS said of the customer then.

    ``token_number`` counts its staged tokens: the last is the current one, good until ``token_expires_at``. ``card``
    is the key of the card that the customer was found by, if it was one. ``validated`` is the hash of the password
    that was validated last.
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
    validated: str | None = None
    superseded: bool = False


def is_before(stage: Stage, other: Stage) -> bool:
    return _ORDER.index(stage) < _ORDER.index(other)


def under_way(registration: Registration, now: datetime) -> bool:
    """Tell whether the customer could still go on with the registration."""
    return not registration.superseded and registration.stage != "COMPLETED" and now < registration.token_expires_at
