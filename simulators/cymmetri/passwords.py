"""Password hashes (Argon2id, RFC 9106).

The cost is far below what RFC 9106, section 4 recommends: the passwords are of simulated people, and a suite that logs
in thousands of times a minute must not spend its time here.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TIME_COST = 1
MEMORY_KIB = 1024
LANES = 1


def hashed(password: str) -> str:
    return _hasher().hash(password)


def is_password(password: str, hash: str) -> bool:
    """Tell whether ``hash`` was made of the password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False


def check_in_vain(password: str) -> None:
    """Spend the time of a check, so that an answer does not tell by its speed whether a user exists."""
    is_password(password, _nobody())


@cache
def _nobody() -> str:
    return hashed("nobody has this password")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
