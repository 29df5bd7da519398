"""Names, numbers, contacts and secrets of simulated people, each derived from the world's seed and the person's name.

They are recognisable as the sandbox's and reach nobody: emails end in ``example.test`` (RFC 2606, section 2), and card
numbers are in ranges for tests (``cards``). India reserves no mobile numbers for tests: all are well formed and taken
from one block, and the sandbox sends no real SMS.
"""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from orchestrator.worlds import cards
from simulators.kit.seeds import derive_int, pick

if TYPE_CHECKING:
    from faker import Faker

MOBILE_BLOCK = "+9190000"
MAIL_DOMAIN = "example.test"
DIGITS = "0123456789"
LOWER = "bcdfghjkmnpqrstvwxz"
"""Letters of passwords: no vowels, so that they hold no name, and none that is taken for another."""
SPECIALS = "!@#"
LONGEST_START = 12
_FIRST_BORN, _LAST_BORN = date(1950, 1, 1), date(2004, 12, 31)


class Identity:
    """What is derived for one person. No value is given twice in a world: ``taken`` says what was given."""

    def __init__(self, seed: str, name: str, taken: set[str]) -> None:
        self._seed = seed
        self._name = name
        self._taken = taken
        self.legal_name = name if " " in name else f"{name} {_surname(self._derived('surname'))}"

    def cif(self) -> str:
        """Return a customer number of nine digits."""
        return self._fresh(lambda n: self._pick(DIGITS[1:], 1, "cif, first", n) + self._pick(DIGITS, 8, "cif", n))

    def date_of_birth(self) -> date:
        return _FIRST_BORN + timedelta(days=self._derived("born") % (_LAST_BORN - _FIRST_BORN).days)

    def mobile(self) -> str:
        """Return a mobile number in E.164."""
        return self._fresh(lambda n: MOBILE_BLOCK + self._pick(DIGITS, 5, "mobile", n))

    def email(self) -> str:
        local = ".".join(filter(None, map(_plain, self.legal_name.split()))) or "somebody"
        return self._fresh(lambda n: f"{local}{n or ''}@{MAIL_DOMAIN}")

    def user_id(self) -> str:
        start = _plain(self._name).lstrip(DIGITS)[:LONGEST_START] or "user"
        return self._fresh(lambda n: start + self._pick(DIGITS, 5, "user id", n))

    def password(self, user_id: str) -> str:
        """Return a password with characters of every kind, and in it neither a name of the person's nor the user id."""
        for n in count():
            password = "".join(
                self._pick(alphabet, length, "password", alphabet, n)
                for alphabet, length in ((LOWER.upper(), 2), (LOWER, 5), (SPECIALS, 1), (DIGITS, 4))
            )
            if not any(part.casefold() in password.casefold() for part in (*self.legal_name.split(), user_id)):
                break
        return password

    def card_number(self, card_type: str, label: str) -> str:
        """Return a card number whose last four digits no other card of the person ends with."""
        bin = cards.TEST_BINS[card_type]
        length = cards.NUMBER_LENGTH - len(bin) - 1
        for n in count():
            number = cards.number(bin, self._pick(DIGITS, length, "card", label, n))
            ending = f"{self._name} has a card that ends with {number[-4:]}"
            if not self._taken & {number, ending}:
                self._taken |= {number, ending}
                break
        return number

    def digits(self, length: int, *labels: object) -> str:
        return self._pick(DIGITS, length, *labels)

    def number_below(self, limit: int, *labels: object) -> int:
        return self._derived(*labels) % limit

    def _derived(self, *labels: object) -> int:
        return derive_int(self._seed, "person", self._name, *labels)

    def _pick(self, alphabet: str, length: int, *labels: object) -> str:
        return pick(self._seed, alphabet, length, "person", self._name, *labels)

    def _fresh(self, make: Callable[[int], str]) -> str:
        value = next(value for value in map(make, count()) if value not in self._taken)
        self._taken.add(value)
        return value


def warm() -> None:
    """Read the names in, which is most of what the first person costs."""
    _faker()


def _surname(number: int) -> str:
    faker = _faker()
    faker.seed_instance(number)
    return str(faker.last_name())


@lru_cache(maxsize=1)
def _faker() -> "Faker":
    from faker import Faker

    return Faker("en_IN", providers=["faker.providers.person"])


def _plain(text: str) -> str:
    """Return the text's letters and digits without accents, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return "".join(character for character in decomposed if character.isascii() and character.isalnum())
