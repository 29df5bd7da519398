"""How many people, and how much of each, a world begins with at most: it is made in one go.

Each phone gets a certificate, each password is hashed. A scenario has the same limits as the part of each service.
"""

from collections.abc import Iterable, Sized
from typing import Annotated, TypeVar

from msgspec import Meta

Each = TypeVar("Each")

MOST_PEOPLE, MOST_CARDS, MOST_PASSWORDS = 1000, 100, 20
"""How many people there are, and how many cards and former passwords one of them has."""

MOST_PHONES, MOST_CARDS_TOGETHER, MOST_PASSWORDS_TOGETHER = 200, 3000, 2000
"""How many phones, cards and former passwords all people have together."""

Contact = Annotated[str, Meta(max_length=320)]
"""An email address or a mobile number of one of them, as anybody writes it."""

OfEachPerson = Annotated[list[Each], Meta(max_length=MOST_PEOPLE)]
CardsOfOne = Annotated[list[Each], Meta(max_length=MOST_CARDS)]
PasswordsOfOne = Annotated[list[Each], Meta(max_length=MOST_PASSWORDS)]
Phones = Annotated[list[Each], Meta(max_length=MOST_PHONES)]


def find_excess(what: str, of_each: Iterable[Sized], most: int) -> str | None:
    """Return what is wrong where people have more than ``most`` of something together, as words to follow a field."""
    number = sum(map(len, of_each))
    return f"have {number} {what} together; allowed are up to {most}" if number > most else None
