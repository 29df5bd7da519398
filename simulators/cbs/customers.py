"""The spellings in which customers are kept and searched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulators.cbs.cards import card_number
from simulators.kit.errors import Refusal
from simulators.kit.wire.contacts import email_address, mobile_number


@dataclass(frozen=True)
class Criterion:
    """What customers are searched by, with the value in the spelling that is compared."""

    by: str
    value: str


@dataclass(frozen=True)
class Spelling:
    """The name of a criterion, and how a text is brought into the spelling that is compared, if it is one."""

    name: str
    read: Callable[[str], str | None]


SPELLINGS = {
    "cif": Spelling("customer number", str.strip),
    "mobile": Spelling("telephone number", mobile_number),
    "email": Spelling("email address", email_address),
    "cardNumber": Spelling("card number", card_number),
}


def read_criterion(search: Mapping[str, str | None]) -> Criterion:
    """Return the one criterion of a search. Raises Refusal (``VALIDATION_FAILED``, 400)."""
    given = [(by, text) for by, text in search.items() if text is not None]
    if len(given) != 1:
        raise Refusal("VALIDATION_FAILED", 400, f"Give exactly one of {', '.join(SPELLINGS)}.")
    by, text = given[0]
    value = SPELLINGS[by].read(text)
    if not value:
        raise Refusal("VALIDATION_FAILED", 400, f"{by} is no {SPELLINGS[by].name}.", field=by)
    return Criterion(by, value)


def user_key(user_id: str) -> str:
    """Return a user id as it is compared: in no letter case."""
    return user_id.strip().casefold()
