"""Whom the push goes to, what testers see of it and do with it, and how the institution proves who it is."""

import base64
import json
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from tests.contract.tsg.rig import KEY, SECRET, Tsg

PUSHES = "/_sandbox/worlds/default/pushes"
LAPTOP = "http://127.0.0.1:9900/tsg/push"
LONG_AGO = {"set": "2020-01-05T09:00:00Z", "frozen": True}


@pytest.fixture
def tsg(tmp_path):
    return Tsg(tmp_path)


def signed_up(tsg, reference="asha"):
    phone = tsg.phone()
    assert phone.sign_up(tsg.code(external_reference=reference)).status_code == 202
    tsg.settle()
    return phone


def put(tsg, **policies):
    return tsg.client.put("/_sandbox/worlds/other", json={"policies": policies})


def test_every_try_of_a_push_is_told_with_its_time_and_answer(tsg):
    tsg.receiver.answers = [None, 503, 200]
    phone = signed_up(tsg)
    for _ in range(2):
        tsg.move(advance="PT13S")
    [push] = tsg.pushes()
    assert (push["external_reference"], push["subject_id"]) == ("asha", phone.id)
    assert (push["receiver"], push["state"]) == ("middleware", "delivered")
    assert [each["status"] for each in push["tries"]] == [0, 503, 200]
    assert [each["at"] for each in push["tries"]] == [f"2026-01-05T09:00:{second}Z" for second in ("00", "13", "26")]


def test_each_copy_of_a_duplicated_push_is_a_try_and_a_dropped_one_got_no_answer(tsg):
    tsg.fault({"duplicate": 3}, times=1)
    signed_up(tsg)
    tsg.fault({"drop": True}, times=1)
    signed_up(tsg, "jai")
    assert [[each["status"] for each in push["tries"]] for push in tsg.pushes()] == [[200] * 3, [0]]


def test_a_push_that_was_acknowledged_is_sent_again_only_by_hand(tsg):
    signed_up(tsg)
    tsg.move(advance="P2D")
    assert len(tsg.receiver.received) == 1
    answer = tsg.client.post(f"{PUSHES}/{tsg.pushes()[0]['id']}/resend")
    assert (answer.status_code, answer.json["state"]) == (202, "pending")
    tsg.settle()
    [first, second] = tsg.receiver.received
    assert (first[3], first[4]["webhook-id"]) == (second[3], second[4]["webhook-id"])
    [push] = tsg.pushes()
    assert (push["state"], [each["status"] for each in push["tries"]]) == ("delivered", [200, 200])
    tsg.move(advance="P2D")
    assert len(tsg.receiver.received) == 2


def test_a_push_that_was_given_up_can_be_sent_again_by_hand(tsg):
    tsg.receiver.answers = [410, 200]
    signed_up(tsg)
    assert tsg.pushes()[0]["state"] == "failed"
    assert tsg.client.post(f"{PUSHES}/{tsg.pushes()[0]['id']}/resend").status_code == 202
    tsg.settle()
    assert tsg.pushes()[0]["state"] == "delivered"


def test_an_unknown_push_cannot_be_sent_again(tsg):
    answer = tsg.client.post(f"{PUSHES}/msg_none/resend")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown-push")
    assert tsg.client.get("/_sandbox/worlds/nowhere/pushes").json["code"] == "unknown-world"


def test_a_push_made_by_hand_is_signed_and_sent_as_any_other(tsg):
    body = {"subject_id": "ab" * 32, "external_reference": "mine", "credential": {"k": "v"}}
    answer = tsg.client.post(PUSHES, json=body)
    assert answer.status_code == 202
    tsg.settle()
    [(_, _, _, raw, _)] = tsg.receiver.received
    assert json.loads(raw)["data"] == {"service_id": "registration-sandbox", **body}
    assert tsg.pushes()[0]["id"] == answer.json["id"]
    assert tsg.client.post(PUSHES, json={"subject_id": "x"}).json["field"] == "external_reference"


def test_a_push_made_by_hand_has_no_larger_credential_than_a_phone_may_send(tsg):
    body = {"subject_id": "ab" * 32, "external_reference": "mine", "credential": "x" * 65_535}
    refused = tsg.client.post(PUSHES, json=body)
    assert (refused.status_code, refused.json["code"], refused.json["field"]) == (
        400, "validation-failed", "credential",
    )  # fmt: skip
    assert tsg.client.post(PUSHES, json={**body, "credential": "x" * 65_534}).status_code == 202


def test_a_world_can_have_a_receiver_of_its_own_on_this_machine(tmp_path):
    tsg = Tsg(tmp_path, policies={"push_url": LAPTOP})
    signed_up(tsg)
    assert tsg.receiver.urls == [LAPTOP]
    assert tsg.pushes()[0]["receiver"] == LAPTOP


