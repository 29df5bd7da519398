"""Wrong attempts and blocks. They belong to the customer: neither a resend nor a new registration ends them."""

from datetime import datetime

from msgspec.structs import replace

from simulators.cymmetri.policies import block_ends
from simulators.cymmetri.records import AttemptKind, Lockout


def current_lockout(record: Lockout | None, cif: str, now: datetime) -> Lockout:
    """Return a customer's lockout as it stands now; a block that has ended takes the counts with it."""
    if record is None or (record.blocked and record.blocked_until is not None and record.blocked_until <= now):
        return Lockout(cif)
    return record


def count_attempts(lockout: Lockout, kind: AttemptKind) -> int:
    """Return the number of wrong attempts of one kind."""
    return lockout.wrong.get(kind, 0)


def attempts_left(lockout: Lockout, kind: AttemptKind, maximum: int) -> int:
    """Return how many attempts of one kind are left before the customer is blocked."""
    return max(0, maximum - count_attempts(lockout, kind))


def add_wrong_attempt(lockout: Lockout, kind: AttemptKind, maximum: int, block: str, now: datetime) -> Lockout:
    """Return the lockout with one more wrong attempt; at the maximum, block (web registration, steps 2, 4 and 7)."""
    counted = replace(lockout, wrong={**lockout.wrong, kind: count_attempts(lockout, kind) + 1})
    if count_attempts(counted, kind) < maximum:
        return counted
    return replace(counted, blocked=True, blocked_until=block_ends(block, now))


def forget_attempts(lockout: Lockout, kind: AttemptKind) -> Lockout:
    """Return the lockout without the wrong attempts of one kind."""
    return replace(lockout, wrong={each: count for each, count in lockout.wrong.items() if each != kind})


def may_begin(lockout: Lockout, kind: AttemptKind, maximum: int) -> bool:
    """Tell whether one more attempt may be put to CBS; the only one always may, though fewer be allowed by now."""
    return not lockout.under_way or count_attempts(lockout, kind) + len(lockout.under_way) < maximum


def book_attempt(lockout: Lockout, at: datetime) -> Lockout:
    """Return the lockout with one more attempt under way."""
    return replace(lockout, under_way=[*lockout.under_way, at])


def give_back_attempt(lockout: Lockout, began: datetime) -> Lockout:
    """Return the lockout without a booked attempt, if it has not been counted as wrong already."""
    rest = list(lockout.under_way)
    if began in rest:
        rest.remove(began)
    return replace(lockout, under_way=rest)


def count_lost_attempts(
    lockout: Lockout, kind: AttemptKind, maximum: int, block: str, now: datetime, before: datetime
) -> Lockout:
    """Count the attempts that began ``before`` as wrong: the process that waited for their answer has died."""
    for began in [began for began in lockout.under_way if began < before]:
        lockout = add_wrong_attempt(give_back_attempt(lockout, began), kind, maximum, block, now)
    return lockout
