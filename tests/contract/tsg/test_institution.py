"""What an institution asks of the TSG."""

import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.contract.tsg.rig import KEY, Tsg


@pytest.fixture
def tsg(tmp_path):
    return Tsg(tmp_path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/tsg/subject_info"),
        ("POST", "/tsg/sign_up"),
        ("DELETE", "/tsg/sign_up/12345678"),
        ("POST", "/tsg/register"),
        ("POST", "/tsg/unregister"),
        ("POST", "/tsg/revoke"),
        ("GET", "/tsg/subjects/x/emcert"),
    ],
)
def test_nobody_without_the_api_key_is_told_or_given_anything(tsg, method, path):
    body = {"service_id": "bank", "subject_id": "x"}
    for headers in ({}, {"X-API-Key": "other"}, {"Authorization": "Bearer other"}):
        answer = tsg.client.open(path, method=method, json=body, headers=headers)
        assert (answer.status_code, answer.json["error"]) == (401, "UNAUTHORIZED")


def test_the_api_key_may_come_as_a_bearer_token(tsg):
    answer = tsg.client.post("/tsg/sign_up", json={"service_id": "b"}, headers={"Authorization": f"Bearer {KEY}"})
    assert answer.status_code == 201


def test_an_error_has_the_tsgs_shape_and_names_the_field(tsg):
    answer = tsg.ask("/tsg/subject_info", service_id="")
    assert answer.status_code == 400
    assert answer.json["error"] == "VALIDATION_FAILED"
    assert set(answer.json) == {"error", "error_description", "field"}
    assert tsg.ask("/tsg/nothing").json["error"] == "NOT_FOUND"


def test_a_device_that_is_not_registered_is_not_found_whatever_else_is_known_of_it(tsg):
    certified, signed_up, revoked, unregistered = (tsg.phone() for _ in range(4))
    tsg.place(signed_up, "signed_up")
    tsg.place(revoked, "revoked")
    tsg.place(unregistered, "registered")
    assert tsg.ask("/tsg/unregister", subject_id=unregistered.id).json["registered"] is False
    for id in ("unknown", certified.id, signed_up.id, revoked.id, unregistered.id):
        answer = tsg.ask("/tsg/subject_info", subject_id=id)
        assert answer.status_code == 404
        assert answer.json == {
            "error": "SUBJECT_NOT_FOUND",
            "error_description": "Device not found on our records",
        }
    states = [entry["decisions"][0]["facts"]["state"] for entry in tsg.journal("/tsg/subject_info")]
    assert states == ["unknown", "certified", "signed_up", "revoked", "signed_up"]


def test_a_registered_device_is_told_with_its_emcert_id(tsg):
    phone = tsg.phone()
    tsg.place(phone, "registered")
    assert tsg.ask("/tsg/subject_info", subject_id=phone.id).json == {
        "subject_id": phone.id,
        "emCertID": phone.id,
        "registered": True,
        "status": "registered",
        "device": {"os": "Android", "model": "P9"},
    }


