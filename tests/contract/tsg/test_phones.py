"""What a phone asks of the TSG through the app SDK."""

import hashlib
import threading
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store

from tests.contract.tsg.rig import NOW, Tsg, csr

DEVICE = {"os": "iOS", "model": "iPhone 17"}


@pytest.fixture
def tsg(tmp_path):
    return Tsg(tmp_path)


def branches(answer):
    return answer.headers.get("Sandbox-Branch")


def test_an_emcert_is_a_certificate_that_the_tsgs_ca_vouches_for(tsg):
    phone = tsg.phone()
    leaf, ca = (x509.load_pem_x509_certificate(pem.encode()) for pem in phone.chain)
    verifier = PolicyBuilder().store(Store([ca])).time(tsg.now()).build_client_verifier()
    assert verifier.verify(leaf, []).chain == [leaf, ca]
    assert leaf.public_key() == phone.key.public_key()
    assert phone.id == hashlib.sha256(leaf.public_bytes(Encoding.DER)).hexdigest()


def test_the_same_world_issues_the_same_emcert(tmp_path):
    request = csr(ec.derive_private_key(5, ec.SECP256R1()))
    worlds = [Tsg(tmp_path / str(n), seed=seed) for n, seed in enumerate((7, 7, 8))]
    made = [w.client.post("/sdk/emcert", json={"csr": request, "device": DEVICE}).json for w in worlds]
    assert made[0] == made[1]
    assert made[0]["emCertID"] != made[2]["emCertID"]


def test_two_emcerts_over_one_key_are_two_subjects(tsg):
    request = csr(ec.derive_private_key(5, ec.SECP256R1()))
    ids = {tsg.client.post("/sdk/emcert", json={"csr": request, "device": DEVICE}).json["emCertID"] for _ in range(2)}
    assert len(ids) == 2


def forged(request):
    lines = request.splitlines()
    lines[-3] = lines[-3][:8] + ("A" if lines[-3][8] != "A" else "B") + lines[-3][9:]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "request_",
    ["", "nothing", csr(ec.generate_private_key(ec.SECP384R1())), forged(csr(ec.generate_private_key(ec.SECP256R1())))],
    ids=["empty", "no PEM", "another curve", "not signed by its key"],
)
def test_a_bad_signing_request_gets_no_emcert(tsg, request_):
    answer = tsg.client.post("/sdk/emcert", json={"csr": request_, "device": DEVICE})
    assert (answer.status_code, answer.json["error"], answer.json["field"]) == (400, "INVALID_CSR", "csr")


def test_a_right_code_is_taken_once_and_the_phone_has_signed_up(tsg):
    code, phone, other = tsg.code(), tsg.phone(), tsg.phone()
    answer = phone.sign_up(code)
    assert (answer.status_code, answer.json) == (202, {"sent": True, "serviceId": "bank"})
    assert tsg.people()["subjects"][0] == {"subject_id": phone.id, "state": "signed_up"}
    second = other.sign_up(code)
    assert (second.status_code, second.json["error"]) == (409, "SIGN_UP_CODE_USED")
    assert branches(second) == "DR-2.5"
    assert len(tsg.people()["pushes"]) == 1


def test_a_sign_up_takes_no_registration_away(tsg):
    phone = tsg.phone()
    tsg.place(phone, "registered")
    assert phone.sign_up(tsg.code()).status_code == 202
    assert tsg.people()["subjects"][0]["state"] == "registered"


def test_of_parallel_claims_of_one_code_exactly_one_wins(tsg):
    code = tsg.code()
    phones = [tsg.phone() for _ in range(6)]
    statuses = []
    begin = threading.Barrier(len(phones))

    def claim(phone):
        body = phone.body(code)
        headers = phone.headers(body)
        begin.wait()
        answer = tsg.app.test_client().post(
            "/sdk/signup", data=body, headers=headers, content_type="application/json"
        )  # fmt: skip
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=claim, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [202] + [409] * 5
    assert len(tsg.people()["pushes"]) == 1


def test_a_wrong_code_is_refused_and_nothing_is_pushed(tsg):
    answer = tsg.phone().sign_up("00000000")
    assert (answer.status_code, answer.json["error"], branches(answer)) == (404, "SIGN_UP_CODE_INVALID", "DR-2.3")
    assert tsg.people()["pushes"] == []


def test_a_code_of_another_service_is_as_wrong_as_any(tsg):
    code = tsg.code()
    answer = tsg.phone().sign_up(code, "other-bank")
    assert answer.json == tsg.phone().sign_up("00000000").json
    assert tsg.phone().sign_up(code).status_code == 202


def test_a_code_expires_in_the_worlds_time(tsg):
    code = tsg.code(expires_in=60)
    tsg.move(advance="PT59.999S")
    early = tsg.code()
    assert tsg.phone().sign_up(early).status_code == 202
    tsg.move(advance="PT0.001S")
    answer = tsg.phone().sign_up(code)
    assert (answer.status_code, answer.json["error"], branches(answer)) == (410, "SIGN_UP_CODE_EXPIRED", "DR-2.4")


