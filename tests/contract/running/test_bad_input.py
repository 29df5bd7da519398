"""Bad input to every operation of every service: 4xx in the service's own shape, the field named, nothing changed."""

import json
import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil
import pytest
from jsonschema import Draft202012Validator

from simulators.kit.services import SERVICES
from tests.contract.running.wire import NOTHING

pytestmark = pytest.mark.thorough


MIB = 1024 * 1024
LONG, DEEP = "x" * 3000, 5000
NO_JSON = [
    b"{", b"nonsense", b'{"a": "\xff"}', b"[" * DEEP, b'{"a":' * DEEP, b"[" * 400 + b"]" * 400, b"{} {}",
    b'{"a": 1e999}', b'{"a": "\\ud800"}', b"\xef\xbb\xbf{}",
]  # fmt: skip
NO_OBJECT = [[], "text", None, 5, True]
PUSH_PATH = "/tsg/push"
"""Its body is read as bytes, which nobody here can sign."""
WHOLE_STATE = ("/state", "/restore")
"""Takes a service's whole part of a world, however large."""
ODD_PATHS = [
    "%00", "%20", "%2e%2e", "..%2f..%2f", "%FF", "%E0%A4%85", LONG, "%27%20OR%201%3D1--", "%0d%0aX-Y:%20z", "a%2Fb",
]  # fmt: skip
ODD_VALUES: list[Any] = [5, -1, 1.5, True, None, "", "text", LONG, [], [5], {}, {"a": 5}, "\0", 10**30]
ODD_QUERY = ["", "text", "-1", "0", "1e99", "9" * 40, "%00", "%FF", "true"]


@dataclass
class Operation:
    """An operation as OpenAPI tells it, or an action of a flow, which is one in all but name."""

    service: str
    method: str
    path: str
    body: dict[str, Any] | None
    query: list[dict[str, Any]]
    definitions: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def control(self) -> bool:
        return "/_sandbox/" in self.path

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def checker(self, schema):
        return Draft202012Validator(
            {"allOf": [schema], "components": {"schemas": self.definitions}, "$defs": self.definitions}
        )

    def properties(self) -> dict[str, Any]:
        return (self._resolved(self.body) if self.body else {}).get("properties", {})

    def required(self) -> list[str]:
        return (self._resolved(self.body) if self.body else {}).get("required", [])

    def good(self) -> dict[str, Any]:
        """Return a body that the model takes: whatever is required, in its simplest form."""
        properties = self.properties()
        return {name: self._simplest(properties[name]) for name in self.required()}

    def _simplest(self, schema):
        schema = self._resolved(schema)
        if schema.get("type") == "object":
            return {name: self._simplest(schema["properties"][name]) for name in schema.get("required", [])}
        for value in [
            "",
            "x",
            "xyz",
            "1234",
            "0129",
            "123",
            "2000-01-31",
            [],
            True,
            1,
            *schema.get("enum", []),
            *schema.get("examples", []),
        ]:
            if self.checker(schema).is_valid(value):
                return value
        raise AssertionError(f"no value was found for {schema}")

    def _resolved(self, schema):
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        return schema


@pytest.fixture(scope="module")
def world(new_world):
    clock = {"set": "2026-01-05T09:00:00Z", "frozen": True}
    people = [
        {"name": "Asha"},
        {"name": "Jai", "cymmetri": {}, "phones": [{"tsg": "registered", "auth_service": True}]},
    ]
    made = new_world(clock=clock, personas=people)
    body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": made.personas["Asha"]["cif"]}
    made.web = made.ask("orchestrator", "POST", "/registrations", body).body["id"]
    jai = made.personas["Jai"]
    login = {"username": jai["username"], "password": jai["password"]}
    made.token = made.ask("auth_service", "POST", "/auth/login", login).body["token"]
    body = {"flow": "device", "emCertID": jai["handsets"][0]["emCertID"]}
    made.device = made.ask("orchestrator", "POST", "/registrations", body, made.token).body["id"]
    return made


