"""Blocks at work: a blocked customer is refused, whatever else is right."""

from typing import NoReturn

from simulators.cymmetri import lockout as rules
from simulators.cymmetri import tables
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import AttemptKind, Lockout
from simulators.cymmetri.steps import notices
from simulators.kit.errors import Refusal
from simulators.kit.wire.instants import write_instant
from simulators.kit.work import Work


def find_lockout(work: Work, cif: str) -> Lockout:
    """Return a customer's lockout as it stands now."""
    return rules.current_lockout(work.tx.get(tables.lockouts, Lockout, cif=cif), cif, work.now)


def save(work: Work, lockout: Lockout) -> None:
    """Save a customer's lockout."""
    work.tx.upsert(tables.lockouts, lockout)


def refuse_blocked(work: Work, cif: str, branch: str | None = None) -> Lockout:
    """Return a customer's lockout. Raises Refusal (USER_BLOCKED, 423), taking ``branch``, when there is a block."""
    lockout = find_lockout(work, cif)
    if lockout.blocked:
        refuse(work, lockout, branch, "customer.blocked")
    return lockout


def count_wrong(work: Work, lockout: Lockout, kind: AttemptKind, maximum: int, person: notices.Person) -> Lockout:
    """Count a wrong attempt and save what came of it. ``person`` is told of a block, at every contact."""
    block = work.world.policies(CymmetriPolicies).block
    counted = rules.add_wrong_attempt(lockout, kind, maximum, block, work.now)
    save(work, counted)
    if counted.blocked:
        notices.schedule_blocked(work, person, counted.blocked_until)
    return counted


def refuse(work: Work, lockout: Lockout, branch: str | None, rule: str) -> NoReturn:
    """Refuse a blocked customer, telling when the block ends; ``None`` where it does not."""
    until = write_instant(lockout.blocked_until) if lockout.blocked_until else None
    work.decide(branch, rule, cif=lockout.cif, wrong=lockout.wrong, blocked_until=until)
    advice = f"Try again after {until}." if until else "Visit a branch of the bank."
    raise Refusal("USER_BLOCKED", 423, f"The user is blocked. {advice}", details={"blockedUntil": until})
