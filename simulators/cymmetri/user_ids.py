"""User ids: what they may be, and how one is held until its customer's account is made (web registration, step 9)."""

from datetime import datetime
from typing import Literal

from simulators.cymmetri.patterns import matches_whole
from simulators.cymmetri.policies import UserIdPolicy
from simulators.cymmetri.records import Reservation

Rule = Literal["MIN_LENGTH", "MAX_LENGTH", "PATTERN"]


def user_id_key(user_id: str) -> str:
    """Return a user id as it is compared: in no letter case."""
    return user_id.casefold()


def broken_rule(user_id: str, policy: UserIdPolicy) -> Rule | None:
    """Return the first rule that a new user id breaks."""
    if len(user_id) < policy.min_length:
        return "MIN_LENGTH"
    if len(user_id) > policy.max_length:
        return "MAX_LENGTH"
    return None if matches_whole(policy.pattern, user_id) else "PATTERN"


def explain_rule(rule: Rule, policy: UserIdPolicy) -> str:
    """Return what a customer is told of a rule that a user id breaks."""
    return {
        "MIN_LENGTH": f"The user id is shorter than {policy.min_length} characters.",
        "MAX_LENGTH": f"The user id is longer than {policy.max_length} characters.",
        "PATTERN": f"The user id must match {policy.pattern}.",
    }[rule]


def is_held_by_another(reservation: Reservation | None, cif: str, now: datetime) -> bool:
    """Tell whether another customer has a reservation that has not ended."""
    return reservation is not None and reservation.cif != cif and now < reservation.until
