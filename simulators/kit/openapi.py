"""OpenAPI 3.1 of a service, made from the models that its operations validate with, and a page of it for people."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from flask import Flask, Response, render_template_string

from simulators.kit.api import Operation
from simulators.kit.decoding import FORM
from simulators.kit.models import Problem
from simulators.kit.work import Service

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_REF = "#/components/schemas/{name}"


def add(app: Flask, service: Service, operations: Sequence[Operation], error: type[msgspec.Struct]) -> None:
    """Serve ``/openapi.json`` and ``/docs``; ``error`` is the model of the service's error bodies."""

    @cache
    def described() -> dict[str, Any]:
        return document(service, operations, error)

    @app.get("/openapi.json")
    def openapi_json() -> Response:
        return Response(msgspec.json.encode(described()), mimetype="application/json")

    @app.get("/docs")
    def docs() -> str:
        page = _page()
        return render_template_string(page, api=described(), operations=_listed(described()))


def document(service: Service, operations: Sequence[Operation], error: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of a service."""
    models: set[type[msgspec.Struct]] = {Problem, error}
    for operation in operations:
        models.update(model for model in (operation.body, operation.query, operation.answer) if model)
    ordered = sorted(models, key=_name)
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = _PARAMETER.sub(r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _described(
            operation, schemas, Problem if operation.control else error
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"registration-sandbox: {service.name}",
            "version": service.version,
            "description": (
                "Every property carries x-basis: documented (in the flows' documents), published (in the vendor's "
                "public material) or assumed."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": service.settings.url(service.name)}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(operation: Operation, schemas: dict[str, Any], error: type[msgspec.Struct]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PARAMETER.findall(operation.path)
    ]
    if operation.query is not None:
        for name, schema in schemas[operation.query.__name__]["properties"].items():
            parameters.append({"name": name, "in": "query", "required": False, "schema": schema})
    described: dict[str, Any] = {
        "operationId": f"{operation.method.lower()}_{operation.name}",
        "summary": operation.summary,
        "tags": ["control plane" if operation.control else "service"],
        "responses": {str(operation.status): {"description": "Done.", **_content(operation.answer)}},
    }
    if operation.description:
        described["description"] = operation.description
    if parameters:
        described["parameters"] = parameters
    if operation.body is not None:
        described["requestBody"] = {"required": True, **_content(operation.body)}
    if operation.multipart:
        described["requestBody"]["content"][FORM] = {"schema": _upload(operation.multipart)}
    by_status: dict[str, list[str]] = {}
    for status, reason in operation.refusals:
        by_status.setdefault(str(status), []).append(reason)
    for refused, reasons in by_status.items():
        media_type = "application/problem+json" if error is Problem else "application/json"
        refusal = {"description": ", ".join(reasons), **_content(error, media_type)}
        described["responses"].setdefault(refused, refusal)
    return described


def _name(model: type[msgspec.Struct]) -> str:
    return model.__name__


def _content(model: type[msgspec.Struct] | None, media_type: str = "application/json") -> dict[str, Any]:
    if model is None:
        return {}
    return {"content": {media_type: {"schema": {"$ref": _REF.format(name=model.__name__)}}}}


def _upload(name: str) -> dict[str, Any]:
    file = {"type": "string", "format": "binary", "x-basis": "assumed"}
    return {"type": "object", "properties": {name: file}, "required": [name]}


def _listed(api: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"method": method.upper(), "path": path, "operation": operation}
        for path, methods in api["paths"].items()
        for method, operation in methods.items()
    ]


@cache
def _page() -> str:
    from importlib.resources import files

    return files("simulators.kit").joinpath("docs.html").read_text("utf-8")
