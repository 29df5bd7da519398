"""Each service's OpenAPI document and the page of it: valid, offline, and honest about what each property rests on."""

import re
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from simulators.kit.settings import SERVICES

CONTRACT = {
    "orchestrator": {
        "POST /registrations", "GET /registrations/{}", "POST /registrations/{}/actions/{}",
        "GET /registrations/{}/history", "GET /registrations/{}/sign-up-qr", "GET /flows", "GET /flows/{}",
        "GET /flows/{}/diagram", "POST /tsg/push", "GET /_sandbox/worlds", "GET /_sandbox/scenarios",
        "GET /_sandbox/worlds/{}/personas", "GET /_sandbox/worlds/{}/coverage", "GET /_sandbox/worlds/{}/sequence",
        "GET /_sandbox/credentials",
    },
    "cymmetri": {
        *(f"POST /ciamregsrvc/webRegistration/{name}" for name in (
            "checkIdentity", "VerifyEmailOtp", "resendOtpEmail", "VerifyMobileOtp", "resendOtpMobile",
            "authenticateUser", "saveuserid", "validatePassword", "setIbPassword",
        )),
        "GET /ciamregsrvc/webRegistration/mfa/list", "GET /ciamregsrvc/webRegistration/existingUserId",
        "POST /otp/verifyOtp", "POST /ciamauthsrvc/login",
    },
    "cbs": {
        "POST /cbs/customers/search", "GET /cbs/customers/{}/cards", "POST /cbs/cards/verify",
        "GET /cbs/customers/{}/user-id", "GET /cbs/user-ids/{}",
    },
    "auth_service": {
        "POST /auth/login", "GET /users/{}", "POST /users/{}/contacts/verify", "GET /users/{}/devices/{}",
        "GET /users/{}/devices", "PUT /users/{}/devices/{}", "DELETE /users/{}/devices/{}", "POST /tsg/push",
    },
    "tsg": {
        "POST /tsg/subject_info", "POST /tsg/sign_up", "DELETE /tsg/sign_up/{}", "POST /tsg/register",
        "POST /tsg/unregister", "POST /tsg/revoke", "GET /tsg/subjects/{}/emcert", "POST /sdk/emcert",
        "POST /sdk/signup",
    },
    "mailroom": {"POST /messages", "GET /messages"},
    "handset": {"POST /handsets", "POST /handsets/{}/sign-up", "GET /handsets/{}", "DELETE /handsets/{}"},
}  # fmt: skip
EVERYWHERE = {
    "GET /_sandbox/health", "PUT /_sandbox/worlds/{}", "DELETE /_sandbox/worlds/{}", "POST /_sandbox/worlds/{}/clock",
    "POST /_sandbox/worlds/{}/faults", "GET /_sandbox/worlds/{}/faults", "DELETE /_sandbox/worlds/{}/faults",
    "DELETE /_sandbox/worlds/{}/faults/{}", "GET /_sandbox/worlds/{}/journal",
}  # fmt: skip
BASES = {"documented", "published", "assumed"}


@pytest.fixture(params=SERVICES)
def service(request):
    return request.param


@pytest.fixture
def document(wire, service):
    heard = wire.ask(service, "GET", "/openapi.json")
    assert (heard.status, heard.media_type) == (200, "application/json")
    return heard.json


def properties(schema, place=""):
    """Yield every property of a schema at any depth, with its place."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            for name, inner in schema["properties"].items():
                yield f"{place}/{name}", inner
        for name, inner in schema.items():
            yield from properties(inner, f"{place}/{name}")
    elif isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from properties(inner, f"{place}/{number}")


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_property_says_what_it_rests_on(document):
    told = dict(properties(document))
    assert told
    assert {place: each for place, each in told.items() if each.get("x-basis") not in BASES} == {}


def test_every_call_of_the_contract_is_described(document, service):
    described = {
        f"{method.upper()} {re.sub('{[^}]*}', '{}', path)}"
        for path, methods in document["paths"].items()
        for method in methods
    }
    assert (CONTRACT[service] | EVERYWHERE) - described == set()


def test_every_answer_says_which_operation_it_is_and_how_it_refuses(document):
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids))
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            names = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
            assert names == set(re.findall("{([^}]*)}", path))


def test_an_uploaded_qr_image_is_described(wire):
    paths = wire.ask("handset", "GET", "/openapi.json").json["paths"]
    bodies = paths["/handsets/{id}/sign-up"]["post"]["requestBody"]["content"]
    assert bodies.keys() == {"application/json", "multipart/form-data"}
    assert bodies["multipart/form-data"]["schema"]["properties"]["qr"]["format"] == "binary"


def test_the_published_and_documented_names_are_told_from_guesses(wire):
    def bases(service, model):
        schemas = wire.ask(service, "GET", "/openapi.json").json["components"]["schemas"]
        return {name: schema["x-basis"] for name, schema in schemas[model]["properties"].items()}

    assert bases("cymmetri", "CheckIdentity") == dict.fromkeys(("deviceId", "type", "id", "cardNumber"), "published")
    assert {"success", "data", "message", "errorCode", "errorMeta", "timestamp"} == {
        name for name, basis in bases("cymmetri", "Envelope").items() if basis == "published"
    }
    assert bases("tsg", "NewSignUp")["external_reference"] == "documented"
    assert bases("tsg", "NewSignUp")["expires_in"] == "assumed"


def test_the_page_shows_every_operation_and_works_offline(wire, service, document):
    page = wire.ask(service, "GET", "/docs")
    assert (page.status, page.media_type) == (200, "text/html")
    assert all(path in page.text for path in document["paths"])
    links = re.findall(r"""(?:src|href|action)\s*=\s*["']?([^"'\s>]+)""", page.text)
    assert [link for link in links if not link.startswith("#") and link != "openapi.json"] == []
    assert not re.search(r"(https?:)?//(?!127\.0\.0\.1)|@import|url\(", page.text)
    assert Path("openapi.json").name in page.text


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_page_and_the_document_are_there_in_every_world(wire, service, path):
    assert wire.ask(service, "GET", f"/w/default{path}").status == 200
