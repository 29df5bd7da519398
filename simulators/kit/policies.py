"""Policies: models whose fields say what they are for and between which bounds they lie, read and changed.

Bounds stand in a field's annotation: from there they are checked, and told in the JSON Schema of a scenario. msgspec
checks those of numbers; ``Policies`` checks those of durations, which msgspec has none for.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any, TypeVar, cast, get_type_hints

import msgspec
from msgspec import Meta, Struct

from simulators.kit.numbers import LONGEST_DURATION

SHORTEST, LONGEST = timedelta(seconds=1), LONGEST_DURATION
"""The durations that a world's calendar can bear."""

LEAST, MOST = "x-minimum", "x-maximum"
"""Where the JSON Schema of a duration tells its bounds, as ISO 8601."""


def setting(description: str) -> Meta:
    """Describe a policy whose type bounds it already: a truth value, or one of some names."""
    return Meta(description=description)


def number(description: str, least: int, most: int) -> Meta:
    """Describe a policy that is a number from ``least`` to ``most``, both included."""
    return Meta(description=description, ge=least, le=most)


def text(description: str, longest: int) -> Meta:
    """Describe a policy that is a text, or a list, of no more than ``longest`` characters, or items."""
    return Meta(description=description, max_length=longest)


def duration(description: str, least: timedelta = SHORTEST, most: timedelta = LONGEST) -> Meta:
    """Describe a policy that is an ISO 8601 duration from ``least`` to ``most``, both included."""
    bounds = {LEAST: msgspec.to_builtins(least), MOST: msgspec.to_builtins(most)}
    return Meta(description=description, extra_json_schema=bounds)


LONGEST_REMEMBERED = 16_384
"""Characters of policies that are read once and remembered; longer ones are read each time."""

Model = TypeVar("Model", bound=Struct)


class Policies(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of a model of policies. Making one raises ValueError when a duration is out of its bounds."""

    def __post_init__(self) -> None:
        for name, (least, most) in duration_bounds(type(self)).items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise ValueError(f"{name} must be between {_iso(least)} and {_iso(most)}, not {_iso(value)}")


def read_policies(text: str, kind: type[Model]) -> Model:
    """Return policies that are kept as JSON, defaults and preset filled in."""
    read = _remember if len(text) <= LONGEST_REMEMBERED else _read
    return cast(Model, read(text, kind))


def with_preset(policies: Any, kind: type[Struct]) -> Any:
    """Return policies completed by the preset that they name, where the service has presets."""
    complete = getattr(kind, "with_preset", None)
    return complete(policies) if complete and isinstance(policies, Mapping) else policies


def lay_over(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``old`` with what ``new`` says in its place, and the rest as it was, also within mappings."""
    both = dict(old)
    for key, value in new.items():
        before = both.get(key)
        both[key] = lay_over(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both


def _read(text: str, kind: type[Model]) -> Model:
    return msgspec.convert(with_preset(msgspec.json.decode(text), kind), kind)


_remember = lru_cache(maxsize=512)(_read)


@cache
def duration_bounds(model: type[Struct]) -> dict[str, tuple[timedelta, timedelta]]:
    """Return the bounds of a model's durations, by field."""
    found = {}
    for name, hint in get_type_hints(model, include_extras=True).items():
        for meta in getattr(hint, "__metadata__", ()):
            schema: dict[str, Any] = meta.extra_json_schema or {} if isinstance(meta, Meta) else {}
            if LEAST in schema:
                found[name] = (
                    msgspec.convert(schema[LEAST], timedelta), msgspec.convert(schema[MOST], timedelta),
                )  # fmt: skip
    return found


def _iso(value: timedelta) -> str:
    return str(msgspec.to_builtins(value))
