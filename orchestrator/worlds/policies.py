"""The policies that a scenario can set: of each service, the model that the service itself reads them with."""

import importlib
from functools import cache
from importlib.util import find_spec
from typing import Any

import msgspec

from simulators.kit.settings import SERVICES


class NoPolicies(msgspec.Struct, forbid_unknown_fields=True):
    """The policies of a service that has none."""


@cache
def policies_of(service: str) -> type[msgspec.Struct]:
    """Return the model of a service's policies.

    By the rule of the house, ``auth_service`` has ``AuthServicePolicies`` in a module ``policies`` of its own.
    """
    package = service if service == "orchestrator" else f"simulators.{service}"
    if find_spec(f"{package}.policies") is None:
        return NoPolicies
    name = "".join(word.capitalize() for word in service.split("_")) + "Policies"
    model: type[msgspec.Struct] = getattr(importlib.import_module(f"{package}.policies"), name)
    return model


def schema(ref_template: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON Schema of all services' policies, by service, and the definitions that it refers to."""
    schemas, definitions = msgspec.json.schema_components(map(policies_of, SERVICES), ref_template=ref_template)
    return dict(zip(SERVICES, schemas, strict=True)), definitions
