"""An interface read from a description: Swagger 2.0, OpenAPI 3.0 or 3.1."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from registration_sandbox.drift.documents import get_mapping, reading
from registration_sandbox.drift.shapes import BadSource, Field, Fields, Interface, Operation, Response

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
DEEPEST = 12
"""How deep a schema is followed; what refers to itself ends there."""

STATUS = re.compile("[1-5][0-9]{2}")

CODE_FIELDS = ("errorCode", "error", "code")


def read_openapi(source: str, document: Mapping[str, Any], *, keep: str = "") -> Interface:
    """Return the interface that a document describes; ``keep`` leaves out operations without this tag.

    Raises BadSource where it is no such document.
    """
    version = str(document.get("swagger") or document.get("openapi") or "")
    if not version.startswith(("2.", "3.0", "3.1")):
        words = "names no version of Swagger 2.0 or OpenAPI 3.0 or 3.1"
        raise BadSource(f"{source}: {words} (swagger: or openapi: at its beginning).")
    reader = _Reader(source, document, version)
    return Interface(source, list(reader.operations(keep)))


class _Reader:
    """Reads one document; references are looked up in it."""

    def __init__(self, source: str, document: Mapping[str, Any], version: str) -> None:
        self._source = source
        self._document = document
        self._two = version.startswith("2.")

    def operations(self, keep: str) -> Iterator[Operation]:
        paths = get_mapping(self._source, self._document.get("paths"), "paths")
        with reading(self._source, "servers"):
            base = self._base_path()
        for path, entry in paths.items():
            item = self._resolve(get_mapping(self._source, entry, f"paths.{path}"))
            for method in METHODS:
                if method in item:
                    place = f"paths.{path}.{method}"
                    described = get_mapping(self._source, item[method], place)
                    with reading(self._source, place):
                        if keep and keep not in described.get("tags", []):
                            continue
                        operation = self._operation(method, f"{base}{path}", item, described)
                    yield operation

    def _base_path(self) -> str:
        if self._two:
            return str(self._document.get("basePath") or "").rstrip("/")
        servers = self._document.get("servers") or [{}]
        return urlsplit(str(servers[0].get("url", ""))).path.rstrip("/") if isinstance(servers[0], Mapping) else ""

    def _operation(self, method: str, path: str, item: Mapping[str, Any], described: Mapping[str, Any]) -> Operation:
        found = Operation(method.upper(), path, secured=self._is_secured(described))
        for parameter in [*(item.get("parameters") or []), *(described.get("parameters") or [])]:
            self._add_parameter(found, self._resolve(parameter))
        if "requestBody" in described:
            for media_type, content in (self._resolve(described["requestBody"]).get("content") or {}).items():
                found.media_types.add(str(media_type))
                found.body.update(self._fields(content.get("schema") or {}))
        elif self._two and found.body:
            found.media_types.update(map(str, described.get("consumes") or self._document.get("consumes") or []))
        for status, answer in (described.get("responses") or {}).items():
            if STATUS.fullmatch(str(status)):
                found.responses[int(status)] = self._response(self._resolve(answer), described)
        return found

    def _is_secured(self, described: Mapping[str, Any]) -> bool | None:
        security = described.get("security", self._document.get("security"))
        return None if security is None else bool(security) and all(security)

    def _add_parameter(self, found: Operation, parameter: Mapping[str, Any]) -> None:
        name, required = str(parameter.get("name", "")), bool(parameter.get("required"))
        match parameter.get("in"):
            case "header" if name.lower() != "authorization":
                found.headers[name.lower()] = required
            case "header":
                found.secured = required or found.secured
            case "query":
                found.query[name] = required
            case "body":
                found.body.update(self._fields(parameter.get("schema") or {}))
            case "formData":
                found.body[name] = self._field(parameter, required=required)

    def _response(self, answer: Mapping[str, Any], described: Mapping[str, Any]) -> Response:
        if self._two:
            schema = answer.get("schema")
            produced = described.get("produces") or self._document.get("produces") or []
            media_types = set(map(str, produced)) if schema else set()
        else:
            content = answer.get("content") or {}
            media_types = set(map(str, content))
            schema = next((each.get("schema") for each in content.values() if isinstance(each, Mapping)), None)
        fields = self._fields(schema) if schema else None
        codes = set(map(str, answer.get("x-error-codes") or ()))
        for name in CODE_FIELDS:
            codes |= set((fields or {}).get(name, Field(frozenset())).values)
        codes |= {code for example in _examples(answer) for code in _codes_in(example)}
        return Response(fields, codes, media_types)

    def _fields(self, schema: Any, prefix: str = "", depth: int = 0) -> Fields:
        """Return the fields of an object schema, those of inner objects by dotted paths."""
        schema = self._merge_schema(schema)
        found: Fields = {}
        if depth > DEEPEST:
            return found
        items = schema.get("items")
        if items is not None:
            found |= self._fields(items, f"{prefix}[]", depth + 1)
        required = schema.get("required") if isinstance(schema.get("required"), list) else []
        for name, inner in (schema.get("properties") or {}).items():
            path = f"{prefix}.{name}" if prefix else str(name)
            merged = self._merge_schema(inner)
            found[path] = self._field(merged, required=name in (required or []))
            found |= self._fields(merged, path, depth + 1)
        return found

    def _field(self, schema: Mapping[str, Any], *, required: bool) -> Field:
        types = schema.get("type")
        found = set(types) if isinstance(types, list) else {types} if types else set()
        if schema.get("nullable") or schema.get("x-nullable"):
            found.add("null")
        if not found and schema.get("properties"):
            found.add("object")
        values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
        least, most = (
            next((schema[each] for each in names if isinstance(schema.get(each), int | float)), None)
            for names in (("minLength", "minimum", "minItems"), ("maxLength", "maximum", "maxItems"))
        )
        return Field(
            frozenset(map(str, found)), required, str(schema.get("format") or ""), frozenset(map(str, values)),
            str(schema.get("pattern") or ""), least, most,
        )  # fmt: skip

    def _merge_schema(self, schema: Any, depth: int = 0) -> dict[str, Any]:
        """Return a schema with its reference followed, and what is composed of several laid together."""
        if not isinstance(schema, Mapping):
            return {}
        merged = dict(self._resolve(schema))
        for part in merged.pop("allOf", ()) if depth <= DEEPEST else ():
            _lay(merged, self._merge_schema(part, depth + 1))
        choices = [self._merge_schema(each, depth + 1) for word in ("oneOf", "anyOf") for each in merged.pop(word, ())]
        if choices and depth <= DEEPEST:
            kinds: set[str] = set()
            for choice in choices:
                kinds |= set(choice["type"]) if isinstance(choice.get("type"), list) else {choice.get("type", "object")}
                _lay(merged, {key: value for key, value in choice.items() if key not in ("type", "required")})
            merged["type"] = sorted(map(str, kinds))
        return merged

    def _resolve(self, value: Any) -> Mapping[str, Any]:
        """Follow references within the document. Raises BadSource for one that leads nowhere, or in a circle."""
        seen = set()
        while isinstance(value, Mapping) and "$ref" in value:
            reference = str(value["$ref"])
            if reference in seen:
                raise BadSource(f"{self._source}: {reference} refers to itself only.")
            seen.add(reference)
            if not reference.startswith("#/"):
                words = f"{reference} is in another file. Bundle the description into one file first."
                raise BadSource(f"{self._source}: {words}")
            value = self._document
            for part in reference[2:].split("/"):
                name = part.replace("~1", "/").replace("~0", "~")
                if not isinstance(value, Mapping) or name not in value:
                    raise BadSource(f"{self._source}: {reference} leads nowhere.")
                value = value[name]
        return value if isinstance(value, Mapping) else {}


def _lay(base: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Lay another schema over one: properties and required fields are joined, what is there stays."""
    for key, value in other.items():
        if key == "properties":
            base[key] = {**value, **base.get(key, {})}
        elif key == "required" and isinstance(value, list):
            base[key] = [*base.get(key, []), *value]
        else:
            base.setdefault(key, value)


def _examples(answer: Mapping[str, Any]) -> Iterator[Any]:
    yield from (answer.get("examples") or {}).values()
    for content in (answer.get("content") or {}).values():
        if isinstance(content, Mapping):
            yield content.get("example")
            yield from (
                each.get("value") for each in (content.get("examples") or {}).values() if isinstance(each, Mapping)
            )


def _codes_in(example: Any) -> Iterator[str]:
    if isinstance(example, Mapping):
        yield from (str(example[name]) for name in CODE_FIELDS if isinstance(example.get(name), str) and example[name])
