"""A JSON Schema in words: what a value may be."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from registration_sandbox.reference.markdown import code

KINDS = {"array": "a list", "boolean": "`true` or `false`", "integer": "a whole number", "number": "a number",
         "null": "nothing", "object": "an object", "string": "text"}  # fmt: skip
LEAST = ("minimum", "minLength", "minItems")
MOST = ("maximum", "maxLength", "maxItems")
DURATIONS = ("x-minimum", "x-maximum")
"""Where the schema of a duration has its bounds: JSON Schema has no words for them."""


REF = "{name}"
"""How a schema refers to a model: by the model's name alone."""


def describe(schema: Mapping[str, Any], models: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return in words what a value may be; ``models`` are the schemas that it may refer to, by name."""
    if "anyOf" in schema:
        of_durations = {key: schema[key] for key in DURATIONS if key in schema}
        return " or ".join(describe({**each, **of_durations}, models) for each in schema["anyOf"])
    if "$ref" in schema:
        fields = models[schema["$ref"]]["properties"].items()
        return "an object of " + ", ".join(f"{code(name)} ({describe(each, models)})" for name, each in fields)
    if "prefixItems" in schema:
        return f"a list of {' and '.join(describe(each, models) for each in schema['prefixItems'])}"
    if "const" in schema or "enum" in schema:
        return ", ".join(map(format_value, schema.get("enum") or [schema["const"]]))
    if "type" not in schema:
        return "any value"
    kind = {"duration": "a duration", "date-time": "an instant"}.get(schema.get("format", "")) or KINDS[schema["type"]]
    if "pattern" in schema:
        kind += f" like {code(schema['pattern'])}"
    bounds = _bounds(schema)
    return f"{kind}, {bounds}" if bounds else kind


def format_value(value: object) -> str:
    """Return a value as code, as one would write it in a scenario."""
    if isinstance(value, timedelta):
        return code(format_duration(value))
    if isinstance(value, tuple | list):
        return ", ".join(map(format_value, value)) or "none"
    return code(value) if isinstance(value, str) else code(msgspec.json.encode(value).decode())


def format_duration(duration: timedelta) -> str:
    """Return an ISO 8601 duration in its largest units: ``PT5M``, ``P1DT30S``."""
    days, rest = divmod(duration.total_seconds(), 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    date = f"{days:g}D" if days else ""
    time = "".join(f"{number:g}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number)
    if time:
        return f"P{date}T{time}"
    return f"P{date}" if date else "PT0S"


def _bounds(schema: Mapping[str, Any]) -> str:
    if DURATIONS[0] in schema and schema.get("format") == "duration":
        return " to ".join(code(format_duration(msgspec.convert(schema[key], timedelta))) for key in DURATIONS)
    least = next((schema[key] for key in LEAST if key in schema), schema.get("exclusiveMinimum"))
    most = next((schema[key] for key in MOST if key in schema), None)
    if "exclusiveMinimum" in schema:
        return f"more than {_plain(least)}" + ("" if most is None else f", up to {_plain(most)}")
    if least is None:
        return "" if most is None else f"up to {_plain(most)}"
    return f"at least {_plain(least)}" if most is None else f"{_plain(least)} to {_plain(most)}"


def _plain(number: Any) -> str:
    """Return a number without an exponent."""
    return str(int(number)) if number == int(number) else str(number)
