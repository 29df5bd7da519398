"""User ids: what they may be, and how one is held until its customer's account is made (web registration, step 9)."""

import re
from datetime import datetime
from typing import Literal

from msgspec import Struct

from simulators.cymmetri.policies import UserIdPolicy

Rule = Literal["MIN_LENGTH", "MAX_LENGTH", "PATTERN"]


class Reservation(Struct):
    """A user id held for a customer; ``key`` is the user id in the spelling that is compared."""

    key: str
    cif: str
    until: datetime


def user_id_key(user_id: str) -> str:
    """Return a user id as it is compared: in no letter case."""
    return user_id.casefold()


def broken_rule(user_id: str, policy: UserIdPolicy) -> Rule | None:
    """Return the first rule that a new user id breaks."""
    if len(user_id) < policy.min_length:
        return "MIN_LENGTH"
    if len(user_id) > policy.max_length:
        return "MAX_LENGTH"
    return None if re.fullmatch(policy.pattern, user_id) else "PATTERN"


def words_for(rule: Rule, policy: UserIdPolicy) -> str:
    return {
        "MIN_LENGTH": f"The user id is shorter than {policy.min_length} characters.",
        "MAX_LENGTH": f"The user id is longer than {policy.max_length} characters.",
        "PATTERN": f"The user id must match {policy.pattern}.",
    }[rule]


def is_held_by_another(reservation: Reservation | None, cif: str, now: datetime) -> bool:
    return reservation is not None and reservation.cif != cif and now < reservation.until
