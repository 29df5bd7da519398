"""The schemas of an OpenAPI document, made from the models that operations validate with."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from simulators.kit.web.api import Operation

Model = type[msgspec.Struct]

_REF = "#/components/schemas/{name}"


def ref_to(model: Model) -> dict[str, str]:
    """Return a reference to a model's schema."""
    return {"$ref": _REF.format(name=model.__name__)}


def content_of(model: Model | None, media_type: str = "application/json") -> dict[str, Any]:
    """Return the ``content`` of a body; nothing for no model."""
    return {"content": {media_type: {"schema": ref_to(model)}}} if model else {}


def list_query(model: Model) -> list[tuple[str, dict[str, Any], bool]]:
    """Return the name, the schema and whether it is required, of each parameter of a query."""
    whole = msgspec.json.schema_components([model])[1][model.__name__]
    required = whole.get("required", ())
    return [(name, plain(schema), name in required) for name, schema in whole["properties"].items()]


def make_schemas(operations: Sequence[Operation], errors: Iterable[Model]) -> dict[str, Any]:
    """Return the schemas of all models that operations take and answer, by name; those of queries are parameters."""
    models: set[Model] = set(errors)
    for operation in operations:
        described = operation.described
        used = (operation.answer, described.raw, described.error, *described.choices)
        bodies = (variant.body for variant in described.variants) if described.variants else (operation.body,)
        models.update(model for model in (*used, *bodies) if model)
    _, schemas = msgspec.json.schema_components(sorted(models, key=lambda model: model.__name__), ref_template=_REF)
    for operation in operations:
        if operation.body is not None and operation.described.choices:
            whole = schemas[operation.body.__name__]
            told = {key: whole[key] for key in ("title", "description") if key in whole}
            schemas[operation.body.__name__] = {**_choose(operation.described.choices, schemas), **told}
    return {name: plain(schema) for name, schema in schemas.items()}


def plain(schema: Any) -> Any:
    """Return a schema as generators of clients read it best, meaning the same.

    An enumeration of texts says that it is of texts, one of a single truth value is a constant, and a tuple of alike
    items is an array of a fixed length.
    A default of null is left out: it says no more than that the field may be. So is that of a constant or of a field of
    several types, which generators for Java cannot write. Descriptions are in Markdown.
    """
    if isinstance(schema, list):
        return [plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: plain(each) for name, each in schema.items() if (name, each) != ("default", None)}
    if isinstance(found.get("enum"), list) and all(isinstance(each, str) for each in found["enum"]):
        found.setdefault("type", "string")
    if found.get("enum") in ([True], [False]):
        found |= {"type": "boolean", "const": found.pop("enum")[0]}
        found.pop("default", None)
    first, *others = found.get("prefixItems") or [None]
    if first is not None and all(each == first for each in others):
        found["items"] = found.pop("prefixItems")[0]
    if len([each for each in found.get("anyOf", ()) if each != {"type": "null"}]) > 1:
        found.pop("default", None)
    if isinstance(found.get("description"), str):
        found["description"] = markdown(found["description"])
    return found


def markdown(text: str) -> str:
    """Return a docstring's text as Markdown."""
    return text.replace("``", "`")


def _choose(choices: Sequence[Model], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema says that is one of several; where they have a tag, that is the field to look at."""
    if choices[0].__struct_config__.tag is None:
        return {"oneOf": [ref_to(choice) for choice in choices]}
    field, mapping = "", {}
    for choice in choices:
        config = choice.__struct_config__
        field = str(config.tag_field)
        schemas[choice.__name__]["properties"][field] |= {"type": "string", "x-basis": "assumed"}
        mapping[str(config.tag)] = ref_to(choice)["$ref"]
    discriminator = {"propertyName": field, "mapping": mapping}
    return {"oneOf": [ref_to(choice) for choice in choices], "discriminator": discriminator}
