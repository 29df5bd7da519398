"""What a system under test claims: the branches, the exceptions with their reasons, and the scenarios they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from orchestrator.flows.branches import branches
from registration_sandbox.gate.suite import OUTAGES, Planned
from registration_sandbox.gate.system import ClaimSettings


@dataclass(frozen=True)
class Claims:
    """The branches that a system is tried on, and those that it excepts, each with its reason."""

    branches: frozenset[str]
    exceptions: dict[str, str]

    def reason_not_to_try(self, claimed: Iterable[str]) -> str:
        """Return why a scenario is not played: a branch that it is about is excepted. Empty where it is played."""
        found = [f"{branch} is excepted: {self.exceptions[branch]}" for branch in claimed if branch in self.exceptions]
        return "; ".join(found)


def matching(pattern: str) -> list[str]:
    """Return the branches that a pattern of claims names: ``DR-2.13``, ``DR-*``, ``WR-1.*``."""
    return [id for id in branches() if fnmatchcase(id, pattern)]


def claims_of(named: ClaimSettings) -> Claims:
    """Return what a system claims: everything, unless its file names flows or branches."""
    exceptions = {id: reason for pattern, reason in named.exceptions.items() for id in matching(pattern)}
    if not named.flows and not named.branches:
        return Claims(frozenset(branches()) - exceptions.keys(), exceptions)
    claimed = {id for id, branch in branches().items() if branch.flow in named.flows}
    claimed |= {id for pattern in named.branches for id in matching(pattern)}
    return Claims(frozenset(claimed) - exceptions.keys(), exceptions)


def concerning(planned: Sequence[Planned], claims: Claims) -> list[Planned]:
    """Return the scenarios that are about what is claimed or excepted, and about nothing else.

    Those that break systems for everybody are ours: nobody else's system is in a container of ours.
    """
    about = claims.branches | claims.exceptions.keys()
    return [one for one in planned if one.claimed and about.issuperset(one.claimed) and OUTAGES not in one.tags]
