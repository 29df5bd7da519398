"""Wrong attempts and blocks. They are a customer's: neither a resend nor a new registration ends them."""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from simulators.cymmetri.policies import block_ends

Kind = Literal["email_otp", "mobile_otp", "card", "login"]


class Lockout(Struct):
    """A customer's wrong attempts by kind, and the block they led to.

    ``under_way`` are the card attempts that CBS has not answered yet, by the machine's time at which they began.
    ``blocked_until`` is ``None`` while blocked for good.
    """

    cif: str
    wrong: dict[str, int] = {}
    under_way: list[datetime] = []
    blocked: bool = False
    blocked_until: datetime | None = None


def as_of(record: Lockout | None, cif: str, now: datetime) -> Lockout:
    """Return a customer's lockout as it stands now; a block that has ended takes the counts with it."""
    if record is None or (record.blocked and record.blocked_until is not None and record.blocked_until <= now):
        return Lockout(cif)
    return record


def attempts(lockout: Lockout, kind: Kind) -> int:
    return lockout.wrong.get(kind, 0)


def attempts_left(lockout: Lockout, kind: Kind, maximum: int) -> int:
    return max(0, maximum - attempts(lockout, kind))


def after_wrong(lockout: Lockout, kind: Kind, maximum: int, block: str, now: datetime) -> Lockout:
    """Count a wrong attempt; at the maximum, block (web registration, steps 2, 4 and 7)."""
    counted = replace(lockout, wrong={**lockout.wrong, kind: attempts(lockout, kind) + 1})
    if attempts(counted, kind) < maximum:
        return counted
    return replace(counted, blocked=True, blocked_until=block_ends(block, now))


def without_wrong(lockout: Lockout, kind: Kind) -> Lockout:
    """Forget the wrong attempts of one kind."""
    return replace(lockout, wrong={each: count for each, count in lockout.wrong.items() if each != kind})


def may_begin(lockout: Lockout, kind: Kind, maximum: int) -> bool:
    """Tell whether one more attempt may be put to CBS while others still wait for its answer."""
    return attempts(lockout, kind) + len(lockout.under_way) < maximum


def begun(lockout: Lockout, at: datetime) -> Lockout:
    return replace(lockout, under_way=[*lockout.under_way, at])


def ended(lockout: Lockout, began: datetime) -> Lockout:
    """Take back what ``begun`` booked, if it has not been counted as wrong already."""
    rest = list(lockout.under_way)
    if began in rest:
        rest.remove(began)
    return replace(lockout, under_way=rest)


def without_lost(lockout: Lockout, kind: Kind, maximum: int, block: str, now: datetime, before: datetime) -> Lockout:
    """Count the attempts that began ``before`` as wrong: what waited for their answer is no more."""
    for began in [began for began in lockout.under_way if began < before]:
        lockout = after_wrong(ended(lockout, began), kind, maximum, block, now)
    return lockout
