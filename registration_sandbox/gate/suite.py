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
    """One scenario to play: ``location`` is ``features/…/x.feature:LINE``.

    ``lines`` are those that are its own: of an example of an outline, just its row. ``outline`` are those of the whole
    outline, or its own. The rest are behave's own objects.
    """

    location: str
    lines: range
    outline: range
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
        name = path.relative_to(root).as_posix()
        text = _read_text(path, name)
        feature = _parse_feature(text, name)
        description = [str(line) for line in feature.description]
        told.append(FeatureText(feature.filename, feature.name, [str(tag) for tag in feature.tags], description))
        planned += _scenarios(feature, len(text.splitlines()))
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


def _read_text(path: Path, name: str) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise BadSuite(f"{name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadSuite(f"{name} is no text in UTF-8: byte {error.start} is wrong. Save it as UTF-8.") from error


def _parse_feature(text: str, name: str) -> Any:
    from behave.parser import ParserError, parse_feature

    try:
        feature = parse_feature(text, filename=name)
    except ParserError as error:
        raise BadSuite(f"{name} is no Gherkin: {error}") from error
    if feature is None:
        raise BadSuite(f"{name} is empty; it should begin with Feature:.")
    return feature


def _scenarios(feature: Any, length: int) -> Iterator[Planned]:
    """Yield the scenarios of a feature of so many lines. One's lines, and its tags', reach to the next one's."""
    found = list(_items(feature, None))
    begins = [min([item.line, *(tag.line for tag in item.tags)]) for _, item in found]
    for (rule, item), begin, end in zip(found, begins, [*begins[1:], length + 1], strict=True):
        lines = range(begin, end)
        if item.type == "scenario_outline":
            for one in item.scenarios:
                yield Planned(
                    f"{feature.filename}:{one.line}", range(one.line, one.line + 1), lines, feature, rule, one
                )
        elif item.type == "scenario":
            yield Planned(f"{feature.filename}:{item.line}", lines, lines, feature, rule, item)


def _items(container: Any, rule: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the rules, scenarios and outlines of a feature, each with the rule that it is in."""
    for item in container.run_items:
        yield rule, item
        if item.type == "rule":
            yield from _items(item, item)


def _fitting(suite: Suite, wish: str) -> Iterable[Planned]:
    scenarios = suite.scenarios
    if wish.startswith("@") or BRANCH.fullmatch(wish) or STEP.fullmatch(wish):
        named = wish.removeprefix("@")
        found = [one for one in scenarios if any(named == own or own.startswith(f"{named}.") for own in one.tags)]
        names = {tag for one in scenarios for tag in one.tags}
    elif wish.split(":", maxsplit=1)[0].endswith(".feature") or (suite.root / wish).is_dir():
        named = wish.rstrip("/").removeprefix("./")
        found = _at(scenarios, named)
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


def _at(scenarios: Sequence[Planned], place: str) -> list[Planned]:
    """Return the scenarios in a folder, in a feature or at a line; a path may be named by its end.

    Any line of a scenario will do; one of an outline, but for the rows of its examples, means all of them.
    """
    path, _, line = place.partition(":")
    there = [one for one in scenarios if _lies_in(one.feature.filename, path)]
    if not line:
        return there
    if not line.isdecimal():
        return []
    number = int(line)
    return [one for one in there if number in one.lines] or [one for one in there if number in one.outline]


def _lies_in(filename: str, path: str) -> bool:
    return f"/{filename}".endswith(f"/{path}") or f"/{filename}".startswith(f"/{path}/")


def _tag_expression(expression: str) -> Any:
    from behave.tag_expression import make_tag_expression

    try:
        return make_tag_expression(expression).check
    except Exception as error:  # its parser raises whatever it stumbles over
        words = f"{expression!r} is no tag expression ({error}); write one as in '@WR-2.3 or @implied'."
        raise BadSuite(words) from error
