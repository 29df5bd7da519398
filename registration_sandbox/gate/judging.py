"""The branch gate: what a run proves of the documents' branches, and every reason for which it is not enough."""

from collections.abc import Iterator

from orchestrator.flows.branches import Branch, branches
from registration_sandbox.gate.results import Finding, Run, ScenarioResult

MUST_BE_TAKEN = ("documented", "implied")
"""A branch on any other basis is ours to leave out."""


def findings(run: Run) -> list[Finding]:
    """Return every reason for which the gate is shut, none where it is open.

    What is missing can be told of a whole run only, not of one that tags, paths or shards have made smaller.
    """
    played = _list_played(run)
    found = [*_find_failures(played), *_unknown(run.scenarios), *_not_taken_as_claimed(run, played), *_find_deaths(run)]
    if is_whole(run):
        found += [*_not_tried(run), *_missing(run, played)]
        if run.system is None:
            found += [*_find_unclaimed(played), *_find_unused_steps(run)]
    return found


def is_whole(run: Run) -> bool:
    """Tell whether a run holds every scenario of its suite: nothing was selected, and no shard is missing."""
    parts = {tuple(shard.split("/")) for shard in run.shards}
    sizes = {of for _, of in parts}
    return run.whole and len(sizes) == 1 and len(parts) == int(next(iter(sizes)))


def is_by_outcome(run: Run, branch: Branch) -> bool:
    """Tell whether a branch is proven by outcome: the system under test decides it, and is not asked what it did."""
    return run.system is not None and branch.decided_by == run.system.replaces


def proven(run: Run) -> set[str]:
    """Return the branches that some scenario proves and none refutes.

    A scenario proves what it claims when it passes and, but for branches that are proven by outcome, the branch is in
    the journals.
    """
    proves: set[str] = set()
    refuted: set[str] = set()
    for scenario in _list_played(run):
        for id in scenario.claimed:
            passed = scenario.status == "passed" and (id in scenario.taken or _needs_no_journal(run, id))
            (proves if passed else refuted).add(id)
    return proves - refuted


def list_claimed(run: Run) -> set[str]:
    """Return the branches that the run is about: all, or those that the system under test claims."""
    return set(branches()) if run.system is None else set(run.system.claims)


def untaken_claims(scenario: ScenarioResult) -> list[str]:
    """Return the branches that a scenario claims and passes without, by what the services recorded."""
    if scenario.status != "passed":
        return []
    return [id for id in scenario.claimed if id in branches() and id not in scenario.taken]


def _list_played(run: Run) -> list[ScenarioResult]:
    return [scenario for scenario in run.scenarios if scenario.status in ("passed", "failed")]


def _needs_no_journal(run: Run, id: str) -> bool:
    return id in branches() and is_by_outcome(run, branches()[id])


def _find_failures(played: list[ScenarioResult]) -> Iterator[Finding]:
    for scenario in played:
        if scenario.status == "failed":
            claims = f" ({', '.join(scenario.claimed)})" if scenario.claimed else ""
            words = f"{scenario.name!r}{claims} failed. Replay it: {scenario.replay}"
            yield Finding("scenario-failed", scenario.location, words)


def _unknown(scenarios: list[ScenarioResult]) -> Iterator[Finding]:
    for scenario in scenarios:
        for branch in scenario.claimed:
            if branch not in branches():
                words = f"{scenario.location} claims {branch}, which no document has. Correct the tag."
                yield Finding("unknown-branch", branch, words)


def _not_taken_as_claimed(run: Run, played: list[ScenarioResult]) -> Iterator[Finding]:
    for scenario in played:
        for branch in untaken_claims(scenario):
            if not _needs_no_journal(run, branch):
                words = f"{scenario.name!r} claims {branch} but did not take it. Replay it: {scenario.replay}"
                yield Finding("branch-claimed-not-taken", branch, words)


def _find_deaths(run: Run) -> Iterator[Finding]:
    for death in run.system.deaths if run.system else ():
        assert run.system is not None
        yield Finding("system-died", run.system.name, f"{run.system.name} {death}")


def _not_tried(run: Run) -> Iterator[Finding]:
    """Find what a system claims and could not be tried on at all."""
    if run.system is None:
        return
    tried = {branch for scenario in _list_played(run) for branch in scenario.claimed}
    for branch in run.system.claims:
        left = [one for one in run.scenarios if one.status == "not-tried" and branch in one.claimed]
        if left and branch not in tried:
            advice = "Except it with a reason, or make it possible."
            words = f"{branch} is claimed, and was not tried: {left[0].error}. {advice}"
            yield Finding("branch-not-tried", branch, words)


def _find_unclaimed(played: list[ScenarioResult]) -> Iterator[Finding]:
    claimed = {branch for scenario in played for branch in scenario.claimed}
    for branch in sorted({branch for scenario in played for branch in scenario.taken} - claimed):
        taker = next(scenario for scenario in played if branch in scenario.taken)
        words = f"{branch} is taken, as by {taker.location}, but no scenario claims it. Tag the one that is about it."
        yield Finding("branch-taken-unclaimed", branch, words)


def _missing(run: Run, played: list[ScenarioResult]) -> Iterator[Finding]:
    """Find the branches of the documents that no scenario takes or, of another's system, is about."""
    taken = {branch for scenario in played for branch in scenario.taken}
    about = {branch for scenario in run.scenarios for branch in scenario.claimed}
    found = taken if run.system is None else about
    for id, branch in branches().items():
        if branch.basis in MUST_BE_TAKEN and id in list_claimed(run) - found:
            words = f"{id} ({branch.step}: {branch.when}) is {branch.basis}, but no scenario takes it. Write one."
            yield Finding("branch-not-taken", id, words)


def _find_unused_steps(run: Run) -> Iterator[Finding]:
    for step in sorted(set(run.all_steps) - set(run.used_steps)):
        words = f"The step definition at {step} is used by no scenario. Use it, or delete it."
        yield Finding("unused-step", step, words)
