"""Differences between a fake and a made-up real system: each is found, and a profile closes those that it can."""

import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from click.testing import CliRunner

from registration_sandbox.cli import main
from registration_sandbox.drift.comparing import compare
from registration_sandbox.drift.differences import Difference
from registration_sandbox.drift.fake import describe_fake
from registration_sandbox.drift.har import observe, read_har
from registration_sandbox.drift.openapi import read_openapi
from registration_sandbox.drift.profile import make_profile
from registration_sandbox.drift.shapes import BadSource, Interface
from simulators.cymmetri.policies import CymmetriPolicies

PATH = "/pets/{id}"

OURS: dict[str, Any] = {
    "openapi": "3.1.0",
    "paths": {
        PATH: {
            "post": {
                "parameters": [
                    {"name": "tenant", "in": "header", "required": False},
                    {"name": "page", "in": "query", "required": False},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["petName"],
                                "properties": {
                                    "petName": {"type": "string", "minLength": 1, "maxLength": 40},
                                    "kind": {"type": "string", "enum": ["CAT", "DOG", "FISH"]},
                                    "age": {"type": "integer"},
                                },
                            }
                        }
                    }
                },
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["id", "message", "bornAt"],
                                    "properties": {
                                        "id": {"type": "string"},
                                        "message": {"type": "string"},
                                        "bornAt": {"type": "string", "format": "date-time"},
                                        "owner": {"type": "object", "properties": {"fullName": {"type": "string"}}},
                                    },
                                }
                            }
                        }
                    },
                    "409": {"description": "", "x-error-codes": {"PETS.ALREADY_THERE": "assumed"}},
                },
            }
        },
        "/pets": {"get": {"responses": {"200": {"description": "all"}}}},
    },
}


def interface(document: dict[str, Any], source: str = "real") -> Interface:
    return read_openapi(source, document)


def changed(*changes: tuple[str, Any]) -> list[Difference]:
    """Return the differences when places of the document (dots lead inward, the operation is ``op``) are changed."""
    document = copy.deepcopy(OURS)
    for place, value in changes:
        *way, last = place.split(".")
        inner: Any = (
            document["paths"][PATH]["post"] if way[:1] == ["op"] or place.startswith("op") else document["paths"]
        )
        for part in way[1:] if place.startswith("op") else way:
            inner = inner[int(part)] if isinstance(inner, list) else inner[part]
        if value is None:
            inner.pop(last)
        else:
            inner[last] = value
    return compare(interface(OURS, "fake"), interface(document))


BODY = "op.requestBody.content.application/json.schema"
ANSWER = "op.responses.200.content.application/json.schema"
NOTHING_ELSE: dict[str, Any] = {"description": "no content"}


def test_an_interface_does_not_differ_from_itself():
    assert compare(interface(OURS), interface(OURS)) == []


@pytest.mark.parametrize(
    ("change", "kind", "lenient"),
    [
        ((f"{BODY}.properties.weight", {"type": "number"}), "field-missing", False),
        ((f"{BODY}.properties.age", None), "field-added", True),
        ((f"{BODY}.properties.age", {"type": "string"}), "field-type", True),
        ((f"{BODY}.required", ["petName", "kind"]), "field-required", True),
        ((f"{BODY}.required", []), "field-required", False),
        ((f"{BODY}.properties.kind.enum", ["CAT", "DOG"]), "field-values", True),
        ((f"{BODY}.properties.kind.enum", ["CAT", "DOG", "FISH", "BIRD"]), "field-values", False),
        ((f"{BODY}.properties.petName.maxLength", 20), "field-bounds", True),
        ((f"{BODY}.properties.petName.maxLength", 80), "field-bounds", False),
        ((f"{BODY}.properties.petName.pattern", "[a-z]+"), "field-pattern", True),
        (("op.parameters.0.required", True), "header-required", True),
        (("op.parameters.1.name", "cursor"), "query-missing", False),
        (("op.security", [{"bearer": []}]), "security", True),
        (("op.responses.429", NOTHING_ELSE), "status-missing", True),
        (("op.responses.409", None), "status-added", False),
        (("op.responses.409.x-error-codes", {"PETS.EXISTS": ""}), "code-missing", False),
        ((f"{ANSWER}.properties.bornAt.format", "%d-%b-%Y %H:%M:%S"), "field-format", False),
        ((f"{ANSWER}.properties.message.type", ["string", "null"]), "message-null", False),
        ((f"{ANSWER}.properties.colour", {"type": "string"}), "field-missing", False),
        ((f"{ANSWER}.properties.owner", None), "field-added", False),
        ((f"{ANSWER}.properties.id.type", "integer"), "field-type", False),
        ((f"{ANSWER}.required", ["id"]), "field-required", False),
        (("/owners", {"get": {"responses": {}}}), "operation-missing", False),
        (("/pets", None), "operation-added", True),
    ],
)
def test_a_difference_is_found_with_who_is_the_more_lenient(change, kind, lenient):
    found = changed(change)
    assert (kind, lenient) in {(each.kind, each.lenient) for each in found}, found
    assert {each.kind for each in found} <= {kind, "code-added", "field-missing"}


