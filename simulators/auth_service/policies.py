"""What a world can settle about the Auth Service."""

from datetime import timedelta

from msgspec import Struct

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=3650)


class AuthServicePolicies(Struct, forbid_unknown_fields=True):
    """The Auth Service's policies.

    ``token_lifetime``: how long a login lasts, as an ISO 8601 duration of the world's time.
    """

    token_lifetime: timedelta = timedelta(minutes=30)

    def __post_init__(self) -> None:
        if not SHORTEST <= self.token_lifetime <= LONGEST:
            raise ValueError(f"token_lifetime is neither shorter than a second nor longer than {LONGEST.days} days")
