"""The JSON Schema of a scenario, for editors: made from the models that scenarios are read with."""

import json
from typing import Any

import msgspec

from registration_sandbox.worlds import policies
from registration_sandbox.worlds.scenario import Scenario
from simulators.kit.faults import Fault
from simulators.kit.services import SERVICES

REF = "#/$defs/{name}"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a scenario, policies and faults included."""
    (root, fault), definitions = msgspec.json.schema_components([Scenario, Fault], ref_template=REF)
    by_service, models = policies.schema(REF)
    settable = definitions["Scenario"]["properties"]
    settable["faults"]["items"] = fault
    settable["policies"] |= {"properties": by_service, "additionalProperties": False}
    definitions["Fault"]["required"] = ["service", "effect"]
    definitions["Fault"]["properties"]["service"]["enum"] = list(SERVICES)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of the registration sandbox",
        **root,
        "$defs": definitions | models,
    }


def schema_text() -> str:
    """Return the JSON Schema as it is kept beside the scenarios."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