@pytest.fixture(scope="module")
def parameters(wire, world):
    """What stands in a path where it is not what is bad about it."""
    told = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json
    jai = world.personas["Jai"]
    values = {
        "world": world.name, "username": jai["username"], "em_cert_id": jai["handsets"][0]["emCertID"],
        "id": {"orchestrator": world.web, "handset": jai["handsets"][0]["id"]}, "cif": jai["cif"], "flow": "web",
        "user_id": "someone", "subject_id": jai["handsets"][0]["emCertID"], "sign_up_code": "00000000",
        "action": "verify-email-otp", "fault": "none-1", "push": "msg_none", "name": "Asha", "snapshot": "none",
    }  # fmt: skip
    keys = {"tsg": told["SANDBOX_TSG_API_KEY"], "auth_service": told["SANDBOX_AUTH_SERVICE_API_KEY"]}
    return values, keys


@pytest.fixture(scope="module")
def operations(wire, world, parameters):
    """Every operation of a service, with its path made whole but for what a test wants to be odd."""
    _, keys = parameters

    def of(service):
        document = wire.ask(service, "GET", "/openapi.json").json
        definitions = document["components"]["schemas"]
        headers = {"baggage": f"sandbox.world={world.name}"} | ({"X-API-Key": keys[service]} if service in keys else {})
        found = []
        for path, methods in document["paths"].items():
            if "/actions/" in path:
                continue  # each with a registration of its own flow, below
            for method, told in methods.items():
                content = told.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema") if path != PUSH_PATH else None
                query = [each for each in told.get("parameters", []) if each["in"] == "query"]
                found.append(Operation(service, method.upper(), path, schema, query, definitions, headers))
        return [*found, *actions(headers)] if service == "orchestrator" else found

    def actions(headers):
        for flow, id in (("web", world.web), ("device", world.device)):
            for action in wire.ask("orchestrator", "GET", f"/flows/{flow}").json["actions"]:
                schema = action["fields"]
                path = f"/registrations/{id}/actions/{action['name']}"
                with_token = headers | {"Authorization": f"Bearer {world.token}"}
                yield Operation("orchestrator", "POST", path, schema, [], schema.get("$defs", {}), with_token)

    return of


@pytest.fixture
def send(wire, parameters):
    """Send an operation's request; ``odd`` takes the place of the path's parameters that it names."""
    values, _ = parameters

    def ask(operation, body=NOTHING, *, raw=None, query="", content_type=None, **odd):
        path = operation.path
        for name, value in {**values, **odd}.items():
            chosen = value.get(operation.service) if isinstance(value, dict) else value
            path = path.replace("{" + name + "}", str(chosen))
        path = re.sub("{[^}]*}", "none-1", path)
        headers = operation.headers | ({"Content-Type": content_type} if content_type else {})
        return wire.ask(operation.service, operation.method, path + query, body, raw=raw, headers=headers)

    return ask


@pytest.fixture(scope="module")
def before(wire, world):
    return everything(wire, world)


@pytest.fixture(autouse=True)
def _nothing_changes(wire, world, before):
    yield
    assert everything(wire, world) == before


def everything(wire, world):
    """Return all that can be known of the world, but for its journal and the world's age."""
    path = f"/_sandbox/worlds/{world.name}"
    told = [
        wire.ask("orchestrator", "GET", f"{path}/{what}").json for what in ("personas", "policies", "faults", "clock")
    ]
    told += [
        wire.ask(name, "GET", f"{path}/people").json for name in ("cymmetri", "cbs", "auth_service", "tsg", "handset")
    ]
    told.append(wire.ask("mailroom", "GET", "/messages?limit=1000", world=world.name).json)
    told += [
        wire.ask("orchestrator", "GET", f"/registrations/{id}{more}", world=world.name, token=world.token).json
        for id in (world.web, world.device)
        for more in ("", "/history")
    ]
    told.append([each["world"] for each in wire.ask("orchestrator", "GET", "/_sandbox/worlds").json["worlds"]])
    return told


def flaw(operation, heard, field=None):
    """Return what is wrong with an answer to bad input, or nothing."""
    if not 400 <= heard.status < 500:
        return f"{operation}: {heard.status} {heard.raw[:200]!r}"
    if "Traceback" in heard.text:
        return f"{operation}: a stack trace"
    try:
        body = heard.json
    except ValueError:
        return f"{operation}: {heard.status} is no JSON: {heard.raw[:100]!r}"
    named, whole_ = shape_of(operation, heard, body)
    if not whole_:
        return f"{operation}: not the service's own shape: {heard.media_type} {heard.text[:200]}"
    if field is not None and (named or "").partition(".")[0].partition("[")[0] != field:
        return f"{operation}: names {named!r}, not {field!r}: {heard.text[:200]}"
    return None


