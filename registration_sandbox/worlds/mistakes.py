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
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,9})\]")
_LENGTH = re.compile(r"expected (?:str|array) of length <= (\d+)")
_TOO_SHORT = re.compile(r"expected (?:str|array|object) of length >= \d+")
_LONGEST_SHOWN = 80
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
_BOUNDED = inspect.IntType | inspect.FloatType | inspect.BoolType | inspect.TimeDeltaType
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


def explain_error(
    error: msgspec.ValidationError, kind: type[msgspec.Struct], value: Any, *, place: str = ""
) -> ScenarioError:
    """Return what msgspec found wrong with ``value``, which was to be a ``kind``, and what would be right.

    ``place`` is the path of the value itself in the scenario.
    """
    flaw = flaw_of(error)
    field = ".".join(filter(None, (place, flaw.field)))
    root = inspect.type_info(kind)
    if flaw.message.startswith("is not a field"):
        known = _fields(_type_at(root, steps_of(flaw.parent)))
        return ScenarioError(
            field, f"{flaw.message}; known are {', '.join(known) or 'none'}{nearest(flaw.name, known)}"
        )
    steps = steps_of(flaw.field)
    wanted = _describe_type(_type_at(root, steps))
    if flaw.message == "is missing":
        return ScenarioError(field, f"is missing; it is {wanted}")
    if length := _LENGTH.fullmatch(flaw.message):
        found = _value_at(value, steps)
        what = "characters" if isinstance(found, str) else "entries"
        return ScenarioError(field, f"has {len(found)} {what}; allowed are up to {length[1]}")
    if _TOO_SHORT.fullmatch(flaw.message) and not _value_at(value, steps):
        return ScenarioError(field, f"is empty; allowed is: {wanted}, not empty")
    if not flaw.message.startswith(("expected ", "invalid ")):
        return ScenarioError(field, f"is wrong: {flaw.message}")
    found = _value_at(value, steps)
    quotes = " (put it in quotes)" if isinstance(found, int | float) and "str" in flaw.message else ""
    return ScenarioError(field, f"is {format_value(found)}{quotes}; allowed is: {wanted}")


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
    """Return the value at a path, or the nearest one around it: a mapping's own names are not in the path."""
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
    return value


def format_value(value: Any) -> str:
    """Return a value as a message shows it: of a long one the beginning."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _describe_type(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.Metadata):
        said = (kind.extra_json_schema or {}).get("description")
        if isinstance(kind.type, _BOUNDED) or _leaves_out_names(kind.type, said or ""):
            return _describe_type(kind.type)  # what it may be says more than what it is for
        whole = _PLAIN_WORDS.get(type(_composite(kind)))
        return f"{whole} ({said})" if said and whole in _COMPOSITES else str(said or _describe_type(kind.type))
    if isinstance(kind, inspect.UnionType):
        return " or ".join(_describe_type(each) for each in kind.types)
    if isinstance(kind, inspect.StructType):
        return f"a mapping of {', '.join(_fields(kind))}"
    if isinstance(kind, inspect.LiteralType):
        return ", ".join(map(str, kind.values))
    return _PLAIN_WORDS.get(type(kind), "a value") + _limits(kind)


def _leaves_out_names(kind: inspect.Type, description: str) -> bool:
    """Return whether a value is one of some names, and its description does not say which."""
    return isinstance(kind, inspect.LiteralType) and not all(str(name) in description for name in kind.values)


def _limits(kind: inspect.Type) -> str:
    if not isinstance(kind, inspect.IntType | inspect.FloatType):
        return ""
    least = "" if kind.ge is None else f" from {kind.ge}"
    return least if kind.le is None else f"{least} up to {kind.le}"
