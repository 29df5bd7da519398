"""How the institution learns of a completed sign-up, by a push or by polling, and of the app's credential."""

import json

import pytest

from tests.contract.tsg.rig import LEFT_OUT, Tsg

CREDENTIALS = ["of the app", "", " ", {"type": "token", "value": ["é", {"n": 1.5}]}, {}]


def signed_up(tsg, credential="of the app", reference="asha"):
    phone = tsg.phone()
    answer = phone.sign_up(tsg.code(external_reference=reference), credential=credential)
    assert answer.status_code == 202, answer.json
    tsg.settle()
    return phone


def pushed(tsg):
    return [json.loads(raw)["data"] for _, _, _, raw, _ in tsg.receiver.received]


def poll(tsg, reference="asha", **more):
    return tsg.ask("/tsg/poll_sign_up", external_reference=reference, **more)


@pytest.fixture
def polled(tmp_path):
    return Tsg(tmp_path, policies={"completion": "poll"})


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_the_apps_credential_is_pushed_as_it_came(tmp_path, credential):
    tsg = Tsg(tmp_path)
    signed_up(tsg, credential)
    assert pushed(tsg)[0]["credential"] == credential


@pytest.mark.parametrize("credential", [LEFT_OUT, None])
def test_without_a_credential_of_the_app_the_push_has_none(tmp_path, credential):
    tsg = Tsg(tmp_path)
    signed_up(tsg, credential)
    assert "credential" not in pushed(tsg)[0]


@pytest.mark.parametrize("credential", [7, True, ["a"], 1.5])
def test_a_credential_is_a_string_or_an_object(tmp_path, credential):
    tsg = Tsg(tmp_path)
    answer = tsg.phone().sign_up(tsg.code(), credential=credential)
    assert (answer.status_code, answer.json["field"]) == (400, "credential")


def test_a_credential_has_a_largest_size_and_a_larger_one_uses_no_code(tmp_path):
    tsg = Tsg(tmp_path)
    phone, code = tsg.phone(), tsg.code()
    answer = phone.sign_up(code, credential="x" * 65_535)
    assert (answer.status_code, answer.json["field"]) == (400, "credential")
    assert phone.sign_up(code, credential="x" * 65_534).status_code == 202


def test_a_credential_is_in_no_journal(tmp_path):
    tsg = Tsg(tmp_path, policies={"completion": "both"})
    signed_up(tsg, "only the app knows")
    signed_up(tsg, {"secret-of-the-app": "only the app knows"}, "jai")
    assert poll(tsg).json["credential"] == "only the app knows"
    paths = ("/sdk/signup", "push", "/tsg/poll_sign_up")
    journal = json.dumps([tsg.journal(path) for path in paths])
    assert journal.count("•••".encode("ascii", "backslashreplace").decode()) >= 5
    assert "only the app knows" not in journal


@pytest.mark.parametrize(("completion", "pushes"), [("push", 1), ("both", 1), ("poll", 0)])
def test_the_policy_says_whether_tsg_pushes_and_the_institution_is_told_so(tmp_path, completion, pushes):
    tsg = Tsg(tmp_path, policies={"completion": completion})
    assert tsg.ask("/tsg/sign_up").json["completion"] == completion
    signed_up(tsg)
    assert len(tsg.pushes()) == len(pushed(tsg)) == pushes
    assert poll(tsg).json["status"] == "CLAIMED"


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_poll_tells_of_a_used_code_by_whom_and_with_what_credential(polled, credential):
    phone = signed_up(polled, credential)
    assert poll(polled).json == {"status": "CLAIMED", "subject_id": phone.id, "credential": credential}


def test_a_poll_tells_that_a_code_is_not_used_until_the_instant_at_which_it_expires(polled):
    polled.code(external_reference="asha", expires_in=60)
    polled.move(advance="PT59.999S")
    assert poll(polled).json == {"status": "UNCLAIMED", "subject_id": None, "credential": None}
    polled.move(advance="PT0.001S")
    assert poll(polled).json["status"] == "EXPIRED"


def test_a_poll_tells_that_a_code_is_void_or_was_used_although_it_has_expired_since(polled):
    code = polled.code(external_reference="void")
    assert polled.client.delete(f"/tsg/sign_up/{code}", headers={"X-API-Key": "tsg-key"}).status_code == 204
    signed_up(polled)
    polled.move(advance="P1D")
    assert poll(polled, "void").json["status"] == "VOID"
    assert poll(polled).json["status"] == "CLAIMED"


def test_a_poll_is_about_the_latest_code_of_the_reference(polled):
    signed_up(polled)
    polled.code(external_reference="asha")
    assert poll(polled).json["status"] == "UNCLAIMED"


def test_a_poll_finds_no_reference_of_another_service_and_no_unknown_one(polled):
    signed_up(polled)
    for answer in (poll(polled, "nobody"), poll(polled, service_id="other-bank")):
        assert (answer.status_code, answer.json["error"]) == (404, "SIGN_UP_NOT_FOUND")
    assert poll(polled, "").status_code == 400


def test_nobody_polls_but_the_institution(polled):
    body = {"service_id": "bank", "external_reference": "asha"}
    assert polled.client.post("/tsg/poll_sign_up", json=body).status_code == 401