def test_a_field_of_another_name_is_told_as_renamed_not_as_missing_and_added():
    document = copy.deepcopy(OURS)
    properties = document["paths"][PATH]["post"]["responses"]["200"]["content"]["application/json"]["schema"][
        "properties"
    ]
    properties["born_at"] = properties.pop("bornAt")
    (renamed, *rest) = [each for each in compare(interface(OURS), interface(document)) if each.kind != "field-required"]
    assert (renamed.kind, renamed.ours, renamed.theirs, rest) == ("field-renamed", "bornAt", "born_at", [])


def test_an_operation_elsewhere_is_told_as_moved():
    document = {**OURS, "servers": [{"url": "https://pets.test/v2"}]}
    found = compare(interface(OURS), interface(document))
    assert {(each.kind, each.theirs) for each in found} >= {("operation-moved", f"/v2{PATH}")}


def test_another_media_type_of_a_request_is_told():
    document = copy.deepcopy(OURS)
    content = document["paths"][PATH]["post"]["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content.pop("application/json")
    assert ("media-type", True) in {(each.kind, each.lenient) for each in compare(interface(OURS), interface(document))}


def test_swagger_2_and_what_is_composed_or_refers_to_itself_is_read():
    swagger = {
        "swagger": "2.0",
        "basePath": "/v1",
        "definitions": {
            "Named": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "Node": {
                "allOf": [{"$ref": "#/definitions/Named"}],
                "properties": {"children": {"type": "array", "items": {"$ref": "#/definitions/Node"}}},
            },
        },
        "paths": {
            "/trees": {
                "post": {
                    "consumes": ["application/json"],
                    "parameters": [{"in": "body", "name": "body", "schema": {"$ref": "#/definitions/Node"}}],
                    "responses": {"200": {"schema": {"$ref": "#/definitions/Node"}}},
                }
            }
        },
    }
    (operation,) = interface(swagger).operations
    assert operation.path == "/v1/trees"
    assert operation.body["name"].required
    assert "children[].children[].name" in operation.body


def exchange(status: int, answer: Any, body: Any = None, url: str = "https://real.test/pets/7") -> dict[str, Any]:
    return {
        "request": {
            "method": "POST",
            "url": url,
            "headers": [{"name": "Tenant", "value": "x"}],
            "postData": {"text": json.dumps(body or {"petName": "Tom"})},
        },
        "response": {"status": status, "content": {"mimeType": "application/json", "text": json.dumps(answer)}},
    }


GOOD_ANSWER = {"id": "7", "message": "ok", "bornAt": "2026-01-05T09:00:00.000Z"}


def recorded(*entries: dict[str, Any]) -> list[Difference]:
    ours = interface(OURS, "fake")
    return compare(ours, observe("traffic", read_har("traffic", {"log": {"entries": list(entries)}}), ours))


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (exchange(200, {**GOOD_ANSWER, "colour": "red"}), "field-missing"),
        (exchange(200, {**GOOD_ANSWER, "message": None}), "message-null"),
        (exchange(200, {**GOOD_ANSWER, "id": 7}), "field-type"),
        (exchange(200, {**GOOD_ANSWER, "bornAt": "20-Mar-2022 07:21:24"}), "field-format"),
        (exchange(201, GOOD_ANSWER), "status-added"),
        (exchange(418, {"errorCode": "PETS.TEAPOT"}), "status-missing"),
        (exchange(409, {"errorCode": "PETS.EXISTS"}), "code-missing"),
        (exchange(200, {"message": "ok", "bornAt": "2026-01-05T09:00:00.000Z"}), "field-added"),
        (exchange(200, GOOD_ANSWER, url="https://real.test/pets/7?sort=up"), "query-missing"),
    ],
)
def test_a_difference_is_found_in_recorded_traffic(entry, kind):
    assert kind in {each.kind for each in recorded(entry)}


