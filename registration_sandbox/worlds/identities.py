"""Names, numbers, contacts and secrets of simulated people, each derived from the world's seed and the person's name.

They are recognisable as the sandbox's and reach nobody: emails end in ``example.test`` (RFC 2606, section 2), and card
numbers are in ranges for tests (``cards``). India reserves no mobile numbers for tests: all are well formed and taken
from one block, and the sandbox sends no real SMS.
"""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta

from registration_sandbox.worlds import cards
from registration_sandbox.worlds.mistakes import ScenarioError, format_value
from registration_sandbox.worlds.surnames import SURNAMES
from simulators.cymmetri.password_policy import SHORTEST_NAME, name_parts
from simulators.kit.seeds import derive_int, pick

MOBILE_BLOCK = "+9190000"
MAIL_DOMAIN = "example.test"
DIGITS = "0123456789"
LOWER = "bcdfghjkmnpqrstvwxz"
"""Letters of passwords: no vowels, so that they hold no name, and none that is taken for another."""
SPECIALS = "!@#"
LONGEST_START = 12
MOST_DRAWS = 1000
"""How often a value is drawn until one fits; scenarios are so small that the first ones do."""

OF_AGE = 21
_FIRST_BORN, _LAST_BORN = date(1950, 1, 1), date(2004, 12, 31)


class Identity:
    """What is derived for one person. No value is given twice in a world: ``taken`` says what was given.

    ``place`` is where the person stands in the scenario, for whatever cannot be derived there.
    """

    def __init__(self, seed: str, name: str, taken: set[str], place: str) -> None:
        self._seed = seed
        self._name = name
        self._taken = taken
        self._place = place
        self.legal_name = name if " " in name else f"{name} {SURNAMES[self.number_below(len(SURNAMES), 'surname')]}"

    def cif(self) -> str:
        """Return a customer number of nine digits."""
        return self._draw(
            "name", lambda n: self._pick(DIGITS[1:], 1, "cif, first", n) + self._pick(DIGITS, 8, "cif", n)
        )

    def date_of_birth(self, now: datetime) -> date:
        """Return when the person was born: an adult of up to 75 years in a world whose time is ``now``."""
        born = _FIRST_BORN + timedelta(days=self.number_below((_LAST_BORN - _FIRST_BORN).days, "born"))
        too_late = max(0, _LAST_BORN.year + OF_AGE - now.year)
        return born.replace(year=born.year - too_late, day=min(born.day, 28) if too_late else born.day)

    def mobile(self) -> str:
        """Return a mobile number in E.164."""
        return self._draw("cbs.mobile", lambda n: MOBILE_BLOCK + self._pick(DIGITS, 5, "mobile", n))

    def email(self) -> str:
        local = ".".join(filter(None, map(_plain, self.legal_name.split()))) or "somebody"
        return self._draw("cbs.email", lambda n: f"{local}{n or ''}@{MAIL_DOMAIN}")

    def user_id(self, field: str) -> str:
        """Return a user id for a field of the person's."""
        start = _plain(self._name).lstrip(DIGITS)[:LONGEST_START] or "user"
        return self._draw(field, lambda n: start + self._pick(DIGITS, 5, "user id", n))

    def password(self, user_id: str) -> str:
        """Return a password with characters of every kind that has neither a name nor the user id in it."""
        kept_out = [*name_parts(self.legal_name), *name_parts(user_id), user_id.casefold()]

        def make(n: int) -> str:
            parts = ((LOWER.upper(), 2), (LOWER, 5), (SPECIALS, 1), (DIGITS, 4))
            return "".join(self._pick(alphabet, length, "password", alphabet, n) for alphabet, length in parts)

        def fits(password: str) -> bool:
            return not any(part in password.casefold() for part in kept_out if len(part) >= SHORTEST_NAME)

        return self._draw_first("cymmetri.password", make, fits)

    def card_number(self, card_type: str, label: str) -> str:
        """Return a card number whose last four digits no other card of the person ends with."""
        bin = cards.TEST_BINS[card_type]
        length = cards.NUMBER_LENGTH - len(bin) - 1

        def make(n: int) -> str:
            return cards.number(bin, self._pick(DIGITS, length, "card", label, n))

        number = self._draw_first("cbs.cards", make, lambda number: not self._taken & card_values(self._name, number))
        self._taken |= card_values(self._name, number)
        return number

    def digits(self, length: int, *labels: object) -> str:
        return self._pick(DIGITS, length, *labels)

    def number_below(self, limit: int, *labels: object) -> int:
        return derive_int(self._seed, "person", self._name, *labels) % limit

    def _pick(self, alphabet: str, length: int, *labels: object) -> str:
        return pick(self._seed, alphabet, length, "person", self._name, *labels)

    def _draw(self, field: str, make: Callable[[int], str]) -> str:
        """Return a value that nobody has been given yet."""
        value = self._draw_first(field, make, lambda value: value not in self._taken)
        self._taken.add(value)
        return value

    def _draw_first(self, field: str, make: Callable[[int], str], fits: Callable[[str], bool]) -> str:
        """Return the first value that fits. Raises ScenarioError, naming the field, when none does in many draws."""
        for n in range(MOST_DRAWS):
            value = make(n)
            if fits(value):
                return value
        words = f"cannot be made up for {format_value(self._name)} in {MOST_DRAWS} draws; give a value of your own"
        raise ScenarioError(f"{self._place}.{field}".lstrip("."), words)


def card_values(holder: str, number: str) -> set[str]:
    """Return what a card takes: its number from everybody, and its last four digits from its holder's other cards."""
    return {number, f"{holder} has a card that ends with {number[-4:]}"}


def _plain(text: str) -> str:
    """Return the text's letters and digits without accents, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return "".join(character for character in decomposed if character.isascii() and character.isalnum())
