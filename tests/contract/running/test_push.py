"""The TSG's push as its receivers take it: the middleware, and the Auth Service, which hands it on."""

import base64
import hmac
import json
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

pytestmark = pytest.mark.thorough


NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
RECEIVERS = ("orchestrator", "auth_service")


@pytest.fixture(params=RECEIVERS)
def receiver(request):
    return request.param


@pytest.fixture
def push(wire, chitra, receiver):
    """Send a push, signed by the library of Standard Webhooks with the sandbox's own secret."""
    secret = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json["SANDBOX_TSG_PUSH_SECRET"]

    def send(raw, id="msg-1", at=NOW, **changed):
        signature = signed(secret, id, at, raw)
        headers = {"webhook-id": id, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}
        headers = {name: value for name, value in {**headers, **changed}.items() if value is not None}
        return wire.ask(receiver, "POST", "/tsg/push", raw=raw, headers=headers, world=chitra.name)

    return send


def signed(secret, id, at, raw):
    """Sign by the library, and by hand what it cannot sign: bytes that are no text."""
    try:
        return Webhook(secret).sign(id, at, raw.decode())
    except UnicodeDecodeError:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.digest(key, f"{id}.{int(at.timestamp())}.".encode() + raw, "sha256")
        return "v1," + base64.b64encode(digest).decode()


@pytest.fixture
def registration(chitra):
    """Chitra's registration, with a sign-up under way that no phone has completed."""
    persona = chitra.personas["Chitra"]
    login = {"username": persona["username"], "password": persona["password"]}
    token = chitra.ask("auth_service", "POST", "/auth/login", login).body["token"]
    em_cert_id = persona["handsets"][0]["emCertID"]
    made = chitra.ask("orchestrator", "POST", "/registrations", {"flow": "device", "emCertID": em_cert_id}, token).body
    chitra.ask("orchestrator", "POST", f"/registrations/{made['id']}/actions/sign-up", {"via": "qr"}, token)

    def status():
        return chitra.ask("orchestrator", "GET", f"/registrations/{made['id']}", token=token).body["status"]

    return status


def sign_up(**changed):
    data = {"service_id": "s", "subject_id": "0" * 64, "external_reference": "none", "credential": {"a": 1}, **changed}
    whole = {"type": "sign_up", "timestamp": "2026-01-05T09:00:00Z", "data": data}
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": None}, {"webhook-id": None}, {"webhook-timestamp": None},
        {"webhook-signature": "v1,AAAA"}, {"webhook-signature": "nonsense"}, {"webhook-signature": "v1,é"},
        {"webhook-timestamp": "soon"}, {"webhook-timestamp": "9" * 30}, {"webhook-id": "msg-2"},
        {"at": datetime(2026, 1, 5, 8, 54, tzinfo=UTC)}, {"at": datetime(2026, 1, 5, 9, 6, tzinfo=UTC)},
    ],
    ids=str,
)  # fmt: skip
def test_a_push_that_is_not_signed_or_not_fresh_is_401_and_moves_nothing(push, registration, changed):
    heard = push(sign_up(), **changed)
    assert (heard.status, heard.branches) == (401, ["DR-2.9"])
    assert registration() == "Sign_Up_In_Progress"


@pytest.mark.parametrize(
    ("changed", "status", "branch"),
    [
        ({"external_reference": ""}, 422, "DR-2.6"), ({"external_reference": None}, 422, "DR-2.6"),
        ({"subject_id": None}, 422, "DR-2.8"), ({"credential": None}, 422, "DR-2.8"), ({}, 404, "DR-2.7"),
        ({"credential": "of the app"}, 404, "DR-2.7"),
    ],
    ids=str,
)  # fmt: skip
def test_a_push_that_lacks_something_is_rejected_on_its_branch(push, registration, changed, status, branch):
    heard = push(sign_up(**changed))
    assert (heard.status, heard.branches) == (status, [branch])
    assert registration() == "Sign_Up_In_Progress"


@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense", b"[]", b"null", b"[" * 5000, b'{"a":' * 5000, b'{"type": "\xff"}', b"{}", b'{"type": "sign_up"}',
     b'{"type": "other", "data": {}}', b'{"type": "sign_up", "data": 5}', b'{"type": "sign_up", "data": {}}',
     b'{"type":"sign_up","timestamp":"x","data":{"external_reference":"\\u0000","subject_id":"x","credential":{"a":1}}}'],
    ids=lambda raw: repr(raw[:40]),
)  # fmt: skip
def test_a_signed_body_that_is_no_push_is_4xx(push, raw):
    heard = push(raw)
    assert 400 <= heard.status < 500, heard.raw
    assert heard.json


@pytest.mark.parametrize("policy", ["middleware", "auth_service"])
def test_by_either_receiver_the_registration_goes_on(new_world, policy):
    world = new_world(
        personas=[{"name": "Chitra", "cymmetri": {}, "phones": [{}]}], policies={"tsg": {"push_receiver": policy}}
    )
    persona = world.personas["Chitra"]
    login = {"username": persona["username"], "password": persona["password"]}
    token = world.ask("auth_service", "POST", "/auth/login", login).body["token"]
    phone = persona["handsets"][0]
    begin = {"flow": "device", "emCertID": phone["emCertID"]}
    id = world.ask("orchestrator", "POST", "/registrations", begin, token).body["id"]
    fields = {"via": "sms", "contact": persona["mobile"]}
    world.ask("orchestrator", "POST", f"/registrations/{id}/actions/sign-up", fields, token)
    code = {"code": world.messages(purpose="sign-up-code")[0]["code"]}
    assert world.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", code).status == 200
    world.client.wait_for(id, "Register_Complete", token)
    pushed = [(each["caller"], each["service"]) for each in world.exchanges(path="/tsg/push")]
    ways = {
        "middleware": [("tsg", "orchestrator")],
        "auth_service": [("tsg", "auth_service"), ("auth_service", "orchestrator")],
    }
    assert sorted(set(pushed)) == sorted(ways[policy])
