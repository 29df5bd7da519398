"""The policies that a scenario can set: of each service, the model that the service itself reads them with."""

import importlib
from functools import cache
from importlib.util import find_spec
from typing import Any

import msgspec

from simulators.kit.settings import SERVICES
from simulators.kit.worlds import NoPolicies


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


def default_of(path: str) -> Any:
    """Return the default of a policy by its dotted path, ``cymmetri.otp.max_attempts``, as JSON would have it."""
    service, _, rest = path.partition(".")
    value: Any = msgspec.to_builtins(policies_of(service)())
    for name in rest.split("."):
        value = value[name]
    return value


def schema(ref_template: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON Schema of all services' policies, by service, and the definitions that it refers to."""
    schemas, definitions = msgspec.json.schema_components(map(policies_of, SERVICES), ref_template=ref_template)
    return dict(zip(SERVICES, schemas, strict=True)), definitions
