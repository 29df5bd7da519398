"""The password rules (web registration, steps 10 and 11): every rule that a password breaks is named."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from simulators.cymmetri.common_passwords import commonest
from simulators.cymmetri.passwords import is_password, normalise
from simulators.cymmetri.policies import PasswordPolicy

SHORTEST_NAME = 3
"""Letters that a part of a name must have for a password not to contain it."""


@dataclass(frozen=True)
class Owner:
    """The customer whose password it is to be; ``history`` are the hashes of former passwords, newest first."""

    user_id: str
    legal_name: str
    history: Sequence[str] = ()


def violations(password: str, owner: Owner, policy: PasswordPolicy) -> list[str]:
    """Return the rules that a password breaks, in the order of the contract; none if it breaks none.

    They are those of the password as it is kept: whether a letter and its accent were typed apart makes no difference.
    """
    password = normalise(password)
    folded = password.casefold()
    last = owner.history[: policy.history]
    broken = {
        "MIN_LENGTH": len(password) < policy.min_length,
        "MAX_LENGTH": len(password) > policy.max_length,
        "MIN_DIGITS": sum(map(str.isdecimal, password)) < policy.min_digits,
        "MIN_SPECIALS": sum(map(_is_special, password)) < policy.min_specials,
        "MIN_ALPHA": sum(map(str.isalpha, password)) < policy.min_alpha,
        "MIN_UPPER": sum(map(str.isupper, password)) < policy.min_upper,
        "MIN_LOWER": sum(map(str.islower, password)) < policy.min_lower,
        "DISALLOWED_CHARACTER": any(character in policy.disallowed_characters for character in password),
        "BLACKLISTED": _is_listed(folded, policy),
        "EQUALS_LOGIN_ID": folded == normalise(owner.user_id).casefold(),
        "CONTAINS_NAME": any(part in folded for part in name_parts(owner.legal_name)),
        "PASSWORD_HISTORY": any(is_password(password, earlier) for earlier in last),
    }
    return [rule for rule, is_broken in broken.items() if is_broken]


def name_parts(legal_name: str) -> list[str]:
    """Return the parts of a name that are long enough to be looked for, in lower case."""
    folded = normalise(legal_name).casefold()
    parts = "".join(character if _is_of_a_name(character) else " " for character in folded).split()
    return [part for part in parts if len(part) >= SHORTEST_NAME]


def _is_of_a_name(character: str) -> bool:
    """Tell letters, and the marks that are written with them in many scripts, from what stands between names."""
    return unicodedata.category(character)[0] in "LM"


def _is_listed(folded: str, policy: PasswordPolicy) -> bool:
    blacklisted = any(folded == normalise(word).casefold() for word in policy.blacklist)
    return blacklisted or folded in commonest(policy.refuse_common)


def _is_special(character: str) -> bool:
    return not character.isalnum() and not character.isspace()
