"""One operation as an OpenAPI document describes it: parameters, bodies, answers, credentials, examples."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from simulators.kit.models import Basis, Problem
from simulators.kit.web.api import Operation, Variant
from simulators.kit.web.credentials import ADMIN_TOKEN, NONE, Credential
from simulators.kit.web.decoding import FORM, JSON
from simulators.kit.web.everywhere import HEALTH_PATH, list_refusals
from simulators.kit.web.openapi_schemas import Model, content_of, list_query, markdown
from simulators.kit.web.problems import PROBLEM
from simulators.kit.web.tags import Tag, tag_of_control
from simulators.kit.wire.control import CONTROL_PREFIX

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Bases:
    """On what a service's operations rest: each status and each error code of theirs, and the headers that they take.

    ``code_at`` returns the error code for a reason at a path; ``headers`` are optional.
    """

    of_status: Callable[[int], Basis] = lambda _: "assumed"
    of_code: Callable[[str], Basis] = lambda _: "assumed"
    code_at: Callable[[str, str], str] = lambda _, reason: reason
    headers: Mapping[str, Basis] = field(default_factory=dict)


ASSUMED = Bases()
"""The bases of a service of which nothing is documented or published but what its models say."""


def path_of(operation: Operation | Variant) -> str:
    """Return an operation's path as OpenAPI writes it: ``/handsets/{id}``."""
    return _PARAMETER.sub(r"{\1}", operation.path)


def tag_of(operation: Operation) -> Tag:
    """Return the subject of an operation."""
    is_control = operation.path.startswith(CONTROL_PREFIX)
    return tag_of_control(operation.method, operation.path) if is_control else operation.described.tag


def operation_id(name: str) -> str:
    """Return an operation's id as generated clients name a method: ``patchPolicies`` for ``patch_policies``."""
    first, *others = re.split("[^0-9A-Za-z]+", name)
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def credentials_of(operation: Operation | Variant) -> Sequence[Credential]:
    """Return the credentials any one of which an operation wants."""
    if operation.path.startswith(CONTROL_PREFIX):
        return () if operation.path == HEALTH_PATH else (ADMIN_TOKEN, NONE)
    return operation.security if isinstance(operation, Variant) else operation.described.security


def describe(
    operation: Operation,
    variant: Variant | None,
    error: Model,
    bases: Bases,
    example: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the description of an operation, or of a variant of it; ``example`` is of a real exchange."""
    told = variant or operation
    described: dict[str, Any] = {
        "operationId": operation_id(told.name),
        "summary": told.summary.replace("``", ""),
        "description": markdown(told.description or told.summary),
        "tags": [(variant.tag if variant else tag_of(operation)).name],
        "security": [{each.name: []} if each.name else {} for each in credentials_of(told)],
    }
    parameters = [*_list_parameters(operation, told, bases)]
    if parameters:
        described["parameters"] = parameters
    body = told.body or operation.described.raw
    if body is not None:
        described["requestBody"] = {"required": _is_required(operation, body), **content_of(body)}
        if "request" in example:
            described["requestBody"]["content"][JSON]["example"] = example["request"]
    if operation.multipart:
        described["requestBody"]["content"][FORM] = {"schema": _upload(operation.multipart)}
    described["responses"] = _describe_answers(operation, variant, error, bases)
    for status, answer in example.get("answers", {}).items():
        for media in [*described["responses"].get(status, {}).get("content", {}).values()][:1]:
            media["example"] = answer
    return described


def _list_parameters(operation: Operation, told: Operation | Variant, bases: Bases) -> Iterable[dict[str, Any]]:
    text = {"type": "string"}
    for name, basis in bases.headers.items():
        yield {"name": name, "in": "header", "required": False, "schema": text, "x-basis": basis}
    for name, meaning in operation.headers.items():
        yield {"name": name, "in": "header", "required": False, "schema": text, "description": meaning}
    for name in _PARAMETER.findall(told.path):
        yield {"name": name, "in": "path", "required": True, "schema": text}
    if operation.query is not None:
        for name, schema, required in list_query(operation.query):
            yield {"name": name, "in": "query", "required": required, "schema": schema}


def _describe_answers(operation: Operation, variant: Variant | None, error: Model, bases: Bases) -> dict[str, Any]:
    described = operation.described
    good = content_of(operation.answer)
    if described.media_types:
        good = {"content": {media_type: {} for media_type in described.media_types}}
    answers: dict[str, Any] = {
        str(status): {"description": "Done.", "x-basis": bases.of_status(status), **msgspec.json.decode(_copy(good))}
        for status in (operation.status, *described.also)
    }
    by_status: dict[int, list[str]] = {}
    for status, reason in variant.refusals if variant else operation.refusals:
        by_status.setdefault(status, []).append(reason)
    for status, reasons in by_status.items():
        codes = [bases.code_at(operation.path, reason) for reason in reasons]
        answers[str(status)] = {
            "description": ", ".join(reasons),
            "x-basis": bases.of_status(status),
            "x-error-codes": {code: bases.of_code(code) for code in codes},
            **content_of(error, PROBLEM if issubclass(error, Problem) else JSON),
        }
    for status, code, as_service in list_refusals(operation):
        _add_refusal(answers, status, code, error if as_service else Problem)
    return dict(sorted(answers.items()))


def _add_refusal(answers: dict[str, Any], status: int, code: str, error: Model) -> None:
    """Describe a refusal that is the sandbox's own beside those that the operation has with the same status.

    ``x-sandbox`` lists the codes of the former.
    """
    found = answers.setdefault(str(status), {"description": "", "x-sandbox": [], "content": {}})
    found.setdefault("x-sandbox", []).append(code)
    if "x-basis" not in found:
        found["description"] = ", ".join(found["x-sandbox"])
    media_type = PROBLEM if issubclass(error, Problem) else JSON
    found["content"].setdefault(media_type, content_of(error, media_type)["content"][media_type])


def _is_required(operation: Operation, body: Model) -> bool:
    """Return whether a body has to be sent: one that has no fields need not be."""
    return bool(body.__struct_fields__ or operation.described.choices)


def _copy(value: Any) -> bytes:
    return msgspec.json.encode(value)


def _upload(name: str) -> dict[str, Any]:
    file = {"type": "string", "format": "binary", "x-basis": "assumed"}
    return {"type": "object", "properties": {name: file}, "required": [name]}
