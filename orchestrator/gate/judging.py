"""The branch gate: what a run proves of the documents' branches, and every reason for which it is not enough."""

from collections.abc import Iterator

from orchestrator.flows.branches import branches
from orchestrator.gate.results import Finding, Run, ScenarioResult

MUST_BE_TAKEN = ("documented", "implied")
"""A branch on any other basis is ours to leave out."""


def findings(run: Run) -> list[Finding]:
    """Return every reason for which the gate is shut, none where it is open.

    What is missing can be told of a whole run only, not of one that tags, paths or shards have made smaller.
    """
    played = [scenario for scenario in run.scenarios if scenario.status != "skipped"]
    found = [*_failed(played), *_unknown(run.scenarios), *_not_taken_as_claimed(played)]
    if is_whole(run):
        found += [*_missing(played), *_unclaimed(played), *_unused(run)]
    return found


def is_whole(run: Run) -> bool:
    """Tell whether a run holds every scenario of its suite: nothing was selected, and no shard is missing."""
    parts = {tuple(shard.split("/")) for shard in run.shards}
    sizes = {of for _, of in parts}
    return run.whole and len(sizes) == 1 and len(parts) == int(next(iter(sizes)))


def proven(run: Run) -> set[str]:
    """Return the branches that are taken by every scenario that claims them, and that all of those have passed."""
    played = [scenario for scenario in run.scenarios if scenario.status != "skipped"]
    claims = [(branch, scenario) for scenario in played for branch in scenario.claimed]
    refuted = {branch for branch, scenario in claims if scenario.status == "failed" or branch not in scenario.taken}
    return {branch for branch, _ in claims} - refuted


def _failed(played: list[ScenarioResult]) -> Iterator[Finding]:
    for scenario in played:
        if scenario.status == "failed":
            words = f"{scenario.name!r} failed. Replay it: {scenario.replay}"
            yield Finding("scenario-failed", scenario.location, words)


def _unknown(scenarios: list[ScenarioResult]) -> Iterator[Finding]:
    for scenario in scenarios:
        for branch in scenario.claimed:
            if branch not in branches():
                words = f"{scenario.location} claims {branch}, which no document has. Correct the tag."
                yield Finding("unknown-branch", branch, words)


def _not_taken_as_claimed(played: list[ScenarioResult]) -> Iterator[Finding]:
    for scenario in played:
        for branch in scenario.claimed:
            if scenario.status == "passed" and branch in branches() and branch not in scenario.taken:
                words = f"{scenario.name!r} claims {branch} but did not take it. Replay it: {scenario.replay}"
                yield Finding("branch-claimed-not-taken", branch, words)


def _unclaimed(played: list[ScenarioResult]) -> Iterator[Finding]:
    claimed = {branch for scenario in played for branch in scenario.claimed}
    for branch in sorted({branch for scenario in played for branch in scenario.taken} - claimed):
        taker = next(scenario for scenario in played if branch in scenario.taken)
        words = f"{branch} is taken, as by {taker.location}, but no scenario claims it. Tag the one that is about it."
        yield Finding("branch-taken-unclaimed", branch, words)


def _missing(played: list[ScenarioResult]) -> Iterator[Finding]:
    taken = {branch for scenario in played for branch in scenario.taken}
    for id, branch in branches().items():
        if branch.basis in MUST_BE_TAKEN and id not in taken:
            words = f"{id} ({branch.step}: {branch.when}) is {branch.basis}, but no scenario takes it. Write one."
            yield Finding("branch-not-taken", id, words)


def _unused(run: Run) -> Iterator[Finding]:
    for step in sorted(set(run.all_steps) - set(run.used_steps)):
        words = f"The step definition at {step} is used by no scenario. Use it, or delete it."
        yield Finding("unused-step", step, words)
