"""Blocks at work: who is blocked is refused, whatever else is right."""

from typing import TYPE_CHECKING, NoReturn

from simulators.cymmetri import lockout as rules
from simulators.cymmetri.lockout import Kind, Lockout
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.kit.clock import stamp
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")


def lockout_of(work: Work, cif: str) -> Lockout:
    return rules.as_of(work.tx.get(tables.lockouts, Lockout, cif=cif), cif, work.now)


def save(work: Work, lockout: Lockout) -> None:
    work.tx.upsert(tables.lockouts, lockout)


def refuse_blocked(work: Work, cif: str, branch: str | None = None) -> Lockout:
    """Return a customer's lockout. Raises Refusal (USER_BLOCKED, 423), taking ``branch``, when there is a block."""
    lockout = lockout_of(work, cif)
    if lockout.blocked:
        refuse(work, lockout, branch, "customer.blocked")
    return lockout


def count_wrong(work: Work, lockout: Lockout, kind: Kind, maximum: int) -> Lockout:
    """Count a wrong attempt and keep what came of it."""
    counted = rules.after_wrong(lockout, kind, maximum, work.world.policies(CymmetriPolicies).block, work.now)
    save(work, counted)
    return counted


def refuse(work: Work, lockout: Lockout, branch: str | None, rule: str) -> NoReturn:
    """Refuse a blocked customer, with the time that the block ends; ``None`` where it does not."""
    until = stamp(lockout.blocked_until) if lockout.blocked_until else None
    work.decide(branch, rule, cif=lockout.cif, wrong=lockout.wrong, blocked_until=until)
    words = f"Try again after {until}." if until else "Visit a branch of the bank."
    raise Refusal("USER_BLOCKED", 423, f"The user is blocked. {words}", details={"blockedUntil": until})
