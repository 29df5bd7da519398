"""The features as they are read: in the documents' order, by rule, each scenario with a name that links can bear."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from orchestrator.flows.branches import FLOW_OF
from registration_sandbox.gate.results import FeatureText, Run, ScenarioResult

EXAMPLE = re.compile(r"\s*-- @\d+(\.\d+)*.*$")
"""What behave adds to the title of an outline's example."""


@dataclass(frozen=True)
class Scenario:
    """A scenario and what came of it: ``slug`` names it in links, ``number`` in the page."""

    slug: str
    number: int
    title: str
    result: ScenarioResult


@dataclass(frozen=True)
class Rule:
    """Scenarios below the title of their rule, which may be empty."""

    title: str
    scenarios: list[Scenario]


@dataclass(frozen=True)
class Feature:
    """A feature: its text, and its rules with their scenarios."""

    slug: str
    text: FeatureText
    rules: list[Rule]

    @property
    def scenarios(self) -> list[Scenario]:
        return [scenario for rule in self.rules for scenario in rule.scenarios]

    @property
    def status(self) -> str:
        verdicts = {scenario.result.status for scenario in self.scenarios}
        return "failed" if "failed" in verdicts else "passed" if "passed" in verdicts else "skipped"


def features(run: Run, taken: Iterable[str]) -> list[Feature]:
    """Return the run's features as they are read. The names in ``taken`` are no scenario's slug."""
    slugs = Slugs(taken)
    told = {text.path: text for text in run.features}
    places = [scenario.location.rpartition(":")[0] for scenario in run.scenarios]
    found: dict[str, list[Scenario]] = {path: [] for path in [*told, *places]}
    for number, (path, result) in enumerate(zip(places, run.scenarios, strict=True)):
        title = EXAMPLE.sub("", result.name)
        found[path].append(Scenario(slugs.of(title), number, title, result))
    features = []
    for path in sorted(found, key=_place):
        text = told.get(path) or FeatureText(path, path, [], [])
        rules = [Rule(title, list(group)) for title, group in groupby(found[path], lambda each: each.result.rule)]
        features.append(Feature(slugs.of(text.name), text, rules))
    return features


class Slugs:
    """Gives out names for links, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def of(self, title: str) -> str:
        """Return ``the-right-code`` for *The right code*; the second of that name ends with -2."""
        plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "scenario"
        slug, number = plain, 1
        while slug in self._taken:
            number += 1
            slug = f"{plain}-{number}"
        self._taken.add(slug)
        return slug


def _place(path: str) -> tuple[int, str]:
    """Sort the documents' folders as the documents are, and what is no document's behind them."""
    folders = list(FLOW_OF)
    folder = next((number for number, name in enumerate(folders) if f"/{name}/" in path), len(folders))
    return folder, path