def shape_of(operation, heard, body):
    """Return the field that an error body names, and whether it has the service's own shape."""
    if operation.control or operation.service not in ("cymmetri", "cbs", "auth_service", "tsg"):
        whole = {"type", "title", "status", "detail", "code"} <= body.keys() and body["status"] == heard.status
        return body.get("field"), whole and heard.media_type == "application/problem+json"
    if operation.service == "cymmetri":
        whole = body["success"] is False and body["errorCode"].partition(".")[0] in ("REGSRVC", "AUTHSRVC")
        whole = whole and body.keys() == {"success", "data", "message", "errorCode", "errorMeta", "timestamp"}
        return (body["errorMeta"] or {}).get("field"), whole
    names = ("code", "description") if operation.service == "cbs" else ("error", "error_description")
    return body.get("field"), all(isinstance(body.get(name), str) for name in names)


def report(flaws):
    found = [each for each in flaws if each]
    assert not found, f"{len(found)} flaws:\n" + "\n".join(found[:40])


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_of_another_content_type(operations, send, service):
    report(
        flaw(operation, send(operation, raw=b"a=b", content_type=kind))
        for operation in operations(service)
        if operation.body
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense")
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_that_is_no_json_or_no_object(operations, send, service):
    bodies = NO_JSON + [json.dumps(value).encode() for value in NO_OBJECT]
    report(
        flaw(operation, send(operation, raw=raw))
        for operation in operations(service)
        if operation.body
        for raw in bodies
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_of_more_than_one_mebibyte(operations, send, service):
    raw = json.dumps({"a": "x" * MIB}).encode()
    heard = [
        (operation, send(operation, raw=raw))
        for operation in operations(service)
        if (operation.body and not operation.path.endswith(WHOLE_STATE)) or operation.path == PUSH_PATH
    ]
    report(flaw(operation, answer) for operation, answer in heard)
    assert {answer.status for _, answer in heard} == {413}


@pytest.mark.parametrize("service", SERVICES)
def test_each_required_field_left_out(operations, send, service):
    def left_out():
        for operation in operations(service):
            good = operation.good()
            for name in good:
                yield flaw(operation, send(operation, {k: v for k, v in good.items() if k != name}), name)

    report(left_out())


@pytest.mark.parametrize("service", SERVICES)
def test_each_field_of_a_type_or_value_that_its_schema_does_not_allow(operations, send, service):
    def wrong():
        for operation in operations(service):
            good = operation.good()
            for name, schema in operation.properties().items():
                checker = operation.checker(schema)
                for value in ODD_VALUES:
                    if value == "\0" or not checker.is_valid(value):
                        yield flaw(operation, send(operation, {**good, name: value}), name)

    report(wrong())


@pytest.mark.parametrize("service", SERVICES)
def test_odd_path_parameters(operations, send, parameters, service):
    def odd():
        for operation in operations(service):
            body = operation.good() if operation.body else NOTHING
            for name in parameters[0]:
                if "{" + name + "}" in operation.path:
                    yield from (flaw(operation, send(operation, body, **{name: value})) for value in ODD_PATHS)

    report(odd())


@pytest.mark.parametrize("service", SERVICES)
def test_odd_query_values(operations, send, service):
    def odd():
        for operation in operations(service):
            for parameter in operation.query:
                for value in ODD_QUERY:
                    if not fits(value, parameter["schema"]):
                        name = parameter["name"]
                        yield flaw(operation, send(operation, query=f"?{name}={value}"), name)

    report(odd())


def fits(text, schema):
    """Tell whether a query's text can be read as what the schema allows; every text is a string, but for a NUL."""
    if schema.get("type", "string") == "string":
        return text != "%00"
    try:
        number = json.loads(text) if schema.get("type") == "integer" else float(text)
    except ValueError:
        return False
    return Draft202012Validator(schema).is_valid(number)


@pytest.mark.parametrize("service", SERVICES)
def test_operations_that_there_are_not(wire, world, service):
    def strange():
        for method, path in [("GET", "/no/such/path"), ("DELETE", "/openapi.json"), ("PATCH", "/_sandbox/health"),
                             ("GET", "/no"), ("GET", "/.."), ("POST", "//"), ("BREW", "/no/such/path")]:  # fmt: skip
            heard = wire.ask(service, method, path, world=world.name)
            yield flaw(Operation(service, method, path, None, [], {}), heard)

    report(strange())


LINES = b"POST /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
CHUNK = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (LINES + CHUNK % (MIB + 2, b"{}" + b" " * MIB), 413),
        (LINES + b"Content-Length: 99999999999999999999\r\n\r\n{}", 413),
        (LINES + b"Content-Length: soon\r\n\r\n{}", 400),
        (LINES + b"Content-Length: -5\r\n\r\n{}", 400),
        (LINES + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (LINES + b"X: " + b"x" * 100_000 + b"\r\n\r\n", 400),
        (LINES + b"baggage: \xff=\xfe,;;;=,=,sandbox.world\r\ntraceparent: \xff\r\nContent-Length: 2\r\n\r\n{}", 400),
        (LINES + b"Idempotency-Key: \xff\xfe\r\nAuthorization: \xff\r\nContent-Length: 2\r\n\r\n{}", 400),
        (b"NONSENSE\r\n\r\n", 400),
        (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\r\n\r\n", 400),
        (b"GET /messages?%s HTTP/1.1\r\n\r\n" % (b"x" * 10_000), 414),
    ],
    ids=lambda value: repr(value[-40:]) if isinstance(value, bytes) else str(value),
)
@pytest.mark.parametrize("patient", [True, False])
def test_requests_that_are_hardly_http(sandbox, sent, status, patient):
    port = int(sandbox.urls["mailroom"].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        with suppress(ConnectionError):
            connection.sendall(sent)
        if patient:
            assert connection.recv(100).startswith(b"HTTP/1.1 %d " % status)


NAMES = ["", "a.b", "[0]", "[99999999999]", "a`b", " - at `$.personas[7]", "\x7f", "ä", "x" * 5000]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:30])
@pytest.mark.parametrize("place", ["", "personas", "clock", "policies"])
def test_a_scenario_with_a_field_of_any_unknown_name(wire, name, place):
    within = {"personas": [{"name": "Asha", name: 1}], "clock": {name: 1}, "policies": {name: {}}}
    body = {place: within[place]} if place else {name: 1}
    heard = wire.ask("orchestrator", "PUT", "/_sandbox/worlds/none-such", body)
    assert (heard.status, heard.json["code"]) == (400, "bad-scenario"), heard.text
    assert len(heard.text) < 3000


@pytest.mark.parametrize("service", SERVICES)
def test_whole_numbers_of_more_than_64_bits(operations, send, service):
    def large():
        for operation in operations(service):
            good = operation.good() if operation.body else NOTHING
            for parameter in operation.query:
                if "integer" in json.dumps(parameter["schema"]):
                    for number in (2**63, -(2**63) - 1, 10**30, 10**5000):
                        query = (
                            f"?{parameter['name']}={number:x}"
                            if number > 10**4000
                            else f"?{parameter['name']}={number}"
                        )
                        yield flaw(operation, send(operation, good, query=query), parameter["name"])
            for name in operation.properties():
                for number in (2**63, -(2**63) - 1, 10**400):
                    yield flaw(operation, send(operation, {**good, name: number}), name)
                    yield flaw(operation, send(operation, {**good, name: {"offset_us": number}}), name)

    report(large())


def test_names_of_fields_are_not_remembered(wire, sandbox, world):
    def memory():
        return sum(each.memory_info().rss for each in psutil.Process(sandbox.process.pid).children())

    def send(number):
        body = {f"{number}{'x' * (MIB - 100)}": 1}
        for service, path in (("cbs", "/cbs/customers/search"), ("tsg", "/tsg/register"), ("mailroom", "/messages")):
            wire.ask(service, "POST", path, body, world=world.name)

    for number in range(5):
        send(number)
    before = memory()
    for number in range(5, 25):
        send(number)
    assert memory() - before < 30 * MIB
