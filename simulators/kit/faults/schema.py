"""The JSON Schema of a fault's effect, made from what the effects declare."""

from collections.abc import Mapping
from typing import Any

import msgspec

from simulators.kit.faults.effect import Effect, effects

REF = "{name}"
BASIS = {"x-basis": "assumed"}


def effect_schema() -> dict[str, Any]:
    """Return the schema of an effect: one of all that there are, each with what its value may be."""
    return {"oneOf": [_describe(kind) for _, kind in sorted(effects().items())]}


def _describe(kind: type[Effect]) -> dict[str, Any]:
    (value,), models = msgspec.json.schema_components([kind.model], ref_template=REF)
    whole: dict[str, Any] = _inline(value, models)
    if not kind.companions:
        whole = {
            "type": "object",
            "properties": {kind.name: whole | BASIS},
            "required": [kind.name],
            "additionalProperties": False,
        }
    return whole | {"title": kind.name, "description": kind.summary()}


def _inline(schema: Any, models: Mapping[str, Any]) -> Any:
    """Return a schema with every model in the place where it is referred to."""
    if isinstance(schema, dict):
        named = models[schema["$ref"]] if "$ref" in schema else {}
        own = {name: each for name, each in schema.items() if name != "$ref"}
        return {name: _inline(each, models) for name, each in {**named, **own}.items()}
    return [_inline(each, models) for each in schema] if isinstance(schema, list) else schema
