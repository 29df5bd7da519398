"""Scenarios played one after the other by behave, each with what it came to."""

import copy
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from behave.configuration import Configuration
from behave.formatter.base import Formatter
from behave.model_type import Status
from behave.runner import Runner
from behave.step_registry import registry

from registration_sandbox.drivers.protocols import NotTried
from registration_sandbox.gate import evidence
from registration_sandbox.gate.plain import plain
from registration_sandbox.gate.results import ScenarioResult, StepResult, Verdict
from registration_sandbox.gate.suite import Planned
from registration_sandbox.gate.system import OTHERS, System
from simulators.kit import clock
from simulators.kit.journal import Exchange
from simulators.kit.services import SERVICES

Done = Callable[[ScenarioResult], None]


class Player:
    """behave with a suite's hooks and step definitions loaded, ready to play any of its scenarios."""

    def __init__(
        self,
        root: Path,
        seed: int,
        system: System | None = None,
        replay_options: Sequence[str] = (),
        policies: Mapping[str, Any] | None = None,
    ) -> None:
        self.root = root
        self.seed = seed
        self.system = system
        self._replay_options = replay_options or ("--seed", str(seed))
        sys.path.insert(0, str(root))
        settings = ["--no-summary", "--no-color", "-D", f"seed={seed}", "-D", evidence.WANTED]
        if system:
            settings += ["-D", f"against={system.file}"]
        if policies:
            settings += ["-D", f"policies={json.dumps(policies)}"]
        self._runner = Runner(Configuration(settings, load_config=False))
        self._runner.base_dir = str(root)
        self._runner.load_hooks()
        self._runner.load_step_definitions()

    @property
    def step_definitions(self) -> list[str]:
        """Every step definition, as ``file:line sentence``."""
        found = {self._name_definition(definition) for kind in registry.steps.values() for definition in kind}
        return sorted(found)

    def steps_used_by(self, planned: Iterable[Planned]) -> list[str]:
        """Return the step definitions that sentences of the scenarios match, without playing them."""
        matches = (registry.find_match(step) for one in planned for step in one.scenario.all_steps)
        return sorted({self._name_definition(match) for match in matches if match})

    def play(self, planned: Iterable[Planned], done: Done) -> None:
        """Play scenarios in the order in which they come, telling each result as soon as it stands."""
        recorder = _Recorder()
        self._runner.formatters = [recorder]
        self._runner.context = None
        self._runner.run_model(self._play_each(planned, recorder, done))

    def _play_each(self, planned: Iterable[Planned], recorder: "_Recorder", done: Done) -> Iterator[Any]:
        for one in planned:
            recorder.forget()
            started = clock.monotonic()
            yield _alone(one)
            done(self._result(one, recorder, clock.monotonic() - started))

    def replay(self, one: Planned) -> str:
        """Return the command that plays a scenario again, the same way."""
        return replay(one.location, self._replay_options)

    def _result(self, one: Planned, recorder: "_Recorder", duration: float) -> ScenarioResult:
        found = evidence.unpack(recorder.evidence) if recorder.evidence else evidence.Evidence("", self.seed)
        scenario = one.scenario
        status, error = _verdict_of(scenario)
        return ScenarioResult(
            location=one.location,
            feature=one.feature.filename,
            rule=one.rule.name if one.rule else "",
            name=scenario.name,
            tags=one.tags,
            status=status,
            duration=duration,
            seed=found.seed,
            world=found.world,
            replay=self.replay(one),
            error=error or self._hint(status, found.exchanges),
            claimed=one.claimed,
            policies=found.policies,
            taken=sorted({branch for exchange in found.exchanges for branch in exchange.branches}),
            steps=_steps(scenario, recorder.ends, found.exchanges),
            registrations=found.registrations,
            exchanges=found.exchanges,
        )

    def _hint(self, status: Verdict, exchanges: list[Exchange]) -> str:
        """Return what may be wrong where a system under test has left no trace in a scenario's world."""
        system = self.system
        if status != "failed" or not exchanges or not system or not system.replaced or not system.carries_worlds:
            return ""
        fakes = set(SERVICES) - {system.replaces}
        if any(exchange.caller not in OTHERS | fakes for exchange in exchanges):
            return ""
        words = (
            "asked none of the bank's systems in this scenario's world. Does it pass on the baggage that it is sent?"
        )
        return f"{system.name} {words}"

    def _name_definition(self, definition: Any) -> str:
        place = definition.location
        return f"{os.path.relpath(place.filename, self.root)}:{place.line}"


def replay(location: str, options: Sequence[str]) -> str:
    """Return the command that plays a scenario again, with the options of its run, as a shell takes it."""
    return shlex.join(["sandbox", "run", location, *options])


def not_tried(one: Planned, reason: str, seed: int, replay: str) -> ScenarioResult:
    """Return the result of a scenario that was not played, for a reason."""
    return ScenarioResult(
        location=one.location,
        feature=one.feature.filename,
        rule=one.rule.name if one.rule else "",
        name=one.scenario.name,
        tags=one.tags,
        status="not-tried",
        duration=0.0,
        seed=seed,
        world="",
        replay=replay,
        error=reason,
        claimed=one.claimed,
    )


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


def _verdict_of(scenario: Any) -> tuple[Verdict, str]:
    """Return a scenario's verdict, and what went wrong outside the sentences, or why it was skipped or not tried."""
    reasons = [step.exception for step in scenario.all_steps if isinstance(step.exception, NotTried)]
    if reasons:
        return "not-tried", str(reasons[0])
    return _verdict(scenario.status), plain(str(scenario.error_message or scenario.skip_reason or ""))


def _steps(scenario: Any, ends: list[datetime], exchanges: list[Exchange]) -> list[StepResult]:
    """Return the sentences as they went, each with how many of the exchanges fell into it."""
    before = len(scenario.background_steps)
    beginning = datetime.min.replace(tzinfo=UTC)
    told = []
    for number, step in enumerate(scenario.all_steps):
        status: Literal[Verdict, "undefined"] = _verdict(step.status)
        if step.status == Status.undefined:
            status = "undefined"
        elif isinstance(step.exception, NotTried):
            status = "not-tried"
        since = ends[number - 1] if 0 < number <= len(ends) else beginning
        until = ends[number] if number < len(ends) else since
        heard = sum(since < exchange.recorded_at <= until for exchange in exchanges)
        told.append(
            StepResult(
                keyword=step.keyword,
                text=step.name,
                status=status,
                duration=step.duration or 0.0,
                error=str(step.exception) if status == "not-tried" else plain(step.error_message or ""),
                background=number < before,
                exchanges=heard,
            )
        )
    return told
