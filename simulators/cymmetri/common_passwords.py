"""The commonest passwords, from the list that zxcvbn is shipped with (MIT licence), the commonest first."""

from functools import lru_cache


@lru_cache(maxsize=4)
def commonest(number: int) -> frozenset[str]:
    """Return the commonest passwords, in lower case."""
    if not number:
        return frozenset()
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(password.casefold() for password in FREQUENCY_LISTS["passwords"][:number])
