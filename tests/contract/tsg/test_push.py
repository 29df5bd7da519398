"""The TSG's push: signed, told once for each sign-up, retried until acknowledged, and what faults do to it."""

import json

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.contract.tsg.rig import SECRET, Tsg


@pytest.fixture
def tsg(tmp_path):
    return Tsg(tmp_path)


def signed_up(tsg, reference="asha", settle=True):
    phone = tsg.phone()
    assert phone.sign_up(tsg.code(external_reference=reference)).status_code == 202
    if settle:
        tsg.settle()
    return phone


def pushes(tsg):
    return [(push["state"], push["attempts"], push["last_status"]) for push in tsg.people()["pushes"]]


def verify(push):
    _, _, _, raw, headers = push
    return Webhook(SECRET).verify(raw, headers)


def retries(tsg):
    return [d for entry in tsg.journal("push") for d in entry["decisions"] if d["rule"] == "push.retried"]


def test_the_push_tells_who_signed_up_for_which_reference(tsg):
    phone = signed_up(tsg)
    [(service, method, path, raw, _)] = tsg.receiver.received
    assert (service, method, path) == ("orchestrator", "POST", "/tsg/push")
    assert json.loads(raw) == {
        "type": "sign_up",
        "timestamp": "2026-01-05T09:00:00.000000Z",
        "data": {
            "service_id": "bank",
            "subject_id": phone.id,
            "external_reference": "asha",
            "credential": "of the app",
        },
    }
    assert pushes(tsg) == [("delivered", 1, 200)]
    [entry] = tsg.journal("push")
    assert (entry["method"], entry["status"], entry["caller"]) == ("POST", 200, "tsg")
    sent = json.loads(raw)
    assert entry["request"] == {**sent, "data": {**sent["data"], "credential": "•••"}}
    assert entry["parent"] == tsg.journal("/sdk/signup")[0]["id"]
    assert entry["request_headers"]["webhook-id"]
    assert entry["request_headers"]["webhook-signature"] == "•••"


def test_the_push_carries_the_world_and_names_its_exchange_as_the_parent(tsg):
    signed_up(tsg)
    headers = tsg.receiver.received[0][4]
    assert headers["baggage"] == "sandbox.world=default"
    assert headers["traceparent"].split("-")[2] == tsg.journal("push")[0]["id"]


def test_any_standard_webhooks_receiver_accepts_the_signature(tmp_path):
    tsg = Tsg(tmp_path, clock={})
    signed_up(tsg)
    [push] = tsg.receiver.received
    assert verify(push)["type"] == "sign_up"


def test_an_empty_reference_is_pushed_as_it_is(tsg):
    signed_up(tsg, "")
    assert tsg.receiver.references == [""]


def test_the_push_goes_to_the_receiver_of_the_policy(tmp_path):
    tsg = Tsg(tmp_path, policies={"push_receiver": "auth_service"})
    signed_up(tsg)
    assert tsg.receiver.received[0][:3] == ("auth_service", "POST", "/tsg/push")


def test_a_receiver_that_is_down_gets_the_same_push_with_growing_gaps_until_it_is_up(tsg):
    tsg.receiver.answers = [None, 503, 500, 200]
    signed_up(tsg)
    gaps = []
    while pushes(tsg)[0][0] == "pending":
        gaps.append(retries(tsg)[-1]["facts"]["again_in_seconds"])
        before = len(tsg.journal("push"))
        tsg.move(advance=f"PT{gaps[-1] - 0.01:.3f}S")
        assert len(tsg.journal("push")) == before
        tsg.move(advance="PT0.02S")
    assert pushes(tsg) == [("delivered", 4, 200)]
    assert gaps == sorted(set(gaps))
    assert 5 <= gaps[0] <= 6
    assert [entry["status"] for entry in tsg.journal("push")] == [0, 503, 500, 200]
    assert [entry["branches"] for entry in tsg.journal("push")] == [["DR-2.11"]] * 3 + [[]]
    assert len({headers["webhook-id"] for *_, headers in tsg.receiver.received}) == 1
    assert len({raw for _, _, _, raw, _ in tsg.receiver.received}) == 1


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 411, 422, 429])
def test_a_receiver_that_refuses_is_asked_again_but_is_not_down(tsg, status):
    tsg.receiver.answers = [status, 200]
    signed_up(tsg)
    assert pushes(tsg) == [("pending", 1, status)]
    assert tsg.journal("push")[0]["branches"] == []
    tsg.move(advance="PT6S")
    assert pushes(tsg) == [("delivered", 2, 200)]


def test_retry_after_is_waited_for(tsg):
    tsg.receiver.answers = [503, 200]
    tsg.receiver.headers = {"retry-after": "120"}
    signed_up(tsg)
    tsg.move(advance="PT119S")
    assert pushes(tsg) == [("pending", 1, 503)]
    tsg.move(advance="PT1S")
    assert pushes(tsg) == [("delivered", 2, 200)]