def test_secrets_of_a_recording_are_masked_as_it_is_read():
    entry = exchange(200, {"token": "very-secret"}, {"petName": "Tom", "password": "very-secret"})
    assert "very-secret" not in repr(read_har("traffic", {"log": {"entries": [entry]}}))


def test_a_profile_closes_what_it_can_and_the_fake_takes_it():
    real = copy.deepcopy(OURS)
    operation = real["paths"][PATH]["post"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    schema["properties"]["born_at"] = {**schema["properties"].pop("bornAt"), "format": "%d-%b-%Y %H:%M:%S"}
    schema["properties"]["message"]["type"] = ["string", "null"]
    schema["properties"]["traceId"] = {"type": "string"}
    operation["responses"]["409"] = {"description": "", "x-error-codes": {"PETS.EXISTS": ""}}
    operation["responses"]["201"] = operation["responses"].pop("200")
    profile = make_profile(compare(interface(OURS), interface({**real, "servers": [{"url": "/v2"}]})))
    assert profile == {
        "fields": {"bornAt": "born_at"}, "paths": {PATH: f"/v2{PATH}"}, "errors": {"ALREADY_THERE": "PETS.EXISTS"},
        "statuses": {"200": 201}, "extra": {"traceId": ""}, "instants": "%d-%b-%Y %H:%M:%S",
        "message": "null_on_success",
    }  # fmt: skip
    msgspec.convert({"wire": profile}, CymmetriPolicies)


def test_the_fake_of_cymmetri_does_not_drift_from_its_own_description():
    ours = describe_fake("cymmetri")
    assert len(ours.operations) >= 12
    assert compare(ours, describe_fake("cymmetri")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", ":1:2: is no JSON"),
        ("a: [1, 2", "is no YAML"),
        ("[]", "holds list, not an object"),
        ("openapi: 4.0.0", "names no version"),
        ("openapi: 3.0.0", "paths is NoneType"),
        ("openapi: 3.0.0\npaths: {/a: {get: 7}}", "paths./a.get is int"),
        ("openapi: 3.0.0\npaths: {/a: {$ref: '#/x'}}\n", "#/x leads nowhere"),
        ("openapi: 3.0.0\nx: {$ref: '#/x'}\npaths: {/a: {$ref: '#/x'}}\n", "refers to itself only"),
        ("openapi: 3.0.0\npaths: {/a: {$ref: 'other.yaml#/x'}}\n", "is in another file"),
        ("openapi: 3.0.0\npaths: {/nothing: {get: {responses: {}}}}\n", "none of its 1 operations"),
        ("a: &a [x]\nb: [" + ", ".join(["*a"] * 1001) + "]", "more than 1000 aliases"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_a_description_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, text: str, message: str):
    file = tmp_path / "swagger.yaml"
    file.write_text(text)
    said = CliRunner().invoke(main, ["drift", "cymmetri", "--openapi", str(file)])
    assert said.exit_code == 2
    (line,) = said.stderr.strip().splitlines()
    assert line.startswith(f"Error: {file}")
    assert message in line


@pytest.mark.parametrize(
    ("described", "place"),
    [
        ({"servers": 5}, "servers"),
        ({"operation": {"responses": [1]}}, "paths./x.post"),
        ({"operation": {"parameters": 5}}, "paths./x.post"),
        ({"operation": {"requestBody": {"content": "json"}}}, "paths./x.post"),
        ({"operation": {"responses": "200"}}, "paths./x.post"),
        ({"operation": {"responses": {"200": {"examples": "x"}}}}, "paths./x.post"),
        ({"operation": {"responses": {"200": {"x-error-codes": 5}}}}, "paths./x.post"),
        ({"schema": {"properties": {"a": {"type": [[1]]}}}}, "paths./x.post"),
        ({"schema": {"properties": {"a": {"enum": 5}}}}, "paths./x.post"),
        ({"schema": {"allOf": 5}}, "paths./x.post"),
        ({"schema": {"properties": "x"}}, "paths./x.post"),
    ],
)
def test_a_part_of_the_wrong_type_is_told_with_its_place(described: dict[str, Any], place: str):
    body = {"requestBody": {"content": {"application/json": {"schema": described.get("schema", {})}}}}
    document = {
        "openapi": "3.1.0", "servers": described.get("servers", []),
        "paths": {"/x": {"post": described.get("operation", body)}},
    }  # fmt: skip
    with pytest.raises(BadSource) as bad:
        read_openapi("swagger.json", document)
    assert str(bad.value).startswith(f"swagger.json: {place} cannot be read: something in it is of the wrong type (")


@pytest.mark.parametrize("wrong", [{"headers": 5}, {"headers": ["x"]}, {"postData": "x"}, {"url": "http://[x"}])
def test_a_part_of_a_recording_of_the_wrong_type_is_told_with_its_place(wrong: dict[str, Any]):
    entry = {"request": {"url": "http://h/x", **wrong}, "response": {"status": 200}}
    with pytest.raises(BadSource, match=r"^traffic: log.entries\[0\] cannot be read: "):
        read_har("traffic", {"log": {"entries": [entry]}})


def test_a_huge_file_is_not_read(tmp_path: Path):
    file = tmp_path / "traffic.har"
    with file.open("wb") as huge:
        huge.truncate(100 * 1024 * 1024)
    said = CliRunner().invoke(main, ["drift", "cymmetri", "--har", str(file)])
    assert (said.exit_code, "has 100 MiB; at most 32 MiB are read" in said.stderr) == (2, True)


@pytest.mark.parametrize("log", [{}, {"log": 1}, {"log": {"entries": 1}}, {"log": {"entries": [1]}}])
def test_a_recording_that_is_none_is_told(log):
    with pytest.raises(BadSource, match="traffic: "):
        read_har("traffic", log)


def test_the_command_ends_with_one_where_the_fake_is_more_lenient_and_writes_the_profile(tmp_path: Path):
    check = {
        "requestBody": {"content": {"application/json": {"schema": {
            "type": "object", "required": ["deviceId", "captcha"],
            "properties": {"deviceId": {"type": "string"}, "captcha": {"type": "string"}},
        }}}},
        "responses": {"200": {"description": "ok"}},
    }  # fmt: skip
    swagger = {"openapi": "3.0.0", "paths": {"/webRegistration/checkIdentity": {"post": check}}}
    source, target = tmp_path / "swagger.yaml", tmp_path / "profile.yaml"
    source.write_text(yaml.safe_dump(swagger))
    said = CliRunner().invoke(main, ["drift", "cymmetri", "--openapi", str(source), "--write-profile", str(target)])
    assert said.exit_code == 1, said.output
    assert "LENIENT field-missing  request captcha: fake none, real string, required" in said.output
    profile = yaml.safe_load(target.read_text())["policies"]["cymmetri"]["wire"]
    assert profile["paths"] == {
        "/ciamregsrvc/webRegistration/checkIdentity": "/webRegistration/checkIdentity"
    }  # fmt: skip
