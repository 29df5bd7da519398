"""Password hashes (Argon2id, RFC 9106).

The cost is far below what RFC 9106, section 4 recommends: the passwords are of simulated people, and a suite that logs
in thousands of times a minute must not spend its time here.
"""

import unicodedata
from functools import cache

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

TIME_COST = 1
MEMORY_KIB = 64
LANES = 1
MOST_MEMORY_KIB = 1024
"""The most that a hash may cost to check; as much cost those of snapshots that were made by earlier versions."""


def hash_password(password: str) -> str:
    """Return the hash of a password."""
    return _hasher().hash(normalise(password))


def is_password(password: str, hash: str) -> bool:
    """Tell whether ``hash`` was made of the password."""
    try:
        return _hasher().verify(hash, normalise(password))
    except (VerificationError, InvalidHashError):
        return False


def read_hash(hash: str) -> None:
    """Raise ValueError for a text that ``hash_password`` cannot have returned, or that would cost more to check."""
    try:
        found = extract_parameters(hash)
    except (InvalidHashError, IndexError) as error:
        raise ValueError("it is no hash of a password") from error
    if (found.time_cost, found.parallelism) != (TIME_COST, LANES) or found.memory_cost > MOST_MEMORY_KIB:
        raise ValueError("it is the hash of another kind of password")


def check_in_vain(password: str) -> None:
    """Spend the time of a check, so that an answer does not tell by its speed whether a user exists."""
    is_password(password, _hash_of_nobody())


def normalise(password: str) -> str:
    """Return a password in one form: keyboards compose an é in different ways (NIST SP 800-63B-4, section 3.1.1.2)."""
    return unicodedata.normalize("NFC", password)


@cache
def _hash_of_nobody() -> str:
    return hash_password("nobody has this password")


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