def test_guessing_is_throttled_by_phone_even_for_the_right_code(tsg):
    code, phone = tsg.code(expires_in=3600), tsg.phone()
    for _ in range(5):
        assert phone.sign_up("00000000").status_code == 404
        tsg.move(advance="PT1M")
    answer = phone.sign_up(code)
    assert (answer.status_code, answer.json["error"], branches(answer)) == (429, "TOO_MANY_ATTEMPTS", "DR-2.3")
    assert answer.headers["Retry-After"] == "600"
    assert tsg.phone().sign_up("11111111").status_code == 404
    tsg.move(advance="PT9M59.999S")
    assert phone.sign_up(code).status_code == 429
    tsg.move(advance="PT0.001S")
    assert phone.sign_up(code).status_code == 202


def test_the_last_guess_that_is_allowed_may_be_the_right_code(tsg):
    code, phone = tsg.code(), tsg.phone()
    assert [phone.sign_up("00000000").status_code for _ in range(4)] == [404] * 4
    assert phone.sign_up(code).status_code == 202


@pytest.mark.parametrize("reason", ["expired", "used", "revoked"])
def test_a_code_that_was_right_once_is_no_guess(tmp_path, reason):
    tsg = Tsg(tmp_path, policies={"guesses": {"per_phone": 1, "per_service": 1}})
    code, phone = tsg.code(expires_in=60), tsg.phone()
    if reason == "used":
        assert tsg.phone().sign_up(code).status_code == 202
    elif reason == "expired":
        tsg.move(advance="PT60S")
    else:
        tsg.place(phone, "revoked")
    refused = {"expired": "SIGN_UP_CODE_EXPIRED", "used": "SIGN_UP_CODE_USED", "revoked": "SUBJECT_REVOKED"}
    assert [phone.sign_up(code).json["error"] for _ in range(2)] == [refused[reason]] * 2
    if reason == "revoked":
        assert tsg.phone().sign_up(code).status_code == 202
    else:
        assert phone.sign_up(tsg.code()).status_code == 202


def test_guessing_is_throttled_by_service_over_all_phones(tmp_path):
    tsg = Tsg(tmp_path, policies={"guesses": {"per_service": 3}})
    code = tsg.code()
    for _ in range(2):
        tsg.phone().sign_up("00000000")
    assert tsg.phone().sign_up(code).status_code == 202
    tsg.phone().sign_up("00000000")
    assert tsg.phone().sign_up(tsg.code()).status_code == 429
    assert tsg.phone().sign_up(code, "other-bank").status_code == 404
    tsg.move(advance="PT15M")
    assert tsg.phone().sign_up(tsg.code()).status_code == 202


@pytest.mark.parametrize(("gap", "status"), [(-300, 202), (300, 202), (-301, 401), (301, 401)])
def test_a_signature_is_fresh_for_five_minutes_either_way(tsg, gap, status):
    phone = tsg.phone()
    body = phone.body(tsg.code())
    answer = phone.send(body, phone.headers(body, now=tsg.now() + timedelta(seconds=gap)))
    assert answer.status_code == status
    assert branches(answer) == (None if status == 202 else "DR-2.14")


def another_key(phone, body):
    return body, phone.headers(body, key=ec.generate_private_key(ec.SECP256R1()))


def another_subject(phone, body):
    return body, phone.headers(body, key_id=phone.tsg.phone().id)


def unknown_subject(phone, body):
    return body, phone.headers(body, key_id="0" * 64)


def altered_body(phone, body):
    return body + b" ", phone.headers(body)


def altered_body_with_its_digest(phone, body):
    altered = body + b" "
    return altered, phone.headers(body) | {"Content-Digest": phone.headers(altered)["Content-Digest"]}


def another_path(phone, body):
    return body, phone.headers(body, path="/sdk/status")


def another_method(phone, body):
    return body, phone.headers(body, method="PUT")


def unsigned(phone, body):
    return body, {}


def without_signature(phone, body):
    headers = phone.headers(body)
    del headers["Signature"]
    return body, headers


def fewer_components(phone, body):
    headers = phone.headers(body)
    return body, headers | {"Signature-Input": headers["Signature-Input"].replace(' "content-digest"', "")}


def without_nonce(phone, body):
    headers = phone.headers(body, nonce="x")
    return body, headers | {"Signature-Input": headers["Signature-Input"].replace(';nonce="x"', "")}


def empty_nonce(phone, body):
    return body, phone.headers(body, nonce="")


