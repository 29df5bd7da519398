"""Every text that a service keeps has a largest length, so that a thousand of them fit into memory."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest

from simulators.cymmetri.people import People as CymmetriPeople
from simulators.handset.people import People as Phones
from simulators.kit.services import SERVICES
from tests.contract.running.wire import Wire

BOUNDED = ("maxLength", "enum", "const")
INSTANTS = {"set", "frozen_at", "timestamp"}

HANDED_ON = {"Card", "ConfirmedPassword", "NewWebRegistration", "Otp", "Password", "SignUp", "UserId"}
"""Bodies of the middleware's that it hands on to systems which bound them; nothing of them is kept here."""

NOT_KEPT = {
    ("NewDeviceRegistration", "username"),  # is compared with the login's
    ("PushedSignUp", "service_id"), ("PushedSignUp", "subject_id"), ("PushedSignUp", "external_reference"),  # looked up
    ("PushedSignUp", "credential"),
    ("NamedFault", "service"), ("Fault", "service"), ("NamedScenario", "scenario"),  # is there, or is refused
    ("ClonedWorld", "clone"), ("Restoration", "snapshot"), ("Takeover", "world"),
}  # fmt: skip

BOUNDED_IN_BYTES = {("SdkSignUp", "credential"), ("SignUpInput", "credential"), ("NewPush", "credential")}


def find_texts(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], owner: str, field: str
) -> Iterator[tuple[str, str]]:
    """Yield the model and field of each text without a largest length."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from find_texts(schemas[name], schemas, name, "")
    kinds = schema.get("type", [])
    if "string" in kinds and "format" not in schema and not any(key in schema for key in BOUNDED):
        yield owner, field
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from find_texts(each, schemas, owner, field)
    for name, each in schema.get("properties", {}).items():
        yield from find_texts(each, schemas, owner, field or name)
    if isinstance(schema.get("items"), dict):
        yield from find_texts(schema["items"], schemas, owner, field)


@pytest.mark.parametrize("service", SERVICES)
def test_every_text_of_a_body_that_is_kept_has_a_largest_length(wire: Wire, service: str) -> None:
    document = wire.ask(service, "GET", "/openapi.json").json
    schemas = document["components"]["schemas"]
    bodies = [
        content["schema"]
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json"
    ]
    found = {place for body in bodies for place in find_texts(body, schemas, "", "")}
    unbounded = {
        (model, field)
        for model, field in found - NOT_KEPT - BOUNDED_IN_BYTES
        if field not in INSTANTS and model not in HANDED_ON
    }
    assert bodies
    assert unbounded == set()


@pytest.mark.parametrize("people", [CymmetriPeople, Phones])
def test_every_text_of_a_worlds_people_has_a_largest_length(people: type[msgspec.Struct]) -> None:
    (schema,), schemas = msgspec.json.schema_components([people])
    assert set(find_texts(schema, schemas, "", "")) == set()
