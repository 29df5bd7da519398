"""OpenAPI 3.1 of a service, made from the models that its operations validate with."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from flask import Flask, Response, request

from simulators.kit.models import Problem
from simulators.kit.services import spec_of
from simulators.kit.web.api import Operation, Variant
from simulators.kit.web.openapi_operations import ASSUMED, Bases, credentials_of, describe, path_of, tag_of
from simulators.kit.web.openapi_schemas import Model, make_schemas
from simulators.kit.web.tags import CONTROL_PLANE, Tag
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.work import Service

__all__ = ["ASSUMED", "DOCUMENT", "Bases", "add", "document"]

DOCUMENT = "/openapi.json"
DESCRIPTION = (
    "Every property, status and error code carries x-basis: documented (in the flows' documents), "
    "published (in the vendor's public material) or assumed. The codes in x-sandbox are the sandbox's own. "
    "Examples are from a real run; secrets in them are masked."
)


def add(
    app: Flask,
    service: Service,
    operations: Sequence[Operation],
    error: Model,
    bases: Bases = ASSUMED,
    title: str = "",
) -> None:
    """Serve ``/openapi.json``; ``error`` is the model of the service's error bodies."""

    @cache
    def read_document() -> dict[str, Any]:
        return document(service, operations, error, bases, title)

    @app.get(DOCUMENT)
    def openapi_json() -> Response:
        servers = [{"url": each["url"] + request.script_root} for each in read_document()["servers"]]
        return Response(msgspec.json.encode({**read_document(), "servers": servers}), mimetype="application/json")


def document(
    service: Service, operations: Sequence[Operation], error: Model, bases: Bases = ASSUMED, title: str = ""
) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of a service: what it offers first, then its control plane."""
    ordered = sorted(operations, key=lambda each: each.path.startswith(CONTROL_PREFIX))
    schemas = make_schemas(ordered, {Problem, error})
    examples = read_examples(service.name)
    paths: dict[str, dict[str, Any]] = {}
    for operation in ordered:
        own = operation.described.error or (Problem if operation.control else error)
        rests_on = ASSUMED if operation.control else bases
        for variant in operation.described.variants or (None,):
            path, method = path_of(variant or operation), operation.method
            example = examples.get(f"{method} {path}", {})
            described = describe(operation, variant, own, rests_on, example)
            paths.setdefault(path, {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"registration-sandbox: {title or spec_of(service.name).title}",
            "version": service.version,
            "description": DESCRIPTION,
            "contact": {"name": "The maintainers of registration-sandbox"},
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": service.settings.url(service.name)}],
        "tags": _list_tags(ordered),
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": _list_schemes(ordered)},
    }


@cache
def read_examples(service: str) -> dict[str, Any]:
    """Return what a real run asked of a service and was answered, by operation; secrets are masked."""
    file = files("simulators.kit.web").joinpath("examples", f"{service}.json")
    found: dict[str, Any] = msgspec.json.decode(file.read_bytes()) if file.is_file() else {}
    return found


def _list_tags(operations: Sequence[Operation]) -> list[dict[str, str]]:
    found: dict[Tag, None] = {}
    for each in operations:
        found |= dict.fromkeys([variant.tag for variant in each.described.variants] or [tag_of(each)])
    subjects = [tag for tag in found if tag not in CONTROL_PLANE]
    ordered = [*subjects, *(tag for tag in CONTROL_PLANE if tag in found)]
    return [{"name": tag.name, "description": tag.description} for tag in ordered]


def _list_schemes(operations: Sequence[Operation]) -> dict[str, dict[str, str]]:
    described: list[Operation | Variant] = []
    for each in operations:
        described += each.described.variants or (each,)
    found = dict.fromkeys(credential for told in described for credential in credentials_of(told) if credential.name)
    return {credential.name: dict(credential.scheme) for credential in found}
