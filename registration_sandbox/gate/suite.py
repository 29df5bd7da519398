"""The specification as files: where it is, what scenarios it has, and which of them were asked for."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from registration_sandbox.gate.results import FeatureText

BRANCH = re.compile(r"(?:WR|DR)-\d+\.\d+")
"""A tag that claims a branch of branches.yaml."""

STEP = re.compile(r"(?:WR|DR)-\d+")
"""All the branches of a step."""

OUTAGES_WANTED = "SANDBOX_OUTAGES"
OUTAGES = "docker"
"""The tag of scenarios that break systems for everybody: they are played where they are asked for."""

FEATURES, STEPS, HOOKS = "features", "steps", "environment.py"


class BadSuite(Exception):
    """A specification that cannot be read, or a selection that fits nothing, with what to do about it."""


@dataclass(frozen=True)
class Planned:
    """One scenario to play: ``location`` is ``features/…/x.feature:LINE``; the rest are behave's own objects.

    ``outline`` is the location of the outline that it is an example of, or its own.
    """

    location: str
    outline: str
    feature: Any
    rule: Any
    scenario: Any

    @property
    def tags(self) -> list[str]:
        return [str(tag) for tag in self.scenario.effective_tags]

    @property
    def claimed(self) -> list[str]:
        return sorted(tag for tag in self.tags if BRANCH.fullmatch(tag))


@dataclass(frozen=True)
class Suite:
    """A specification: the directory that holds ``features/``, ``steps/`` and ``environment.py``, and what it tells."""

    root: Path
    features: list[FeatureText]
    scenarios: list[Planned]


def default_root() -> Path:
    """Return where the project's own specification is: in the installed package, else in the checkout."""
    packaged = Path(str(files("registration_sandbox"))) / "suite"
    return packaged if packaged.is_dir() else Path(str(files("registration_sandbox"))).parent


def read(root: Path) -> Suite:
    """Read a specification. Raises BadSuite where it has no features, or one that is no Gherkin."""
    for needed in (FEATURES, STEPS, HOOKS):
        if not (root / needed).exists():
            raise BadSuite(f"{root} holds no {needed}; a suite has {FEATURES}/, {STEPS}/ and {HOOKS}.")
    told: list[FeatureText] = []
    planned: list[Planned] = []
    for path in sorted((root / FEATURES).rglob("*.feature")):
        feature = _parse_feature(path, path.relative_to(root).as_posix())
        description = [str(line) for line in feature.description]
        told.append(FeatureText(feature.filename, feature.name, [str(tag) for tag in feature.tags], description))
        planned += _scenarios(feature, None, feature)
    if not planned:
        raise BadSuite(f"{root / FEATURES} holds no scenario.")
    return Suite(root, told, planned)


def select(suite: Suite, wanted: Sequence[str], tags: Sequence[str] = ()) -> list[Planned]:
    """Return the scenarios that any of ``wanted`` names and all of the tag expressions fit, in the suite's order.

    A wish is a tag, branch or step (``@documented``, ``WR-2.3``, ``WR-2``), a path (``features/journeys``,
    ``x.feature:12``), or words of a scenario's title. Raises BadSuite for one that fits nothing. Scenarios that break
    systems for everybody are among them only where they are asked for: by their tag, their folder, or the environment.
    """
    found = suite.scenarios
    if not _asks_for_outages(wanted, tags):
        found = [scenario for scenario in found if OUTAGES not in scenario.tags]
    if wanted:
        chosen = {scenario.location for wish in wanted for scenario in _fitting(suite, wish)}
        found = [scenario for scenario in found if scenario.location in chosen]
    for expression in tags:
        evaluate = _tag_expression(expression)
        found = [scenario for scenario in found if evaluate(scenario.tags)]
    if not found:
        raise BadSuite(f"No scenario fits {' and '.join([*wanted, *tags])}.")
    return found


def _asks_for_outages(wanted: Sequence[str], tags: Sequence[str]) -> bool:
    named = any(OUTAGES in text or "outages" in text.lower() for text in (*wanted, *tags))
    return named or bool(os.environ.get(OUTAGES_WANTED))


def shard(scenarios: Sequence[Planned], number: int, of: int) -> list[Planned]:
    """Return every ``of``-th scenario, beginning with the ``number``-th (from 1): all shards together are the whole."""
    return list(scenarios[number - 1 :: of])


def _parse_feature(path: Path, name: str) -> Any:
    from behave.parser import ParserError, parse_feature

    try:
        feature = parse_feature(path.read_text("utf-8-sig"), filename=name)
    except ParserError as error:
        raise BadSuite(f"{name} is no Gherkin: {error}") from error
    except OSError as error:
        raise BadSuite(f"{name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadSuite(f"{name} is no text in UTF-8: byte {error.start} is wrong. Save it as UTF-8.") from error
    if feature is None:
        raise BadSuite(f"{name} is empty; it should begin with Feature:.")
    return feature


def _scenarios(feature: Any, rule: Any, container: Any) -> Iterator[Planned]:
    for item in container.run_items:
        if item.type == "rule":
            yield from _scenarios(feature, item, item)
        else:
            for one in item.scenarios if item.type == "scenario_outline" else [item]:
                own, outline = f"{feature.filename}:{one.line}", f"{feature.filename}:{item.line}"
                yield Planned(own, outline, feature, rule, one)


def _fitting(suite: Suite, wish: str) -> Iterable[Planned]:
    scenarios = suite.scenarios
    if wish.startswith("@") or BRANCH.fullmatch(wish) or STEP.fullmatch(wish):
        named = wish.removeprefix("@")
        found = [one for one in scenarios if any(named == own or own.startswith(f"{named}.") for own in one.tags)]
        names = {tag for one in scenarios for tag in one.tags}
    elif wish.split(":", maxsplit=1)[0].endswith(".feature") or (suite.root / wish).is_dir():
        named = wish.rstrip("/").removeprefix("./")
        found = [one for one in scenarios if _lies_in(one.location, named) or _lies_in(one.outline, named)]
        names = {one.location for one in scenarios}
    else:
        named = wish
        found = [one for one in scenarios if wish.lower() in one.scenario.name.lower()]
        names = {one.scenario.name for one in scenarios}
    if not found:
        near = get_close_matches(named, sorted(names), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise BadSuite(f"No scenario fits {wish!r}: no tag, branch, path or title.{hint}")
    return found


def _lies_in(location: str, path: str) -> bool:
    """Tell whether a scenario is in a folder, in a feature or at a line, which may be named by the end of its path."""
    within = f"/{location}:"
    return f"/{path}:" in within or within.startswith(f"/{path}/")


def _tag_expression(expression: str) -> Any:
    from behave.tag_expression import make_tag_expression

    try:
        return make_tag_expression(expression).check
    except Exception as error:  # its parser raises whatever it stumbles over
        words = f"{expression!r} is no tag expression ({error}); write one as in '@WR-2.3 or @implied'."
        raise BadSuite(words) from error
