"""docs/faults.md: what a fault is, and every effect that it can have."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from registration_sandbox.reference.markdown import NOTHING, anchor, code, page, prose, table
from registration_sandbox.reference.schemas import REF, describe
from simulators.kit.faults import Effect, Fault, effects
from simulators.kit.faults.model import MOST_IN_WORLD
from simulators.kit.faults.schema import effect_schema

EXPLAINED = f"""
A fault breaks requests to a service, or the TSG's push, on purpose. It belongs to one world and has one effect. Add it
in a scenario (`faults:`), by `sandbox fault add SERVICE [REQUESTS] EFFECT`, or by
`POST /_sandbox/worlds/{{world}}/faults`. One that no request can ever hit is refused. A world has up to {MOST_IN_WORLD}
faults in each service; another one takes the place of the oldest that is used up.
"""


def make_page() -> str:
    """Return the page."""
    (fault,), schemas = msgspec.json.schema_components([Fault], ref_template=REF)
    fault = schemas[fault["$ref"]]
    rows = [
        (code(name), _default(schema, name in fault["required"]), _describe(name, schema), schema["description"])
        for name, schema in fault["properties"].items()
    ]
    fields = table(("field", "default", "may be", "meaning"), rows)
    by_name = {schema["title"]: schema for schema in effect_schema()["oneOf"]}
    described = [part for name, kind in sorted(effects().items()) for part in _effect(kind, by_name[name])]
    return page(
        "Faults", "the effects in the code", EXPLAINED, "## A fault", prose(Fault.__doc__), fields, "## Effects",
        *described,
    )  # fmt: skip


def _default(schema: Mapping[str, Any], required: bool) -> str:
    return "must be given" if required else code(msgspec.json.encode(schema.get("default")).decode())


def _describe(name: str, schema: Mapping[str, Any]) -> str:
    return "an object with one effect, as below" if name == "effect" else describe(schema)


def _effect(kind: type[Effect], schema: Mapping[str, Any]) -> Iterator[str]:
    where = [word for word, there in (("requests", kind.on_request), ("the TSG's push", kind.on_push)) if there]
    answer = "An answer is sent." if kind.answered else "No answer is sent."
    yield f"{anchor(kind.name)}\n\n### {code(kind.name)}"
    yield f"{kind.summary()} An effect on {' and '.join(where)}. {answer}"
    yield table(("typed as", "meaning"), [(code(form.example), form.meaning) for form in kind.forms])
    yield _value(kind, schema)


def _value(kind: type[Effect], schema: Mapping[str, Any]) -> str:
    """Return a table of the fields of an effect's value, or a line where it has none."""
    own = schema if kind.companions else schema["properties"][kind.name]
    if "properties" not in own:
        meaning = own.get("description")
        return f"Its value: {describe(own)}." + (f" {meaning}" if meaning else "")
    place = "" if kind.companions else f"{kind.name}."
    return table(("field", "may be", "meaning"), _rows(place, own))


def _rows(place: str, schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, field in schema["properties"].items():
        if "properties" in field:
            yield code(place + name), NOTHING, field["description"]
            yield from _rows(f"{place}{name}.", field)
        else:
            yield code(place + name), describe(field), field["description"]