@pytest.mark.parametrize(
    "mistake",
    [
        another_key, another_subject, unknown_subject, altered_body, altered_body_with_its_digest, another_path,
        another_method, unsigned, without_signature, fewer_components, without_nonce, empty_nonce,
    ],
)  # fmt: skip
def test_a_request_that_the_phone_did_not_sign_as_it_came_is_refused(tsg, mistake):
    phone, code = tsg.phone(), tsg.code()
    answer = phone.send(*mistake(phone, phone.body(code)))
    assert (answer.status_code, answer.json["error"]) == (401, "PROOF_NOT_ACCEPTED")
    assert branches(answer) == "DR-2.14"
    assert tsg.pushes() == []
    assert phone.sign_up(code).status_code == 202


def test_a_proof_that_is_not_accepted_is_no_guess(tmp_path):
    tsg = Tsg(tmp_path, policies={"guesses": {"per_phone": 1, "per_service": 1}})
    phone, code = tsg.phone(), tsg.code()
    for _ in range(3):
        assert phone.send(*another_key(phone, phone.body("00000000"))).status_code == 401
    assert phone.sign_up(code).status_code == 202


def test_the_journal_says_which_proof_failed_and_the_answer_does_not(tsg):
    phone, code = tsg.phone(), tsg.code()
    answers = [phone.send(*mistake(phone, phone.body(code))) for mistake in (another_key, unknown_subject, unsigned)]
    assert len({answer.data for answer in answers}) == 1
    decisions = [entry["decisions"][0] for entry in tsg.journal("/sdk/signup")]
    assert {made["rule"] for made in decisions} == {"phone.proof"}
    assert len({made["facts"]["problem"] for made in decisions}) == 3


@pytest.mark.parametrize("created", ["9" * 5000, "9" * 16, "-1", "1.5", "", "²", "١٢"])
def test_a_signature_whose_time_is_no_number_of_seconds_is_refused(tsg, created):
    phone = tsg.phone()
    body = phone.body(tsg.code())
    headers = phone.headers(body)
    stamp = f"created={int(tsg.now().timestamp())}"
    wrong = headers["Signature-Input"].replace(stamp, f"created={created}")
    answer = phone.send(body, headers | {"Signature-Input": wrong.encode("utf-8").decode("latin-1")})
    assert (answer.status_code, answer.json["error"]) == (401, "PROOF_NOT_ACCEPTED")


def test_a_signed_request_counts_once(tsg):
    phone = tsg.phone()
    body = phone.body("00000000")
    headers = phone.headers(body)
    assert [phone.send(body, headers).status_code for _ in range(2)] == [404, 401]


def test_a_nonce_is_its_phones_own(tsg):
    first, second = tsg.phone(), tsg.phone()
    body = first.body("00000000")
    assert [phone.send(body, phone.headers(body, nonce="n")).status_code for phone in (first, second)] == [404, 404]
    other = first.body("00000001")
    assert first.send(other, first.headers(other, nonce="n")).status_code == 401


@pytest.mark.parametrize(("instant", "status"), [("2026-01-06T00:00:00Z", 202), ("2026-01-06T00:00:00.001Z", 401)])
def test_an_emcert_signs_until_the_end_of_its_lifetime_and_no_longer(tmp_path, instant, status):
    tsg = Tsg(tmp_path, policies={"emcert": {"lifetime": "P1D"}})
    phone = tsg.phone()
    tsg.move(set=instant)
    answer = phone.sign_up(tsg.code())
    assert answer.status_code == status
    assert branches(answer) == (None if status == 202 else "DR-2.14")


def test_an_emcert_of_another_world_proves_nothing(tmp_path):
    tsg, other = Tsg(tmp_path / "one"), Tsg(tmp_path / "other", seed=8)
    phone = other.phone()
    body = phone.body(tsg.code())
    phone.tsg = tsg
    answer = phone.send(body, phone.headers(body))
    assert (answer.status_code, branches(answer)) == (401, "DR-2.14")


def test_the_world_may_stand_in_the_signed_path(tsg):
    phone = tsg.phone()
    body = phone.body(tsg.code())
    path = "/w/default/sdk/signup"
    answer = tsg.client.post(
        path, data=body, headers=phone.headers(body, path=path), content_type="application/json"
    )  # fmt: skip
    assert answer.status_code == 202


def test_a_phone_is_told_its_own_status(tsg):
    phone = tsg.phone()
    tsg.place(phone, "registered")
    headers = phone.headers(b"", method="GET", path="/sdk/status")
    answer = tsg.client.get("/sdk/status", headers=headers)
    assert answer.json == {"subjectId": phone.id, "status": "registered", "registered": True}
    assert tsg.client.get("/sdk/status", headers=headers).status_code == 401
    assert tsg.client.get("/sdk/status").status_code == 401


def test_an_emcert_is_issued_whatever_the_worlds_time(tmp_path):
    for number, year in enumerate((1970, 2049, 2051, 8999)):
        tsg = Tsg(tmp_path / str(number), clock={"set": NOW.replace("2026", str(year)), "frozen": True})
        assert tsg.phone().sign_up(tsg.code()).status_code == 202
