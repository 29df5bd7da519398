"""A customer of the bank, and by what one is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from simulators.cbs.cards import card_number
from simulators.kit.contacts import email_address, mobile_number
from simulators.kit.errors import Refusal


class Customer(Struct):
    """A customer as kept: ``mobile`` in E.164, ``email_key`` and ``user_key`` what email and user id are matched by."""

    cif: str
    legal_name: str
    mobile: str | None
    email: str | None
    email_key: str | None
    status: str
    date_of_birth: str
    user_id: str | None
    user_key: str | None


@dataclass(frozen=True)
class Criterion:
    """What customers are searched by, and the value in the spelling in which it is kept."""

    by: str
    value: str


@dataclass(frozen=True)
class Spelling:
    """What a criterion is in words, and how it is brought into the spelling in which it is kept, if it is one."""

    words: str
    bring: Callable[[str], str | None]


SPELLINGS = {
    "cif": Spelling("customer number", str.strip),
    "mobile": Spelling("telephone number", mobile_number),
    "email": Spelling("email address", email_address),
    "cardNumber": Spelling("card number", card_number),
}


def criterion(asked: Mapping[str, str | None]) -> Criterion:
    """Return the one criterion that a search gives. Raises Refusal (``VALIDATION_FAILED``, 400)."""
    given = [(by, text) for by, text in asked.items() if text is not None]
    if len(given) != 1:
        raise Refusal("VALIDATION_FAILED", 400, f"Give exactly one of {', '.join(SPELLINGS)}.")
    by, text = given[0]
    value = SPELLINGS[by].bring(text)
    if not value:
        raise Refusal("VALIDATION_FAILED", 400, f"{by} is no {SPELLINGS[by].words}.", field=by)
    return Criterion(by, value)


def user_key(user_id: str) -> str:
    """Return what user ids are compared by: they are the same in any letter case."""
    return user_id.strip().casefold()
