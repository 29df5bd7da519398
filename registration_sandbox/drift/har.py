"""An interface as it was observed in recorded traffic (HAR 1.2). Secrets are masked as it is read."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from registration_sandbox.drift.documents import get_mapping, reading
from registration_sandbox.drift.openapi import CODE_FIELDS
from registration_sandbox.drift.shapes import BadSource, Field, Fields, Interface, Operation, Response
from simulators.kit.masking import mask

DEEPEST = 12
INSTANTS = (
    "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z",
    "%d-%b-%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%b %d, %Y %H:%M:%S",
)  # fmt: skip
"""Spellings of instants that are recognised, as ``strftime`` has them."""

TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}


@dataclass(frozen=True)
class Observation:
    """One exchange: what was sent and what was answered. Bodies are JSON, None where there was none."""

    method: str
    path: str
    headers: frozenset[str]
    query: frozenset[str]
    sent: Any
    status: int
    answered: Any
    media_type: str


def read_har(source: str, document: Mapping[str, Any]) -> list[Observation]:
    """Return the exchanges of a recording. Raises BadSource where it is none."""
    entries = get_mapping(source, document.get("log"), "log").get("entries")
    if not isinstance(entries, list):
        raise BadSource(f"{source}: log.entries is no list. Export the traffic as HAR again.")
    return list(_observations(source, entries))


def _observations(source: str, entries: list[Any]) -> Iterator[Observation]:
    for number, entry in enumerate(entries):
        place = f"log.entries[{number}]"
        with reading(source, place):
            observation = _observe_entry(source, place, entry)
        if observation is not None:
            yield observation


def _observe_entry(source: str, place: str, entry: Any) -> Observation | None:
    """Return what an entry shows; None where the browser was given no answer."""
    request = get_mapping(source, get_mapping(source, entry, place).get("request"), f"{place}.request")
    response = get_mapping(source, entry.get("response"), f"{place}.response")
    url = urlsplit(str(request.get("url", "")))
    status = response.get("status")
    if not isinstance(status, int) or not url.path:
        raise BadSource(f"{source}: {place} has no url or no status. Export the traffic as HAR again.")
    if not status:
        return None
    content = response.get("content") or {}
    return Observation(
        str(request.get("method", "GET")).upper(),
        url.path,
        frozenset(str(each.get("name", "")).lower() for each in request.get("headers") or []),
        frozenset(name for name, _ in parse_qsl(url.query)),
        _json((request.get("postData") or {}).get("text")),
        status,
        _json(_text(content)),
        str(content.get("mimeType", "")).partition(";")[0].strip(),
    )


def observe(source: str, observations: list[Observation], known: Interface) -> Interface:
    """Return the interface that exchanges show; ``known`` gives the templates of paths that hold ids."""
    found: dict[tuple[str, str], list[Observation]] = {}
    for one in observations:
        found.setdefault((one.method, _template(one, known)), []).append(one)
    return Interface(source, [_operation(method, path, seen) for (method, path), seen in found.items()])


def _operation(method: str, path: str, seen: list[Observation]) -> Operation:
    by_status: dict[int, list[Observation]] = {}
    for one in seen:
        by_status.setdefault(one.status, []).append(one)
    good = [one for one in seen if one.status < 400] or seen
    return Operation(
        method,
        path,
        headers=dict.fromkeys(frozenset.intersection(*[one.headers for one in good]), True),
        query=dict.fromkeys(frozenset.union(*[one.query for one in seen]), False),
        body=infer_fields([one.sent for one in good if one.sent is not None]),
        secured="authorization" in frozenset.intersection(*[one.headers for one in good]) or None,
        responses={status: _response(answers) for status, answers in by_status.items()},
        observed=True,
    )


def _response(answers: list[Observation]) -> Response:
    bodies = [one.answered for one in answers if one.answered is not None]
    codes = {
        body[name] for body in bodies if isinstance(body, dict) for name in CODE_FIELDS if _is_code(body.get(name))
    }
    return Response(
        infer_fields(bodies) if bodies else None, codes, {one.media_type for one in answers if one.media_type}
    )


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def infer_fields(bodies: list[Any]) -> Fields:
    """Return the fields of JSON bodies; a field is required that each of them has."""
    values: dict[str, list[Any]] = {}
    holders: dict[str, int] = {}
    for body in bodies:
        for path, value in _walk(body, "", 0):
            values.setdefault(path, []).append(value)
        for path in dict.fromkeys(path for path, _ in _walk(body, "", 0)):
            holders[path] = holders.get(path, 0) + 1
    return {
        path: Field(frozenset(map(_type, seen)), required=holders[path] == len(bodies), format=_format(seen))
        for path, seen in values.items()
    }


def _walk(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    if path and not path.endswith("[]"):
        yield path, value
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, f"{path}.{name}" if path else str(name), depth + 1)
    elif isinstance(value, list):
        for inner in value[:20]:
            yield from _walk(inner, f"{path}[]", depth + 1)


def _type(value: Any) -> str:
    return "null" if value is None else TYPES[type(value)]


def _format(values: list[Any]) -> str:
    """Return the spelling of instants that all texts follow, if one does."""
    texts = [value for value in values if isinstance(value, str)]
    for pattern in INSTANTS if texts else ():
        with suppress(ValueError):
            for text in texts:
                datetime.strptime(text, pattern)  # noqa: DTZ007  # only whether it fits is asked
            return pattern
    return ""


def _template(one: Observation, known: Interface) -> str:
    """Return the path as the known interface spells it, with its parameters, where one of its operations fits."""
    parts = one.path.strip("/").split("/")
    for operation in known.operations:
        theirs = operation.path.strip("/").split("/")
        same = len(theirs) == len(parts) and all(
            a == b or a.startswith("{") for a, b in zip(theirs, parts, strict=True)
        )
        if operation.method == one.method and same:
            return operation.path
    return one.path


def _text(content: Mapping[str, Any]) -> Any:
    text = content.get("text")
    if content.get("encoding") == "base64" and isinstance(text, str):
        with suppress(ValueError):
            return base64.b64decode(text).decode("utf-8", "replace")
    return text


def _json(text: Any) -> Any:
    """Return a JSON body, its secrets masked; None for anything else."""
    with suppress(ValueError, RecursionError):
        return mask(json.loads(text)) if isinstance(text, str) and text.strip() else None
    return None
