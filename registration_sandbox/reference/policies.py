"""docs/policies.md: what a world can set in each service, with defaults and bounds, and the questions it answers."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from orchestrator.flows.device import DEVICE
from orchestrator.flows.web import WEB
from registration_sandbox.reference.markdown import NOTHING, anchor, code, page, prose, table
from registration_sandbox.reference.schemas import REF, describe, format_value
from simulators.kit.services import TABLE, NoPolicies, ServiceSpec

EXPLAINED = """
A policy is a rule of the bank that a world can set: in a scenario (`policies: {cymmetri: {otp: {digits: 8}}}`), or
while the world runs (`PATCH /_sandbox/worlds/{world}/policies` on the control plane). What is not set has its default.
Durations are ISO 8601: `PT5M` is five minutes, `P1D` a day. A value out of its bounds is refused by name.
"""
QUESTIONS = """
Where a document leaves a question open, a policy holds our reading of it, and the other readings are its other values.
"""


def make_page() -> str:
    """Return the page."""
    services = [part for spec in TABLE if spec.load_policies() is not NoPolicies for part in _service(spec)]
    return page("Policies", "the services' policy models", EXPLAINED, *services, *_questions())


def _service(spec: ServiceSpec) -> Iterator[str]:
    model = spec.load_policies()
    _, schemas = msgspec.json.schema_components([model], ref_template=REF)
    yield f"{anchor(spec.name)}\n\n## {spec.title}"
    yield from _model(spec.name, model(), schemas)


def _model(path: str, policies: msgspec.Struct, schemas: Mapping[str, Any]) -> Iterator[str]:
    """Tell a model's own values in a table, and those of the models within it below."""
    if "." in path:
        yield f"{anchor(path)}\n\n### {code(path)}"
    yield prose(type(policies).__doc__)
    properties = schemas[type(policies).__name__]["properties"]
    values = {name: getattr(policies, name) for name in policies.__struct_fields__}
    rows = [
        _row(f"{path}.{name}", value, properties[name], schemas)
        for name, value in values.items()
        if not isinstance(value, msgspec.Struct)
    ]
    if rows:
        yield table(("policy", "default", "may be", "meaning"), rows)
    for name, value in values.items():
        if isinstance(value, msgspec.Struct):
            yield from _model(f"{path}.{name}", value, schemas)


def _row(path: str, value: object, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[str, ...]:
    meaning = prose(schema.get("description")) or NOTHING
    return f"{anchor(path)}{code(path)}", format_value(value), describe(schema, schemas), meaning


def _questions() -> Iterator[str]:
    yield "## Open questions of the documents"
    yield QUESTIONS
    rows = [
        (flow.title, each.question, ", ".join(map(code, each.policies)) or NOTHING, each.reading, each.other)
        for flow in (WEB, DEVICE)
        for each in flow.questions
    ]
    yield table(("document", "question", "policy", "our reading", "other reading"), rows)
