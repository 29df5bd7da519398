"""Scenarios played one after the other by behave, each with what it came to."""

import copy
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from behave.configuration import Configuration
from behave.formatter.base import Formatter
from behave.model_type import Status
from behave.runner import Runner
from behave.step_registry import registry

from orchestrator.gate import evidence
from orchestrator.gate.results import ScenarioResult, StepResult, Verdict
from orchestrator.gate.suite import Planned
from simulators.kit import clock
from simulators.kit.journal import Exchange

Done = Callable[[ScenarioResult], None]


class Player:
    """behave with a suite's hooks and step definitions loaded, ready to play any of its scenarios."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.seed = seed
        sys.path.insert(0, str(root))
        settings = ["--no-summary", "--no-color", "-D", f"seed={seed}", "-D", evidence.WANTED]
        self._runner = Runner(Configuration(settings, load_config=False))
        self._runner.base_dir = str(root)
        self._runner.load_hooks()
        self._runner.load_step_definitions()

    @property
    def step_definitions(self) -> list[str]:
        """Every step definition, as ``file:line sentence``."""
        found = {self._named(definition) for kind in registry.steps.values() for definition in kind}
        return sorted(found)

    def steps_used_by(self, planned: Iterable[Planned]) -> list[str]:
        """Return the step definitions that sentences of the scenarios match, without playing them."""
        matches = (registry.find_match(step) for one in planned for step in one.scenario.all_steps)
        return sorted({self._named(match) for match in matches if match})

    def play(self, planned: Iterable[Planned], done: Done) -> None:
        """Play scenarios in the order in which they come, telling each result as soon as it stands."""
        recorder = _Recorder()
        self._runner.formatters = [recorder]
        self._runner.context = None
        self._runner.run_model(self._played(planned, recorder, done))

    def _played(self, planned: Iterable[Planned], recorder: "_Recorder", done: Done) -> Iterator[Any]:
        for one in planned:
            recorder.forget()
            started = clock.monotonic()
            yield _alone(one)
            done(self._result(one, recorder, clock.monotonic() - started))

    def _result(self, one: Planned, recorder: "_Recorder", duration: float) -> ScenarioResult:
        found = evidence.unpacked(recorder.evidence) if recorder.evidence else evidence.Evidence("", self.seed)
        scenario = one.scenario
        return ScenarioResult(
            location=one.location,
            feature=one.feature.filename,
            rule=one.rule.name if one.rule else "",
            name=scenario.name,
            tags=one.tags,
            status=_verdict(scenario.status),
            duration=duration,
            seed=found.seed,
            world=found.world,
            replay=replay(one.location, self.seed),
            error=_error(scenario),
            claimed=one.claimed,
            policies=found.policies,
            taken=sorted({branch for exchange in found.exchanges for branch in exchange.branches}),
            steps=_steps(scenario, recorder.ends, found.exchanges),
            registrations=found.registrations,
            exchanges=found.exchanges,
        )

    def _named(self, definition: Any) -> str:
        place = definition.location
        return f"{os.path.relpath(place.filename, self.root)}:{place.line}"


def replay(location: str, seed: int) -> str:
    """Return the command that plays a scenario again, the same way."""
    return f"sandbox run {location} --seed {seed}"


class _Recorder(Formatter):  # type: ignore[misc]  # behave has no types
    """Notes when each sentence was done, and the evidence that the hooks attach."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.ends: list[datetime] = []
        self.evidence = b""

    def uri(self, uri: str) -> None:
        """Do nothing with a feature's place."""

    def result(self, step: Any) -> None:
        del step
        self.ends.append(clock.wall_now())

    def embedding(self, mime_type: str, data: bytes) -> None:
        if mime_type == evidence.MEDIA_TYPE:
            self.evidence = data

    def close(self) -> None:
        """Leave nothing open: nothing was opened."""


def _alone(one: Planned) -> Any:
    """Return a feature that has only this scenario, with the backgrounds that are its own."""
    feature = copy.copy(one.feature)
    inner = one.scenario
    if one.rule is not None:
        inner = copy.copy(one.rule)
        inner.run_items = [one.scenario]
    feature.run_items = [inner]
    return feature


def _verdict(status: Status) -> Verdict:
    if status == Status.passed:
        return "passed"
    return "skipped" if status in (Status.skipped, Status.untested) else "failed"


def _error(scenario: Any) -> str:
    """Return what went wrong outside the sentences, or why the scenario was skipped."""
    return str(scenario.error_message or scenario.skip_reason or "")


def _steps(scenario: Any, ends: list[datetime], exchanges: list[Exchange]) -> list[StepResult]:
    """Return the sentences as they went, each with how many of the exchanges fell into it."""
    before = len(scenario.background_steps)
    beginning = datetime.min.replace(tzinfo=UTC)
    told = []
    for number, step in enumerate(scenario.all_steps):
        status = "undefined" if step.status == Status.undefined else _verdict(step.status)
        since = ends[number - 1] if 0 < number <= len(ends) else beginning
        until = ends[number] if number < len(ends) else since
        heard = sum(since < exchange.recorded_at <= until for exchange in exchanges)
        told.append(
            StepResult(
                keyword=step.keyword,
                text=step.name,
                status=status,
                duration=step.duration or 0.0,
                error=step.error_message or "",
                background=number < before,
                exchanges=heard,
            )
        )
    return told
