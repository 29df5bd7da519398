"""A real system in a fake's place: it is not started here, it is asked in its stead, with world and trace."""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from standardwebhooks.webhooks import Webhook

from registration_sandbox.runtime.embedded import running_sandbox
from tests.contract.running.wire import Wire

pytestmark = pytest.mark.thorough


SECRET = "whsec_c2FuZGJveC10ZXN0cy1wdXNoLXNlY3JldA=="
NOW = int(datetime(2026, 1, 5, 9, tzinfo=UTC).timestamp())
PART = {"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class System:
    """A stand-in for a real system: it keeps what it is asked, and answers as told."""

    def __init__(self):
        self.asked = []
        self.came = threading.Condition()
        self.answer = (200, {})
        self.hold = threading.Event()
        self.hold.set()
        system = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with system.came:
                    system.asked.append((self.command, self.path, dict(self.headers.items()), raw))
                    system.came.notify_all()
                system.hold.wait(10)
                status, body = system.answer
                told = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_GET = do_PUT = do_DELETE = do_PATCH = do_POST

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait_for(self, path, count=1):
        with self.came:
            self.came.wait_for(lambda: len(self.of(path)) >= count, 10)
        return self.of(path)

    def of(self, path):
        return [each for each in self.asked if each[1] == path]


@pytest.fixture(scope="module")
def middleware():
    """A user's own middleware in the orchestrator's place."""
    system = System()
    environment = {
        "SANDBOX_ORCHESTRATOR_URL": system.url, "SANDBOX_TSG_PUSH_SECRET": SECRET, "SANDBOX_TSG_API_KEY": "key",
    }  # fmt: skip
    with running_sandbox(environment=environment) as running:
        yield system, Wire(running.urls), running
    system.server.shutdown()


@pytest.fixture
def world(middleware):
    """A world whose parts are put one by one, as a middleware's own tests would."""
    _, wire, _ = middleware
    for service in ("cbs", "cymmetri", "auth_service", "tsg", "mailroom", "handset"):
        assert wire.ask(service, "PUT", "/_sandbox/worlds/outside", PART).status in (200, 201)
    return "outside"


def signature(headers, raw):
    """Return the signature that the library of Standard Webhooks makes."""
    at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    return Webhook(SECRET).sign(headers["webhook-id"], at, raw.decode())


def signed_up(wire, world, reference="ref-1", headers=None):
    """Have a phone sign up with a code of the institution's."""
    body = {"service_id": "registration-sandbox", "external_reference": reference}
    made = wire.ask("tsg", "POST", "/tsg/sign_up", body, headers={"X-API-Key": "key"}, world=world).json
    phone = wire.ask("handset", "POST", "/handsets", {"os": "Android", "model": "Pixel 9"}, world=world).json
    path = f"/handsets/{phone['id']}/sign-up"
    said = wire.ask("handset", "POST", path, {"code": made["sign_up_code"]}, world=world, headers=headers)
    assert said.status == 200
    return phone


def test_what_is_set_from_outside_is_not_started_here(middleware):
    system, wire, running = middleware
    assert running.urls["orchestrator"] == system.url
    assert wire.ask("control_plane", "GET", "/_sandbox/worlds").status == 200
    assert wire.ask("control_plane", "GET", "/flows").status == 404
    assert wire.ask("control_plane", "POST", "/tsg/push", {}).status == 404


def test_a_control_plane_of_an_external_middleware_is_never_asked(middleware):
    system, wire, _ = middleware
    path = "/_sandbox/worlds/of-theirs"
    made = wire.ask("control_plane", "PUT", path, {"scenario": "phone-active"})
    assert (made.status, made.json["outside"]) == (201, ["orchestrator"])
    moved = wire.ask("control_plane", "POST", f"{path}/clock", {"advance": "PT1M"})
    assert (moved.status, moved.json["not_moved"]) == (200, ["orchestrator"])
    for what in ("personas", "journal", "coverage", "sequence", "policies", "faults", "registrations"):
        assert wire.ask("control_plane", "GET", f"{path}/{what}").status == 200
    assert wire.ask("control_plane", "POST", f"{path}/snapshots").status == 201
    told = wire.ask("control_plane", "GET", "/_sandbox/services").json["services"]
    states = {each["service"]: each["state"] for each in told}
    assert states == {**dict.fromkeys(states, "sandbox"), "orchestrator": "outside"}
    assert wire.ask("control_plane", "DELETE", path).status == 204
    assert [asked for asked in system.asked if "/_sandbox" in asked[1]] == []


def test_what_a_stranger_asks_of_the_fakes_is_told_by_its_user_agent(middleware, world):
    _, wire, _ = middleware
    callers = {
        "Acme-Middleware/4.2 (linux)": "Acme-Middleware", "Mozilla/5.0 (X11)": "browser", "curl/8.5.0": "curl",
        "sandbox-cli/1": "cli", "": "client",
    }  # fmt: skip
    for number, agent in enumerate(callers):
        wire.ask("cbs", "GET", f"/cbs/user-ids/u{number}", world=world, headers={"User-Agent": agent})
    told = wire.ask("cbs", "GET", f"/_sandbox/worlds/{world}/journal?path=/cbs/user-ids/*").json["exchanges"]
    assert [exchange["caller"] for exchange in told] == list(callers.values())


def test_the_push_is_signed_and_says_what_the_contract_says(middleware, world):
    system, wire, _ = middleware
    system.asked.clear()
    phone = signed_up(wire, world)
    ((_, _, headers, raw),) = system.wait_for("/tsg/push")
    lower = {name.lower(): value for name, value in headers.items()}
    assert lower["webhook-signature"].startswith("v1,")
    at = int(lower["webhook-timestamp"])
    assert at == 1767603600, "the push is stamped in the world's time"
    signature = Webhook(SECRET).sign(
        lower["webhook-id"], __import__("datetime").datetime.fromtimestamp(at), raw.decode()
    )
    assert lower["webhook-signature"] == signature
    push = json.loads(raw)
    assert push.keys() == {"type", "timestamp", "data"}
    assert push["type"] == "sign_up"
    assert push["data"]["external_reference"] == "ref-1"
    assert push["data"]["subject_id"] == phone["emCertID"]
    assert push["data"]["service_id"] == "registration-sandbox"
    assert push["data"]["credential"]


def test_the_push_carries_the_world_and_the_trace_on(middleware, world):
    system, wire, _ = middleware
    system.asked.clear()
    headers = {
        "traceparent": f"01-{TRACE}-00f067aa0ba902b7-00", "tracestate": "vendor=x,other=y",
        "baggage": f"tenant=a,sandbox.world={world}",
    }  # fmt: skip
    signed_up(wire, world, headers=headers)
    ((_, _, carried, _),) = system.wait_for("/tsg/push")
    lower = {name.lower(): value for name, value in carried.items()}
    assert f"sandbox.world={world}" in lower["baggage"]
    assert lower["traceparent"].startswith(f"00-{TRACE}-")
    assert lower["traceparent"].endswith("-00"), "it was not sampled"
    assert lower["tracestate"] == "vendor=x,other=y"
    now = wire.ask("tsg", "GET", f"/_sandbox/worlds/{world}/clock").json["now"]
    assert lower["sandbox-now"] <= now
    assert lower["sandbox-now"].endswith("Z")


def test_only_2xx_is_success_and_a_push_that_was_not_taken_comes_again_with_growing_gaps(middleware, world):
    system, wire, _ = middleware
    system.asked.clear()
    system.answer = (302, {})
    try:
        signed_up(wire, world)
        system.wait_for("/tsg/push")
        gaps = []
        for number in range(2, 5):
            waited = 0
            while len(system.of("/tsg/push")) < number:
                wire.ask("tsg", "POST", f"/_sandbox/worlds/{world}/clock", {"advance": "PT1S"})
                waited += 1
                assert waited < 600
            gaps.append(waited)
        assert gaps == sorted(gaps)
        assert gaps[0] < gaps[-1]
        ids = {
            {name.lower(): value for name, value in each[2].items()}["webhook-id"] for each in system.of("/tsg/push")
        }
        assert len(ids) == 1
    finally:
        system.answer = (200, {})
    wire.ask("tsg", "POST", f"/_sandbox/worlds/{world}/clock", {"advance": "PT1H"})
    taken = len(system.of("/tsg/push"))
    wire.ask("tsg", "POST", f"/_sandbox/worlds/{world}/clock", {"advance": "PT12H"})
    assert len(system.of("/tsg/push")) == taken


def test_a_push_under_way_concludes_nothing_in_a_world_that_came_in_its_worlds_place(middleware, world):
    system, wire, _ = middleware
    system.asked.clear()
    system.hold.clear()
    try:
        signed_up(wire, world)
        system.wait_for("/tsg/push")
        assert wire.ask("tsg", "PUT", f"/_sandbox/worlds/{world}", PART).status == 200
        signed_up(wire, world, reference="ref-2")
    finally:
        system.hold.set()
    first, second = (json.loads(raw)["data"] for *_, raw in system.wait_for("/tsg/push", 2))
    assert (first["external_reference"], second["external_reference"]) == ("ref-1", "ref-2")
    wire.ask("tsg", "POST", f"/_sandbox/worlds/{world}/clock", {"settle": True})
    told = wire.ask("tsg", "GET", f"/_sandbox/worlds/{world}/journal").json["exchanges"]
    pushes = [each["request"]["data"]["external_reference"] for each in told if each["caller"] == "tsg"]
    assert pushes == ["ref-2"]


@pytest.mark.parametrize(
    ("effect", "seen"),
    [({"duplicate": 5}, 5), ({"drop": True}, 0), ({"bad_signature": True}, 1), ({"stale_timestamp": True}, 1),
     ({"tamper": {"field": "external_reference", "value": ""}}, 1),
     ({"tamper": {"field": "credential", "remove": True}}, 1)],
)  # fmt: skip
def test_each_effect_of_the_push_is_seen_by_its_receiver(middleware, world, effect, seen):
    system, wire, _ = middleware
    system.asked.clear()
    fault = {"service": "tsg", "path": "push", "effect": effect, "times": 1}
    assert wire.ask("tsg", "POST", f"/_sandbox/worlds/{world}/faults", fault).status == 201
    signed_up(wire, world)
    wire.ask("tsg", "POST", f"/_sandbox/worlds/{world}/clock", {"settle": True})
    (fired,) = wire.ask("tsg", "GET", f"/_sandbox/worlds/{world}/faults").json["faults"]
    assert fired["fired"] == 1
    pushes = system.of("/tsg/push")
    assert len(pushes) == seen
    for _, _, headers, raw in pushes:
        lower = {name.lower(): value for name, value in headers.items()}
        assert (lower["webhook-signature"] == signature(lower, raw)) is ("bad_signature" not in effect)
        assert (int(lower["webhook-timestamp"]) < NOW - 300) is ("stale_timestamp" in effect)
        data = json.loads(raw)["data"]
        if effect.get("tamper", {}).get("field") == "external_reference":
            assert data["external_reference"] == ""
        assert ("credential" in data) is (effect.get("tamper", {}).get("field") != "credential")


@pytest.fixture(scope="module")
def bank():
    """A user's own core banking system in the fake's place."""
    system = System()
    with running_sandbox(environment={"SANDBOX_CBS_URL": system.url, "SANDBOX_WORKERS": "1"}) as sandbox:
        wire = Wire(sandbox.urls)
        for service in ("orchestrator", "cymmetri", "mailroom"):
            part = {"personas": []} if service == "orchestrator" else {}
            wire.ask(service, "PUT", "/_sandbox/worlds/real", part)
        yield system, wire
    system.server.shutdown()


CHECK = (
    "cymmetri",
    "POST",
    "/ciamregsrvc/webRegistration/checkIdentity",
    {"deviceId": "d", "type": "CIF", "id": "123456789"},
)


def test_a_real_bank_is_asked_in_the_fakes_place(bank):
    system, wire = bank
    system.asked.clear()
    system.answer = (200, {"customers": []})
    headers = {
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01", "tracestate": "vendor=x",
        "baggage": "tenant=a,sandbox.world=real",
    }  # fmt: skip
    said = wire.ask(*CHECK, world="real", headers=headers)
    assert (said.status, said.branches) == (404, ["WR-1.3"])
    ((method, _, carried, raw),) = system.of("/cbs/customers/search")
    assert (method, json.loads(raw)) == ("POST", {"cif": "123456789"})
    lower = {name.lower(): value for name, value in carried.items()}
    assert lower["baggage"].split(",") == ["sandbox.world=real", "tenant=a"]
    assert lower["traceparent"].startswith(f"00-{TRACE}-")
    assert lower["tracestate"] == "vendor=x"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b'{"customers": "\xff"}', b"[" * 5000, b'{"customers":' * 5000, {},
     {"customers": 5}, {"customers": [5]}, {"customers": [{}]}, {"customers": [{"cif": None}]},
     b'{"customers": [{"cif": "\\u0000"}]}'],
    ids=lambda body: repr(body)[:40],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 404, 500])
def test_whatever_a_real_bank_answers_is_never_a_500_here(bank, status, body):
    system, wire = bank
    system.answer = (status, body)
    said = wire.ask(*CHECK, world="real")
    assert (said.status, said.json["errorCode"], said.branches) == (503, "REGSRVC.UPSTREAM_UNAVAILABLE", ["WR-1.5"])
