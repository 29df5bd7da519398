"""Scenarios read from YAML or JSON, and from data."""

from functools import lru_cache
from itertools import accumulate
from typing import Any

import msgspec
import yaml

from registration_sandbox.worlds.checks import check
from registration_sandbox.worlds.mistakes import ScenarioError, explain_error, line_of
from registration_sandbox.worlds.scenario import Scenario

_Loader: type[yaml.SafeLoader] = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))
DEEPEST = 1000
"""How deep brackets may stand within each other: libyaml recurs, and would end the process."""

_TEXT, _MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"


@lru_cache(maxsize=128)
def read(text: str, file: str = "") -> Scenario:
    """Return the scenario that YAML text (or JSON, a part of YAML) says.

    Raises ScenarioError with the file, the line and the field.
    """
    root, data = _parse(text, file)
    try:
        return of_data(data)
    except ScenarioError as error:
        field = error.field or ""
        raise ScenarioError(field, error.words, file=file, line=line_of(root, field)) from error


def of_data(data: Any) -> Scenario:
    """Return the scenario that data (decoded JSON) says. Raises ScenarioError with the field."""
    try:
        scenario = msgspec.convert(data, Scenario)
    except msgspec.ValidationError as error:
        raise explain_error(error, Scenario, data) from error
    check(scenario)
    return scenario


def _parse(text: str, file: str) -> tuple[yaml.Node, Any]:
    loader = None
    if _is_deep(text):
        raise ScenarioError("", f"has more than {DEEPEST} brackets within each other", file=file)
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise ScenarioError("", "has nothing in it", file=file)
        _check_keys(root, file)
        return root, loader.construct_document(root)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise ScenarioError("", f"is not YAML: {words}", file=file, line=mark.line + 1 if mark else None) from error
    finally:
        if loader is not None:
            loader.dispose()


def _is_deep(text: str) -> bool:
    """Count how far brackets open, those in texts included."""
    steps = (1 if each in "[{" else -1 for each in text if each in "[]{}")
    return max(accumulate(steps), default=0) > DEEPEST


def _check_keys(root: yaml.Node, file: str) -> None:
    nodes, done = [root], set[int]()
    while nodes:
        node = nodes.pop()
        if id(node) in done:
            continue
        done.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                if key.tag not in (_TEXT, _MERGE):
                    words = f"has a field whose name is not text: {key.value}; put it in quotes"
                    raise ScenarioError("", words, file=file, line=key.start_mark.line + 1)
                if key.value in keys:
                    words = f"has the field {key.value} twice in one mapping"
                    raise ScenarioError("", words, file=file, line=key.start_mark.line + 1)
                keys.add(key.value)
                nodes.append(value)
        elif isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
