"""The documents' open questions: how each is read, and the scenarios that show the other reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from orchestrator.flows.model import Flow, Question
from registration_sandbox.gate.results import ScenarioResult
from registration_sandbox.report.prose import Scenario
from simulators.kit.services import default_policy, spec_of


@dataclass(frozen=True)
class Reading:
    """An open question with the policies that answer it, and what shows which reading.

    ``defaults`` are the policies' by their dotted path; ``shown_by`` are the branches of those scenarios that settle
    our reading explicitly, ``others`` the scenarios that settle another.
    """

    question: Question
    defaults: dict[str, Any]
    shown_by: list[str]
    others: list[Scenario]


def readings(flow: Flow, scenarios: Sequence[Scenario]) -> list[Reading]:
    """Return a flow's open questions in the document's order."""
    return [_reading(question, scenarios) for question in flow.questions]


def _reading(question: Question, scenarios: Sequence[Scenario]) -> Reading:
    settled = [each for each in scenarios if any(_says(each.result, path) for path in question.policies)]
    others = [each for each in settled if any(_otherwise(each.result, path) for path in question.policies)]
    shown_by = dict.fromkeys(branch for each in settled if each not in others for branch in each.result.claimed)
    return Reading(question, {path: default_policy(path) for path in question.policies}, list(shown_by), others)


def _says(scenario: ScenarioResult, path: str) -> bool:
    value: Any = scenario.policies
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


def _otherwise(scenario: ScenarioResult, path: str) -> bool:
    """Tell whether a scenario's world has another value of a policy than the default."""
    if not _says(scenario, path):
        return False
    service, _, rest = path.partition(".")
    value: Any = msgspec.to_builtins(msgspec.convert(scenario.policies[service], spec_of(service).load_policies()))
    for name in rest.split("."):
        value = value[name]
    return bool(value != default_policy(path))
