"""What the last run of the specification proved; without one, the specification as its files have it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from orchestrator.flows.branches import branches
from registration_sandbox.gate.results import RESULTS_FILE, BadResults, Finding, Run, ScenarioResult, StepResult
from registration_sandbox.report.proofs import Proof, proofs
from registration_sandbox.report.prose import Feature, Scenario, features
from simulators.kit.settings import Settings


@dataclass(frozen=True)
class Specification:
    """The features, and what is proven of each branch; ``run`` is the run that proved it, if there was one."""

    run: Run | None
    whole: bool
    findings: list[Finding]
    features: list[Feature]
    proofs: dict[str, Proof]

    @property
    def scenarios(self) -> list[Scenario]:
        return [scenario for feature in self.features for scenario in feature.scenarios]

    @property
    def place_of(self) -> dict[str, tuple[str, Scenario]]:
        """Where each scenario is told, by its location: the slug of its feature, and the scenario."""
        return {
            scenario.result.location: (feature.slug, scenario)
            for feature in self.features
            for scenario in feature.scenarios
        }


def specification(settings: Settings) -> Specification:
    """Return the specification, with what the last run proved. Raises BadResults, where its file cannot be read."""
    path = settings.data_dir / RESULTS_FILE
    return _run_at(path, path.stat().st_mtime_ns) if path.exists() else _unproven()


@lru_cache(maxsize=1)
def _run_at(path: Path, changed: int) -> Specification:
    """Read the run that is kept at a path; it is read again when the file has ``changed``."""
    del changed
    from registration_sandbox.gate import judging, results

    run = results.load(path)
    findings = judging.findings(run)
    for scenario in run.scenarios:
        scenario.exchanges = []  # the evidence is the report's; here it would only fill the memory
    return Specification(
        run, judging.is_whole(run), findings, features(run, branches()), proofs(run.scenarios, findings)
    )


@lru_cache(maxsize=1)
def _unproven() -> Specification:
    from registration_sandbox.gate import suite

    try:
        found = suite.read(suite.default_root())
    except suite.BadSuite:
        return Specification(None, False, [], [], proofs([], []))
    planned = [_make_unplayed_result(each) for each in found.scenarios]
    run = Run("", "", 0.0, 0, 0, [], False, found.features, planned)
    return Specification(None, False, [], features(run, branches()), proofs(planned, []))


def _make_unplayed_result(planned: Any) -> ScenarioResult:
    steps = [StepResult(str(step.keyword), str(step.name), "skipped") for step in planned.scenario.steps]
    return ScenarioResult(
        location=planned.location, feature=planned.feature.name, rule=planned.rule.name if planned.rule else "",
        name=str(planned.scenario.name), tags=planned.tags, status="skipped", duration=0.0, seed=0, world="",
        replay=f"sandbox test {planned.location}", claimed=planned.claimed, steps=steps,
    )  # fmt: skip


__all__ = ["RESULTS_FILE", "BadResults", "Specification", "specification"]
