"""What a run came to for each branch, and how two runs differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from orchestrator.flows.branches import branches
from registration_sandbox.gate import judging
from registration_sandbox.gate.results import BranchState, Finding, Run, ScenarioResult

PROVEN = ("observed", "by-outcome")


@dataclass
class Comparison:
    """How a newer run differs from an older one: branches by id, each with what became of it."""

    better: dict[str, str] = field(default_factory=dict)
    worse: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)


def branch_states(run: Run, findings: Sequence[Finding]) -> dict[str, BranchState]:
    """Return what became of every branch, in the documents' order."""
    proven = judging.proven(run)
    reasons = {finding.subject: finding.words for finding in findings}
    return {id: _state(run, id, proven, reasons) for id in branches()}


def compare(old: Run, new: Run) -> Comparison:
    """Return what got better and what got worse. Runs that were kept without their verdicts are judged again."""
    before, after = (run.branches or branch_states(run, judging.findings(run)) for run in (old, new))
    found = Comparison()
    for id, now in after.items():
        was = before.get(id, BranchState("not-played"))
        if was.state == now.state:
            continue
        words = f"{was.state} → {now.state}" + (f": {now.why}" if now.why else "")
        if (was.state in PROVEN) == (now.state in PROVEN):
            kind = found.worse if now.state == "failed" else found.better if was.state == "failed" else found.other
        else:
            kind = found.better if now.state in PROVEN else found.worse
        kind[id] = words
    for id, was in before.items():
        if id not in after and was.state in PROVEN:
            found.worse[id] = f"{was.state} → no longer a branch"
    return found


def _state(run: Run, id: str, proven: set[str], reasons: dict[str, str]) -> BranchState:
    if run.system is not None and id not in run.system.claims:
        if id in run.system.exceptions:
            return BranchState("excepted", run.system.exceptions[id])
        return BranchState("not-claimed")
    if id in proven:
        return BranchState("by-outcome" if judging.is_by_outcome(run, branches()[id]) else "observed")
    claiming = [scenario for scenario in run.scenarios if id in scenario.claimed]
    if any(scenario.status in ("passed", "failed") for scenario in claiming):
        return BranchState("failed", reasons.get(id) or _failure(claiming))
    left = [scenario for scenario in claiming if scenario.status == "not-tried"]
    if left:
        return BranchState("not-tried", left[0].error)
    return BranchState("not-played", "" if claiming else "no scenario is about it")


def _failure(claiming: Sequence[ScenarioResult]) -> str:
    failed = [scenario.name for scenario in claiming if scenario.status == "failed"]
    return "failed: " + "; ".join(failed) if failed else ""
