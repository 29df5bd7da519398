"""What can be set in the mailroom: each policy with its default, its bounds and what it is for."""

from datetime import timedelta
from typing import Annotated

from simulators.kit.policies import Policies, duration, number, setting


class SmtpPolicies(Policies, frozen=True):
    """How an email is sent again that the real mail server does not take, in the world's time."""

    first_gap: Annotated[timedelta, duration("The time to the second attempt; each further gap is twice as long.")] = (
        timedelta(seconds=5)
    )
    longest_gap: Annotated[timedelta, duration("The time that gaps grow to.")] = timedelta(minutes=10)
    attempts: Annotated[int, number("The number of attempts after which an email stays in the mailroom.", 1, 1000)] = 12

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.first_gap > self.longest_gap:
            raise ValueError("first_gap is longer than longest_gap")


class MailroomPolicies(Policies, frozen=True):
    """The mailroom's policies of a world."""

    smtp: Annotated[SmtpPolicies, setting("Delivery by a real mail server, where the sandbox was given one.")] = (
        SmtpPolicies()
    )
