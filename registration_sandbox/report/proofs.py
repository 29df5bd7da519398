"""What a run proves of each branch: the matrix of document step, branch, basis, scenarios and result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from orchestrator.flows.branches import Branch, branches
from registration_sandbox.gate.results import BranchState, Finding, ScenarioResult

Result = Literal["passed", "failed", "untaken"]

REFUTED = {
    "branch-claimed-not-taken": "a scenario claims it but does not take it",
    "branch-taken-unclaimed": "taken, but by no scenario that is about it",
}
"""Findings about a branch that was played, and yet is not proven."""


@dataclass(frozen=True)
class Proof:
    """What became of a branch, in a word and in words, and the scenarios that are about it."""

    branch: Branch
    result: Result
    words: str
    scenarios: list[ScenarioResult]


IN_WORDS = {
    "observed": "proven: observed in the journals",
    "by-outcome": "proven by outcome",
    "failed": "failed",
    "not-tried": "not tried",
    "excepted": "excepted",
    "not-played": "not played",
    "not-claimed": "not claimed",
}
"""What became of a branch of a system under test."""

PROVEN, FAILED = ("observed", "by-outcome"), "failed"


def proofs(
    scenarios: Sequence[ScenarioResult], findings: Sequence[Finding], states: Mapping[str, BranchState] | None = None
) -> dict[str, Proof]:
    """Return what scenarios prove of every branch, by id, in the documents' order.

    ``states`` are the verdicts of a run against a system under test.
    """
    refuted = {finding.subject: REFUTED[finding.kind] for finding in findings if finding.kind in REFUTED}
    claiming: dict[str, list[ScenarioResult]] = {}
    for scenario in scenarios:
        for id in scenario.claimed:
            claiming.setdefault(id, []).append(scenario)
    taken = {id for scenario in scenarios for id in scenario.taken}
    found = {}
    for id, branch in branches().items():
        about = claiming.get(id, [])
        result = _verdict(states[id]) if states else _result(id, about, taken, refuted)
        found[id] = Proof(branch, *result, about)
    return found


def by_step(found: Mapping[str, Proof], flow: str) -> dict[str, list[Proof]]:
    """Return a flow's proofs by the document's step, in its order."""
    steps: dict[str, list[Proof]] = {}
    for proof in found.values():
        if proof.branch.flow == flow:
            steps.setdefault(proof.branch.step, []).append(proof)
    return steps


def _verdict(state: BranchState) -> tuple[Result, str]:
    words = IN_WORDS[state.state] + (f": {state.why}" if state.why else "")
    if state.state in PROVEN:
        return "passed", words
    return ("failed" if state.state == FAILED else "untaken"), words


def _result(id: str, claiming: list[ScenarioResult], taken: set[str], refuted: Mapping[str, str]) -> tuple[Result, str]:
    if id in refuted:
        return "failed", refuted[id]
    played = [scenario for scenario in claiming if scenario.status in ("passed", "failed")]
    failed = sum(scenario.status == "failed" for scenario in played)
    if failed:
        return "failed", "its scenario failed" if failed == len(played) == 1 else f"{failed} of {len(played)} failed"
    if any(id in scenario.taken for scenario in played):
        return "passed", "proven"
    if id in taken:
        return "untaken", "taken on the way only"
    return "untaken", "not taken"
