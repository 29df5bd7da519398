"""Every policy of a model, with what it says of itself, and the values at both its ends."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from simulators.kit.policies import LEAST, MOST


def policies_of(model: type[msgspec.Struct], path: str = "") -> Iterator[tuple[str, inspect.Type, dict[str, Any]]]:
    """Yield the dotted path, the type and the JSON Schema of every policy of a model."""
    info = inspect.type_info(model)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        name, kind = f"{path}{field.encode_name}", field.type
        schema = dict(kind.extra_json_schema or {}) if isinstance(kind, inspect.Metadata) else {}
        inner = kind.type if isinstance(kind, inspect.Metadata) else kind
        if isinstance(inner, inspect.StructType):
            yield from policies_of(inner.cls, f"{name}.")
        else:
            yield name, inner, schema


def ends_of(kind: inspect.Type, schema: dict[str, Any]) -> list[Any]:
    """Return the values at the ends of a policy: least and most, shortest and longest, or each that is allowed."""
    if LEAST in schema:
        return [schema[LEAST], schema[MOST]]
    if isinstance(kind, inspect.IntType | inspect.FloatType):
        return [kind.ge, kind.le]
    if isinstance(kind, inspect.LiteralType):
        return list(kind.values)
    if isinstance(kind, inspect.StrType):
        return ["x" * (kind.min_length or 0), "x" * (kind.max_length or 0)]
    return []


def nested(path: str, value: Any) -> dict[str, Any]:
    """Return ``{"a": {"b": value}}`` for ``a.b``."""
    first, _, rest = path.partition(".")
    return {first: nested(rest, value) if rest else value}


def merge(*parts: dict[str, Any]) -> dict[str, Any]:
    """Return policies merged, the later before the earlier."""
    found: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            found[key] = merge(found.get(key, {}), value) if isinstance(value, dict) else value
    return found