def test_registering_needs_a_sign_up_and_may_be_repeated(tsg):
    phone = tsg.phone()
    assert tsg.ask("/tsg/register", subject_id="unknown").status_code == 404
    assert tsg.ask("/tsg/register", subject_id=phone.id).json["error"] == "SUBJECT_NOT_FOUND"
    assert phone.sign_up(tsg.code()).status_code == 202
    answers = [tsg.ask("/tsg/register", subject_id=phone.id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json == answers[1].json == {"subject_id": phone.id, "emCertID": phone.id, "registered": True}


def test_revocation_is_final(tsg):
    phone = tsg.phone()
    tsg.place(phone, "registered")
    for _ in range(2):
        answer = tsg.ask("/tsg/revoke", subject_id=phone.id, reason="stolen")
        assert answer.json == {"subject_id": phone.id, "status": "revoked"}
    for path in ("/tsg/register", "/tsg/unregister"):
        assert (tsg.ask(path, subject_id=phone.id).status_code) == 409
    refused = phone.sign_up(tsg.code())
    assert (refused.status_code, refused.json["error"]) == (409, "SUBJECT_REVOKED")


def test_an_unregistered_device_can_be_registered_again(tsg):
    phone = tsg.phone()
    tsg.place(phone, "registered")
    tsg.ask("/tsg/unregister", subject_id=phone.id)
    assert tsg.ask("/tsg/register", subject_id=phone.id).status_code == 200
    assert tsg.ask("/tsg/subject_info", subject_id=phone.id).status_code == 200


def test_a_sign_up_code_has_the_form_and_the_lifetime_that_were_asked_for(tsg):
    asked = {"external_reference": "asha", "complexity": {"length": 12, "charset": "ALPHANUMERIC"}, "expires_in": 90}
    answer = tsg.ask("/tsg/sign_up", **asked).json
    code = answer["sign_up_code"]
    assert len(code) == 12
    assert not set(code) & set("01IO")
    assert answer == {
        "sign_up_code": code,
        "qr_payload": f"transakt://sign-up?serviceId=bank&code={code}",
        "external_reference": "asha",
        "status": "UNCLAIMED",
        "expires_at": "2026-01-05T09:01:30Z",
        "completion": "push",
    }


def test_a_sign_up_code_asked_for_without_more_is_eight_digits_for_ten_minutes(tsg):
    answer = tsg.ask("/tsg/sign_up").json
    assert len(answer["sign_up_code"]) == 8
    assert answer["sign_up_code"].isdigit()
    assert answer["expires_at"] == "2026-01-05T09:10:00Z"


@pytest.mark.parametrize("length", [3, 33, 0, -1])
def test_a_length_out_of_bounds_is_refused_by_its_field(tsg, length):
    answer = tsg.ask("/tsg/sign_up", complexity={"length": length})
    assert (answer.status_code, answer.json["field"]) == (400, "complexity.length")


def test_no_two_live_codes_are_the_same(tmp_path):
    tsg = Tsg(tmp_path, policies={"sign_up_code": {"min_length": 1, "length": 1}})
    codes = [tsg.code() for _ in range(8)]
    assert len(set(codes)) == 8
    tsg.move(advance="PT10M")
    assert tsg.ask("/tsg/sign_up").status_code == 201


def test_codes_that_are_nearly_all_in_use_run_out_rather_than_repeat(tmp_path):
    tsg = Tsg(tmp_path, policies={"sign_up_code": {"min_length": 1, "length": 1}})
    answers = [tsg.ask("/tsg/sign_up") for _ in range(11)]
    issued = [answer.json["sign_up_code"] for answer in answers if answer.status_code == 201]
    assert len(issued) == len(set(issued))
    assert answers[-1].json["error"] == "NO_CODE_AVAILABLE"


def test_the_same_world_gives_the_same_codes_and_another_seed_others(tmp_path):
    one, again, other = (Tsg(tmp_path / str(n), seed=seed) for n, seed in enumerate((7, 7, 8)))
    assert one.code() == again.code() != other.code()


def test_a_voided_code_is_invalid_and_can_be_voided_again(tsg):
    code = tsg.code()
    for _ in range(2):
        assert tsg.client.delete(f"/tsg/sign_up/{code}", headers={"X-API-Key": KEY}).status_code == 204
    answer = tsg.phone().sign_up(code)
    assert (answer.status_code, answer.json["error"]) == (404, "SIGN_UP_CODE_INVALID")
    assert answer.headers["Sandbox-Branch"] == "DR-2.3"
    assert tsg.client.delete("/tsg/sign_up/none", headers={"X-API-Key": KEY}).status_code == 404


def test_voiding_a_used_code_leaves_it_used(tsg):
    code = tsg.code()
    tsg.phone().sign_up(code)
    assert tsg.client.delete(f"/tsg/sign_up/{code}", headers={"X-API-Key": KEY}).status_code == 204
    assert tsg.phone().sign_up(code).json["error"] == "SIGN_UP_CODE_USED"


def test_the_emcert_is_handed_out_with_its_chain(tsg):
    phone = tsg.phone()
    answer = tsg.client.get(f"/tsg/subjects/{phone.id}/emcert", headers={"X-API-Key": KEY})
    der = [base64.b64encode(x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)).decode()
           for pem in phone.chain]  # fmt: skip
    assert answer.json == {"emCertID": phone.id, "certificateChain": phone.chain, "certificateChainDer": der}
    unknown = tsg.client.get("/tsg/subjects/none/emcert", headers={"X-API-Key": KEY})
    assert unknown.json["error"] == "SUBJECT_NOT_FOUND"


def test_states_are_put_in_place_for_all_subjects_or_none(tsg):
    phone = tsg.phone()
    places = [{"subject_id": phone.id, "state": "registered"}, {"subject_id": "unknown", "state": "registered"}]
    answer = tsg.client.post("/_sandbox/worlds/default/subjects", json={"subjects": places})
    assert (answer.status_code, answer.json["code"]) == (404, "unknown-subject")
    assert tsg.people()["subjects"] == [{"subject_id": phone.id, "state": "certified"}]


def test_no_sign_up_code_is_in_the_journal(tsg):
    code = tsg.code()
    tsg.phone().sign_up(code)
    assert code not in str(tsg.journal("/tsg/sign_up")) + str(tsg.journal("/sdk/signup"))
