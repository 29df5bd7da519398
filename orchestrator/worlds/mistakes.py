"""What is wrong with a scenario: the file, the line, the field, and what the field allows."""

import json
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import msgspec
import yaml
from msgspec import inspect

from simulators.kit.errors import SandboxRefusal, flaw_of

Step = str | int
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PLAIN_WORDS: dict[type[inspect.Type], str] = {
    inspect.StrType: "text",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.TimeDeltaType: "an ISO 8601 duration, as in PT5M",
    inspect.BoolType: "true or false",
    inspect.NoneType: "null",
    inspect.DateTimeType: "an instant as in '2026-01-05T09:00:00Z'",
    inspect.ListType: "a list",
    inspect.DictType: "a mapping",
    inspect.StructType: "a mapping",
}
_COMPOSITES = ("a list", "a mapping")


class ScenarioError(SandboxRefusal):
    """A scenario that cannot be used (``bad-scenario``, 400).

    ``field`` is a dotted path (``personas[2].cbs.status``); ``details`` has ``file`` and ``line`` where there are any.
    """

    def __init__(self, field: str, words: str, *, file: str = "", line: int | None = None) -> None:
        details: dict[str, Any] = {"file": file} if file else {}
        if line:
            details["line"] = line
        place = ", ".join(f"line {part}" if part is line else str(part) for part in (file, line) if part)
        message = f"{field or 'The scenario'} {words}" + ("" if words.endswith("?") else ".")
        super().__init__(
            "bad-scenario", 400, f"{place}: {message}" if place else message, field=field or None, details=details
        )
        self.words = words


def explained(
    error: msgspec.ValidationError, kind: type[msgspec.Struct], value: Any, *, place: str = ""
) -> ScenarioError:
    """Return what msgspec found wrong with ``value``, which was to be a ``kind``, and what would be right.

    ``place`` is the path of the value itself in the scenario.
    """
    flaw = flaw_of(error)
    field = ".".join(filter(None, (place, flaw.field)))
    steps = steps_of(flaw.field)
    root = inspect.type_info(kind)
    wanted = _allowed(_type_at(root, steps))
    if flaw.words.startswith("is not a field"):
        known = _fields(_type_at(root, steps[:-1]))
        return ScenarioError(
            field, f"{flaw.words}; known are {', '.join(known) or 'none'}{nearest(str(steps[-1]), known)}"
        )
    if flaw.words == "is missing":
        return ScenarioError(field, f"is missing; it is {wanted}")
    if not flaw.words.startswith(("expected ", "invalid ")):
        return ScenarioError(field, f"is wrong: {flaw.words}")
    found = _value_at(value, steps)
    quotes = " (put it in quotes)" if isinstance(found, int | float) and "str" in flaw.words else ""
    return ScenarioError(field, f"is {shown(found)}{quotes}; allowed is: {wanted}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``". Did you mean x?"`` when something known is near to ``name``, else nothing."""
    near = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)
    return f". Did you mean {near[0]}?" if near else ""


def steps_of(path: str) -> list[Step]:
    """Return ``["personas", 2, "cbs"]`` for ``personas[2].cbs``."""
    return [int(index) if index else name for name, index in _STEP.findall(path)]


def line_of(root: yaml.Node, path: str) -> int:
    """Return the line (from 1) that a field stands on, or that of the nearest thing around it."""
    node, line = root, root.start_mark.line
    for step in steps_of(path):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return int(line) + 1


def _type_at(kind: inspect.Type, steps: Sequence[Step]) -> inspect.Type:
    for step in steps:
        kind = _composite(kind)
        if isinstance(kind, inspect.StructType):
            kind = next((field.type for field in kind.fields if field.encode_name == step), inspect.AnyType())
        elif isinstance(kind, inspect.ListType):
            kind = kind.item_type
        elif isinstance(kind, inspect.DictType):
            kind = kind.value_type
    return kind


def _composite(kind: inspect.Type) -> inspect.Type:
    """Return the struct, list or dict within ``kind``; of a union, the one that is not null."""
    if isinstance(kind, inspect.Metadata):
        return _composite(kind.type)
    if isinstance(kind, inspect.UnionType):
        return next((_composite(each) for each in kind.types if not isinstance(each, inspect.NoneType)), kind)
    return kind


def _fields(kind: inspect.Type) -> list[str]:
    kind = _composite(kind)
    return [field.encode_name for field in kind.fields] if isinstance(kind, inspect.StructType) else []


def _value_at(value: Any, steps: Sequence[Step]) -> Any:
    for step in steps:
        value = value[step]
    return value


def shown(value: Any) -> str:
    """Return a value as a message shows it."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return json.dumps(value, ensure_ascii=False, default=str)


def _allowed(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.Metadata):
        said = (kind.extra_json_schema or {}).get("description")
        whole = _PLAIN_WORDS.get(type(_composite(kind)))
        return f"{whole} ({said})" if said and whole in _COMPOSITES else str(said or _allowed(kind.type))
    if isinstance(kind, inspect.UnionType):
        return " or ".join(_allowed(each) for each in kind.types)
    if isinstance(kind, inspect.StructType):
        return f"a mapping of {', '.join(_fields(kind))}"
    if isinstance(kind, inspect.LiteralType):
        return ", ".join(map(str, kind.values))
    return _PLAIN_WORDS.get(type(kind), "a value") + _limits(kind)


def _limits(kind: inspect.Type) -> str:
    if not isinstance(kind, inspect.IntType | inspect.FloatType):
        return ""
    least = "" if kind.ge is None else f" from {kind.ge}"
    return least if kind.le is None else f"{least} up to {kind.le}"
