"""What a world can settle about the mailroom."""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta, Struct, field

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=365)


class SmtpPolicies(Struct, forbid_unknown_fields=True):
    """How an email that the real mail server does not take is tried again, in the world's time.

    ``first_gap``: until the second attempt; each further gap is twice as long. ``longest_gap``: what gaps grow to.
    ``attempts``: after how many an email stays here only.
    """

    first_gap: timedelta = timedelta(seconds=5)
    longest_gap: timedelta = timedelta(minutes=10)
    attempts: Annotated[int, Meta(ge=1)] = 12

    def __post_init__(self) -> None:
        if not SHORTEST <= self.first_gap <= self.longest_gap <= LONGEST:
            raise ValueError(f"gaps are a second to {LONGEST.days} days long, the first no longer than the longest")


class MailroomPolicies(Struct, forbid_unknown_fields=True):
    """The mailroom's policies.

    ``smtp``: delivery by a real mail server, where the sandbox was given one.
    """

    smtp: SmtpPolicies = field(default_factory=SmtpPolicies)