@pytest.mark.parametrize("name", ["date", "retry-after"])
def test_a_date_that_no_calendar_has_is_none(tsg, name):
    tsg.receiver.headers = {name: "Mon, 01 Jan 99999999999 00:00:00 GMT"}
    signed_up(tsg)
    tsg.move(advance="P2D")
    assert pushes(tsg) == [("delivered", 1, 200)]
    assert len(tsg.receiver.received) == 1


def test_a_success_needs_no_json(tsg):
    tsg.receiver.answers = ["text"]
    signed_up(tsg)
    assert pushes(tsg) == [("delivered", 1, 200)]


def test_a_receiver_that_is_gone_is_left_alone_at_once(tsg):
    tsg.receiver.answers = [410]
    signed_up(tsg)
    assert pushes(tsg) == [("failed", 1, 410)]
    tsg.move(advance="P2D")
    assert len(tsg.receiver.received) == 1


def test_a_push_is_given_up_after_its_span(tsg):
    tsg.receiver.answers = [None]
    signed_up(tsg)
    tsg.move(advance="PT24H")
    assert pushes(tsg) == [("failed", 2, 0)]
    assert tsg.journal("push")[-1]["decisions"][-1]["rule"] == "push.given_up"


def test_gaps_repeat_with_the_seed(tmp_path):
    found = []
    for number, seed in enumerate((7, 7, 8)):
        tsg = Tsg(tmp_path / str(number), seed=seed)
        tsg.receiver.answers = [503]
        signed_up(tsg)
        found.append(retries(tsg)[0]["facts"]["again_in_seconds"])
    assert found[0] == found[1] != found[2]


def test_a_push_survives_a_restart(tmp_path):
    signed_up(Tsg(tmp_path), settle=False)
    restarted = Tsg(tmp_path, new_world=False)
    restarted.settle()
    assert restarted.receiver.references == ["asha"]


def test_duplicates_are_one_message_sent_several_times(tsg):
    tsg.fault({"duplicate": 5})
    signed_up(tsg)
    assert len(tsg.receiver.received) == 5
    assert len({(raw, headers["webhook-id"]) for _, _, _, raw, headers in tsg.receiver.received}) == 1
    assert pushes(tsg) == [("delivered", 1, 200)]
    assert [entry["fault"] for entry in tsg.journal("push")] == ["duplicate"] * 5
    assert len({entry["id"] for entry in tsg.journal("push")}) == 5


def test_a_dropped_push_was_not_answered_and_is_sent_again(tsg):
    tsg.fault({"drop": True}, times=1)
    signed_up(tsg)
    assert tsg.receiver.received == []
    assert pushes(tsg) == [("pending", 1, 0)]
    tsg.move(advance="PT6S")
    assert pushes(tsg) == [("delivered", 2, 200)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"field": "external_reference", "value": ""}, {"external_reference": ""}),
        ({"field": "credential", "remove": True}, {"credential": None}),
    ],
)
def test_a_tampered_push_is_changed_before_it_is_signed(tmp_path, change, expected):
    tsg = Tsg(tmp_path, clock={})
    tsg.fault({"tamper": change})
    signed_up(tsg)
    data = verify(tsg.receiver.received[0])["data"]
    assert {name: data.get(name) for name in expected} == expected
    assert "subject_id" in data


def test_a_badly_signed_push_fails_verification(tmp_path):
    tsg = Tsg(tmp_path, clock={})
    tsg.fault({"bad_signature": True})
    signed_up(tsg)
    with pytest.raises(WebhookVerificationError, match="signature"):
        verify(tsg.receiver.received[0])


def test_a_stale_push_fails_verification_by_its_age(tmp_path):
    tsg = Tsg(tmp_path, clock={})
    tsg.fault({"stale_timestamp": True})
    signed_up(tsg)
    with pytest.raises(WebhookVerificationError, match="old"):
        verify(tsg.receiver.received[0])


def test_a_reordered_push_arrives_after_its_successor(tsg):
    tsg.fault({"reorder": True})
    signed_up(tsg, "first")
    assert tsg.receiver.references == []
    signed_up(tsg, "second")
    assert tsg.receiver.references == ["second", "first"]
    assert pushes(tsg) == [("delivered", 1, 200)] * 2


def test_a_reordered_push_without_a_successor_arrives_after_a_gap(tsg):
    tsg.fault({"reorder": True})
    signed_up(tsg)
    tsg.move(advance="PT6S")
    assert pushes(tsg) == [("delivered", 1, 200)]


def test_a_delayed_push_arrives(tsg):
    tsg.fault({"delay": {"ms": 30}})
    signed_up(tsg)
    assert pushes(tsg) == [("delivered", 1, 200)]
    assert tsg.journal("push")[0]["fault"] == "delay"
