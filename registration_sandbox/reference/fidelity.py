"""docs/fidelity.md: on what every property of the fakes' interfaces rests, from their OpenAPI documents."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from registration_sandbox.reference.markdown import NOTHING, anchor, code, page, prose, table
from simulators.kit.services import CREDENTIALS, SERVICES, TABLE, ServiceSpec
from simulators.kit.settings import Settings

BASES = ("documented", "published", "assumed")
OF_THE_SANDBOX = ("/_sandbox/", "/flows")
"""The paths of what is the sandbox's own."""

REFERENCE = "#/components/schemas/"
EXPLAINED = """
A fake is worth what it shares with the real system, so every property says on what it rests (`x-basis` in each
service's `/openapi.json`):

- **documented**: the flows' documents say so;
- **published**: the vendor's public material says so;
- **assumed**: neither does; a real installation may differ.

The control plane below `/_sandbox` is the sandbox's own and is left out.
"""


def make_page() -> str:
    """Return the page."""
    with tempfile.TemporaryDirectory() as directory:
        settings = _settings(Path(directory))
        documents = {spec: _document(spec, settings) for spec in TABLE}
    counts = [(spec.title, *map(str, _count(document))) for spec, document in documents.items()]
    services = [part for spec, document in documents.items() for part in _service(spec, document)]
    return page("Fidelity", "the services' OpenAPI documents", EXPLAINED, table(("service", *BASES), counts), *services)


def _settings(directory: Path) -> Settings:
    """Return settings under which a service is made and asked for its description, and nothing else."""
    urls = {name: f"http://127.0.0.1:{number}" for number, name in enumerate(SERVICES, start=1)}
    return Settings(urls, directory, dict.fromkeys(CREDENTIALS, "key"), "key")


def _document(spec: ServiceSpec, settings: Settings) -> dict[str, Any]:
    answer = spec.load_factory()(settings).test_client().get("/openapi.json")
    document: dict[str, Any] = answer.get_json()
    return document


def _service(spec: ServiceSpec, document: Mapping[str, Any]) -> Iterator[str]:
    yield f"{anchor(spec.name)}\n\n## {spec.title}"
    rows = [
        (
            f"{code(f'{method.upper()} {path}')}<br>{prose(operation['summary'])}",
            *_by_basis(_properties(operation, document)),
        )
        for path, method, operation in _operations(document)
    ]
    yield table(("operation", *BASES), rows)
    refusals = [row for path, method, operation in _operations(document) for row in _refusals(path, method, operation)]
    if refusals:
        yield table(("operation", "status", "reasons", "basis of the status"), refusals)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not path.startswith(OF_THE_SANDBOX):
                yield path, method, operation


def _row(path: str, method: str, operation: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    name = f"{code(f'{method.upper()} {path}')}<br>{prose(operation['summary'])}"
    return [name, *_by_basis(_properties(operation, document))]


def _refusals(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Tell the refusals whose status says on what it rests."""
    for status, response in operation["responses"].items():
        if "x-basis" in response and not status.startswith("2"):
            yield code(f"{method.upper()} {path}"), status, response["description"], response["x-basis"]


def _properties(operation: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, str]:
    """Return the basis of every property that an operation takes or answers with success, by the property's name."""
    contents = [operation.get("requestBody", {}), *[r for s, r in operation["responses"].items() if s.startswith("2")]]
    found = {each["name"]: each["schema"].get("x-basis", "") for each in operation.get("parameters", [])}
    for content in contents:
        for media in content.get("content", {}).values():
            _walk(media.get("schema"), document["components"]["schemas"], found, set())
    return {name: basis for name, basis in found.items() if basis}


def _walk(schema: Any, schemas: Mapping[str, Any], found: dict[str, str], seen: set[str]) -> None:
    """Find properties in a schema and in all that it refers to."""
    if isinstance(schema, list):
        for each in schema:
            _walk(each, schemas, found, seen)
    if not isinstance(schema, dict):
        return
    name = str(schema.get("$ref", "")).removeprefix(REFERENCE)
    if name and name not in seen:
        seen.add(name)
        _walk(schemas[name], schemas, found, seen)
    for property_name, each in schema.get("properties", {}).items():
        found.setdefault(property_name, each.get("x-basis", ""))
        _walk(each, schemas, found, seen)
    for key in ("items", "anyOf", "oneOf", "allOf", "additionalProperties"):
        _walk(schema.get(key), schemas, found, seen)


def _by_basis(properties: Mapping[str, str]) -> list[str]:
    return [", ".join(code(name) for name, of in properties.items() if of == basis) or NOTHING for basis in BASES]


def _count(document: Mapping[str, Any]) -> list[int]:
    """Return how many properties rest on each basis; one that several operations have counts once."""
    found = {each for _, _, operation in _operations(document) for each in _properties(operation, document).items()}
    return [sum(of == basis for _, of in found) for basis in BASES]
