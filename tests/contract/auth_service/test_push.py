"""The TSG's push, where it goes to the Auth Service (device registration, R2.1)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from simulators.auth_service.app import create_app
from simulators.kit.services import SERVICES
from simulators.kit.web.app import service_of
from simulators.kit.wire import webhooks
from simulators.kit.wire.client import Reply, UpstreamFailure
from tests.conftest import PUSH_SECRET, settings_in

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECRET = PUSH_SECRET
DATA = {"service_id": "s", "subject_id": "ab" * 32, "external_reference": "ref-1", "credential": {"value": "hush"}}


class Middleware:
    """Answers in the middleware's place; keeps the pushes handed on to it."""

    def __init__(self):
        self.taken = []
        self.answer = (200, {"accepted": True}, {"sandbox-branch": "DR-2.1", "content-type": "application/json"})

    def send(self, service, method, path, *, raw=None, headers=None, **_):
        if isinstance(self.answer, Exception):
            raise self.answer
        self.taken.append((service, method, path, raw, headers))
        return Reply(service, *self.answer)


@pytest.fixture
def middleware():
    return Middleware()


@pytest.fixture
def client(tmp_path, middleware):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    app = create_app(settings_in(tmp_path, urls=urls))
    service_of(app).client.send = middleware.send
    client = app.test_client()
    client.put("/_sandbox/worlds/default", json={"clock": {"set": NOW.isoformat(), "frozen": True}})
    return client


def push(client, data=None, secret=SECRET, at=NOW, **changes):
    event = {"type": "sign_up", "timestamp": "2026-01-05T09:00:00Z", "data": DATA if data is None else data} | changes
    raw = json.dumps(event, indent=1).encode()
    return push_raw(client, raw, webhooks.sign(secret, "msg_1", at, raw))


def push_raw(client, raw, headers):
    return client.post("/tsg/push", data=raw, headers=headers, content_type="application/json")


def test_a_good_push_is_handed_on_byte_for_byte_and_the_middlewares_answer_is_the_answer(client, middleware):
    answer = push(client)
    assert (answer.status_code, answer.json) == (200, {"accepted": True})
    assert answer.headers["Sandbox-Branch"] == "DR-2.13,DR-2.1"
    ((service, method, path, raw, headers),) = middleware.taken
    assert (service, method, path) == ("orchestrator", "POST", "/tsg/push")
    assert webhooks.verify(SECRET, headers, raw, NOW) == "msg_1"
    assert headers["Content-Type"] == "application/json"
    assert headers["baggage"] == "sandbox.world=default"


def test_a_refusal_of_the_middleware_is_passed_back(client, middleware):
    headers = {"content-type": "application/problem+json", "retry-after": "7", "sandbox-branch": "DR-2.7"}
    middleware.answer = (422, {"code": "unknown-external-reference"}, headers)
    answer = push(client)
    assert (answer.status_code, answer.json) == (422, {"code": "unknown-external-reference"})
    assert answer.headers["Sandbox-Branch"] == "DR-2.7"
    assert (answer.headers["Content-Type"], answer.headers["Retry-After"]) == ("application/problem+json", "7")


def test_while_the_middleware_is_down_the_tsg_is_to_try_again(client, middleware):
    middleware.answer = UpstreamFailure("orchestrator", "could not be reached")
    answer = push(client)
    assert (answer.status_code, answer.json["error"]) == (503, "UPSTREAM_UNAVAILABLE")
    assert answer.headers["Retry-After"]
    assert "Sandbox-Branch" not in answer.headers


@pytest.mark.parametrize("credential", ["of the app", {"value": "hush"}, "", None])
def test_whether_there_must_be_a_credential_is_left_to_the_middleware(client, middleware, credential):
    data = {name: value for name, value in (DATA | {"credential": credential}).items() if value is not None}
    assert push(client, data).status_code == 200
    assert json.loads(middleware.taken[0][3])["data"] == data


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_push_is_fresh_for_five_minutes_either_way(client, seconds):
    assert push(client, at=NOW + timedelta(seconds=seconds)).status_code == 200


@pytest.mark.parametrize(
    "how", [{"secret": "whsec_b3RoZXI="}, {"at": NOW - timedelta(seconds=301)}, {"at": NOW + timedelta(seconds=301)}]
)
def test_a_push_that_is_wrongly_signed_or_too_old_is_refused(client, middleware, how):
    answer = push(client, **how)
    assert (answer.status_code, answer.json["error"]) == (401, "UNAUTHORIZED_PUSH")
    assert answer.headers["Sandbox-Branch"] == "DR-2.9"
    assert middleware.taken == []


def test_a_push_that_is_unsigned_or_changed_on_the_way_is_refused(client, middleware):
    raw = json.dumps({"type": "sign_up", "data": DATA}).encode()
    signed = webhooks.sign(SECRET, "msg_1", NOW, raw)
    for body, headers in ((raw, {}), (raw + b" ", signed)):
        answer = push_raw(client, body, headers)
        assert (answer.status_code, answer.headers["Sandbox-Branch"]) == (401, "DR-2.9")
    assert middleware.taken == []


@pytest.mark.parametrize(
    ("tampered", "error", "branch"),
    [
        ({"external_reference": ""}, "EMPTY_EXTERNAL_REFERENCE", "DR-2.6"),
        ({"external_reference": None}, "EMPTY_EXTERNAL_REFERENCE", "DR-2.6"),
        ({"subject_id": None}, "INCOMPLETE_PUSH", "DR-2.8"),
        ({"external_reference": "   "}, "EMPTY_EXTERNAL_REFERENCE", "DR-2.6"),
        ({"subject_id": ""}, "INCOMPLETE_PUSH", "DR-2.8"),
    ],
)
def test_a_push_that_lacks_what_is_needed_is_not_handed_on(client, middleware, tampered, error, branch):
    data = {name: given for name, given in (DATA | tampered).items() if given is not None}
    answer = push(client, data)
    assert (answer.status_code, answer.json["error"]) == (422, error)
    assert answer.json["field"] == f"data.{next(iter(tampered))}"
    assert answer.headers["Sandbox-Branch"] == branch
    assert middleware.taken == []


def test_a_signed_push_that_is_no_sign_up_is_refused(client, middleware):
    raw = b"not json"
    assert push_raw(client, raw, webhooks.sign(SECRET, "msg_1", NOW, raw)).status_code == 400
    answer = push(client, type="sign_out")
    assert (answer.status_code, answer.json["field"]) == (400, "type")
    assert push(client, data=[]).status_code == 400
    assert middleware.taken == []


def test_the_credential_stays_out_of_the_journal(client):
    push(client)
    journal = client.get("/_sandbox/worlds/default/journal").get_data(as_text=True)
    assert "ref-1" in journal
    assert "hush" not in journal
