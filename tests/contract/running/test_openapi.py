"""Each service's OpenAPI document and the page of it: valid, offline, and honest about what each property rests on."""

import re

import pytest
from openapi_spec_validator import validate

from orchestrator.flows import FLOWS
from orchestrator.models import NewRegistration
from simulators.kit.services import SERVICES, spec_of

pytestmark = pytest.mark.thorough


CONTRACT = {
    "orchestrator": {
        "POST /registrations", "GET /registrations/{}",
        *(f"POST /registrations/{{}}/actions/{action.name}" for flow in FLOWS.values() for action in flow.actions),
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
    assert [id for id in ids if not re.fullmatch("[a-z]+([A-Z][0-9a-z]*)*", id)] == []
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            names = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
            assert names == set(re.findall("{([^}]*)}", path))


RELAYED = "postPush of auth_service"
"""The middleware's answer is the answer, whatever it is."""


def test_every_success_that_has_a_body_says_what_is_in_it(document, service):
    silent = [
        f"{method.upper()} {path} {status}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        if "200" <= status < "204" and not answer.get("content")
        if f"{operation['operationId']} of {service}" != RELAYED
    ]
    assert silent == []


def test_a_path_that_holds_what_no_text_may_is_refused_as_described(wire, service, document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if "{" in path:
                sent = [{}] if method in ("post", "put", "patch") else []
                heard = wire.ask(service, method.upper(), re.sub("{[^}]*}", "%00", path), *sent)
                described = operation["responses"].get(str(heard.status), {}).get("content", {})
                assert heard.media_type in described, f"{method.upper()} {path}: {heard.status} {heard.text}"


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
    assert bases("tsg", "SdkSignUpSent") == dict.fromkeys(("sent", "serviceId"), "published")
    assert bases("tsg", "TsgErrorBody") == {"error": "published", "error_description": "published", "field": "assumed"}
    assert bases("tsg", "Registered") == {
        "subject_id": "published", "emCertID": "published", "registered": "documented",
    }  # fmt: skip
    assert bases("tsg", "EmCert")["certificateChainDer"] == "published"
    assert bases("tsg", "EmCert")["certificateChain"] == "assumed"


@pytest.mark.parametrize("prefix", ["", "/w/default"])
def test_the_page_has_all_it_needs_from_the_service_itself(wire, service, prefix):
    page = wire.ask(service, "GET", f"{prefix}/docs")
    assert (page.status, page.media_type) == (200, "text/html")
    assert "'unsafe" not in page.headers["content-security-policy"]
    links = re.findall(r"""(?:src|href|action|data-document)\s*=\s*["']?([^"'\s>]+)""", page.text)
    assert {link.rpartition("/")[2] for link in links} >= {"docs.js", "docs.css", "openapi.json"}
    for link in links:
        assert link.startswith(f"{prefix}/")
        assert wire.ask(service, "GET", link).status == 200


def test_the_root_of_a_simulated_system_leads_to_its_page(wire):
    for service in ("cymmetri", "cbs", "auth_service", "tsg", "handset"):
        for prefix in ("", "/w/default"):
            heard = wire.ask(service, "GET", f"{prefix}/")
            assert (heard.status, heard.headers["location"]) == (302, f"{prefix}/docs")


def test_what_the_viewer_s_folder_does_not_serve_is_not_there(wire):
    for path in ("/docs/x/docs.py", "/docs/x/THIRD-PARTY.md", "/docs/x/..%2fdocs.py", "/docs/docs.js"):
        assert wire.ask("cbs", "GET", path).status == 404


def test_a_document_says_whose_it_is(document, service):
    titles = {"orchestrator": "Middleware and control plane", "cbs": "CBS", "mailroom": "Mailroom"}
    assert document["info"]["title"].endswith(f": {titles.get(service, spec_of(service).title)}")
    assert document["info"]["contact"]["name"]
    assert document["info"]["license"]["name"] == "Apache-2.0"


def test_operations_are_grouped_and_the_control_plane_comes_last(document):
    names = [tag["name"] for tag in document["tags"]]
    used = {tag for methods in document["paths"].values() for each in methods.values() for tag in each["tags"]}
    assert set(names) == used
    assert all(tag["description"] for tag in document["tags"])
    of_control = [name.startswith("control plane") for name in names]
    assert of_control == sorted(of_control)
    paths = [path.startswith("/_sandbox") for path in document["paths"]]
    assert paths == sorted(paths)


def test_operations_name_the_credentials_that_open_them(wire):
    def names(service, method, path):
        document = wire.ask(service, "GET", "/openapi.json").json
        found = document["paths"][path][method]["security"]
        assert {name for each in found for name in each} <= document["components"]["securitySchemes"].keys()
        return [next(iter(each), None) for each in found]

    assert names("orchestrator", "post", "/registrations") == ["userToken", None]
    assert names("orchestrator", "post", "/registrations/{id}/actions/verify-email-otp") == []
    assert names("orchestrator", "post", "/registrations/{id}/actions/sign-up") == ["userToken"]
    assert names("orchestrator", "get", "/_sandbox/worlds") == ["adminToken", None]
    assert names("orchestrator", "get", "/_sandbox/health") == []
    assert names("tsg", "post", "/tsg/register") == ["apiKey", "apiKeyAsToken", "basic"]
    assert names("auth_service", "get", "/users/{username}") == ["userToken", "apiKey", "apiKeyAsToken"]
    base = "/ciamregsrvc/webRegistration"
    assert names("cymmetri", "post", f"{base}/checkIdentity") == []
    assert names("cymmetri", "post", f"{base}/VerifyEmailOtp") == ["stagedToken"]


def test_each_action_is_an_operation_with_its_own_body(wire):
    document = wire.ask("orchestrator", "GET", "/openapi.json").json
    for flow in FLOWS.values():
        for action in flow.actions:
            described = document["paths"][f"/registrations/{{id}}/actions/{action.name}"]["post"]
            schema = described["requestBody"]["content"]["application/json"]["schema"]
            assert schema == {"$ref": f"#/components/schemas/{action.body.__name__}"}
            assert described["summary"] == action.title


def test_statuses_and_actions_are_enumerated(wire):
    schemas = wire.ask("orchestrator", "GET", "/openapi.json").json["components"]["schemas"]
    view = schemas["RegistrationView"]["properties"]
    assert set(view["status"]["enum"]) == {status for flow in FLOWS.values() for status in flow.statuses}
    actions = {action.name for flow in FLOWS.values() for action in flow.actions}
    assert set(view["allowed_actions"]["items"]["enum"]) == actions


def test_a_new_registration_is_told_apart_by_its_flow(wire):
    schemas = wire.ask("orchestrator", "GET", "/openapi.json").json["components"]["schemas"]
    mapping = schemas["NewRegistration"]["discriminator"]["mapping"]
    assert [each["$ref"] for each in schemas["NewRegistration"]["oneOf"]] == list(mapping.values())
    told = {flow: schemas[ref.rpartition("/")[2]] for flow, ref in mapping.items()}
    assert {flow: set(schema["required"]) for flow, schema in told.items()} == {
        "web": {"flow", "deviceId", "type"}, "device": {"flow", "emCertID"},
    }  # fmt: skip
    taken = {name for schema in told.values() for name in schema["properties"]}
    assert taken == set(NewRegistration.__struct_fields__)


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_page_and_the_document_are_there_in_every_world(wire, service, path):
    assert wire.ask(service, "GET", f"/w/default{path}").status == 200


def test_every_problem_s_type_leads_to_what_it_is(wire, service, document):
    heard = wire.ask(service, "GET", "/no/such/path", world="no-such-world")
    codes = {
        "unknown-host",
        "unknown-world",
        "validation-failed",
        "not-from-here",
        "bad-fault",
        "unsupported-media-type",
    }
    if heard.media_type == "application/problem+json":
        codes.add(heard.json["type"].rpartition("/")[2])
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status >= "400" and "problem+json" in str(answer.get("content")):
                    codes |= {code.strip().lower().replace("_", "-") for code in answer["description"].split(",")}
    for code in codes:
        page = wire.ask(service, "GET", f"/problems/{code}")
        assert (page.status, page.media_type) == (200, "application/json"), code
        assert page.json["type"] == f"/problems/{code}"
        assert page.json["statuses"]
        browser = wire.ask(service, "GET", f"/problems/{code}", headers={"Accept": "text/html,*/*;q=0.8"})
        assert (browser.status, browser.media_type) == (200, "text/html")
        assert code in browser.text


def test_a_problem_that_nobody_has_is_not_there(wire, service):
    heard = wire.ask(service, "GET", "/problems/no-such-problem")
    assert (heard.status, heard.json["code"]) == (404, "unknown-problem")


def test_a_problem_names_its_statuses_and_operations(wire):
    page = wire.ask("orchestrator", "GET", "/problems/not-logged-in").json
    assert page["statuses"] == [401]
    assert "POST /registrations" in page["operations"]
    assert wire.ask("orchestrator", "GET", "/problems/bad-scenario").json["statuses"] == [400]
    assert wire.ask("orchestrator", "GET", "/w/default/problems/not-logged-in").status == 200