def test_a_push_goes_to_the_receiver_that_the_policy_names_when_it_is_sent(tsg):
    tsg.receiver.answers = [503, 200]
    signed_up(tsg)
    policies = {"policies": {"push_receiver": "auth_service"}}
    assert tsg.client.patch("/_sandbox/worlds/default/policies", json=policies).status_code == 200
    assert tsg.pushes()[0]["receiver"] == "middleware"
    tsg.move(advance="PT6S")
    assert [service for service, *_ in tsg.receiver.received] == ["orchestrator", "auth_service"]
    assert tsg.pushes()[0]["receiver"] == "auth_service"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (LAPTOP, 201), ("https://localhost/x", 201), ("http://[::1]:9900/tsg/push", 201),
        ("http://LOCALHOST:9900/", 201), ("http://bank.example/tsg/push", 400), ("http://10.0.0.1/", 400),
        ("http://127.0.0.1.bank.example/", 400), ("http://169.254.169.254/", 400), ("http://[::ffff:7f00:1]/", 400),
    ],
)  # fmt: skip
def test_pushes_go_to_allowed_hosts_only(tsg, url, status):
    answer = put(tsg, push_url=url)
    assert answer.status_code == status
    if status == 400:
        assert (answer.json["code"], answer.json["field"]) == ("bad-world", "policies.push_url")
        assert "SANDBOX_PUSH_HOSTS" in answer.json["detail"]


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:9900", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:0/", "http://127.0.0.1:99999/",
     "http://bank.example@127.0.0.1/", "http://127.0.0.1@bank.example/", "http://127.0.0.1\\@bank.example/",
     "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/#x", "http://[::1", "http://127.0.0.1/é",
     "http://127.0.0.1/" + "x" * 2000],
)  # fmt: skip
def test_a_receivers_url_that_is_none_is_refused_by_its_name(tsg, url):
    answer = put(tsg, push_url=url)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-world")
    assert "push_url" in answer.json["detail"]


def test_the_operator_can_allow_other_hosts_and_forbid_them_again(tmp_path):
    allowed = Tsg(tmp_path, policies={"push_url": "http://laptop.bank:9900/"}, push_hosts=("*.bank",))
    phone = allowed.phone()
    assert phone.sign_up(allowed.code()).status_code == 202
    restarted = Tsg(tmp_path, new_world=False)
    restarted.settle()
    assert restarted.receiver.received == []
    [push] = restarted.pushes()
    assert (push["state"], push["tries"]) == ("failed", [])


@pytest.mark.parametrize(("push_time", "fresh"), [("world", False), ("machine", True)])
def test_a_receiver_with_a_clock_of_its_own_can_be_sent_the_machines_time(tmp_path, push_time, fresh):
    tsg = Tsg(tmp_path, clock=LONG_AGO, policies={"push_time": push_time})
    signed_up(tsg)
    [(_, _, _, raw, headers)] = tsg.receiver.received
    assert (headers["webhook-timestamp"] == str(int(datetime(2020, 1, 5, 9, tzinfo=UTC).timestamp()))) is not fresh
    if fresh:
        assert Webhook(SECRET).verify(raw, headers)["type"] == "sign_up"


def basic(password, user="bank"):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("policy", "headers", "status"),
    [
        ("api_key", {"X-API-Key": KEY}, 201), ("api_key", {"Authorization": f"Bearer {KEY}"}, 201),
        ("api_key", {"X-API-Key": KEY, **basic(KEY)}, 201), ("api_key", basic(KEY), 401),
        ("api_key", {"X-API-Key": "wrong", **basic(KEY)}, 401), ("api_key", {}, 401),
        ("basic", basic(KEY), 201), ("basic", basic(KEY, ""), 201),
        ("basic", {"X-API-Key": "wrong", **basic(KEY)}, 201),
        ("basic", {"X-API-Key": KEY}, 401), ("basic", {"Authorization": f"Bearer {KEY}"}, 401),
        ("basic", basic("wrong"), 401), ("basic", basic(""), 401), ("basic", {"Authorization": "Basic %%%"}, 401),
        ("basic", {"Authorization": "Basic"}, 401), ("basic", basic("é" * 40), 401), ("basic", {}, 401),
    ],
)  # fmt: skip
def test_the_institution_proves_who_it_is_as_the_policy_says(tmp_path, policy, headers, status):
    tsg = Tsg(tmp_path, policies={"auth": policy})
    answer = tsg.client.post("/tsg/sign_up", json={"service_id": "bank"}, headers=headers)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer" if policy == "api_key" else "Basic realm=")
        assert answer.json["error"] == "UNAUTHORIZED"
