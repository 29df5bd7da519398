"""The stages of a registration, in the document's order (web registration, steps 2 to 11)."""

from datetime import datetime
from typing import get_args

from simulators.cymmetri.records import Registration, Stage

_ORDER: tuple[Stage, ...] = get_args(Stage)


def is_before(stage: Stage, other: Stage) -> bool:
    """Tell whether a stage comes before another."""
    return _ORDER.index(stage) < _ORDER.index(other)


def is_under_way(registration: Registration, now: datetime) -> bool:
    """Tell whether the customer could still go on with the registration."""
    return not registration.superseded and registration.stage != "COMPLETED" and now < registration.token_expires_at
