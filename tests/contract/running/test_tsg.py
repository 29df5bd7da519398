"""The TSG's calls: the institution's, with its API key, and the phones', which are signed."""

import base64
import hashlib
import re

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.world import Request

pytestmark = pytest.mark.thorough


SERVICE_ID = "registration-sandbox"


@pytest.fixture
def institution(wire, chitra):
    """Ask the TSG as the institution."""
    key = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json["SANDBOX_TSG_API_KEY"]

    def ask(method, path, body=None, key=key):
        headers = {"X-API-Key": key} if key else {}
        return chitra.send(Request("tsg", method, path, body, headers=headers))

    return ask


@pytest.fixture
def phone(chitra):
    return chitra.personas["Chitra"]["handsets"][0]


def subject(id, **more):
    return {"service_id": SERVICE_ID, "subject_id": id, **more}


def code_for(institution, **changed):
    body = {"service_id": SERVICE_ID, "external_reference": "ref-1", "expires_in": 600}
    said = institution("POST", "/tsg/sign_up", {**body, **changed})
    assert said.status == 201, said.text
    return said.body


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/tsg/subject_info", subject("0" * 64)),
        ("POST", "/tsg/sign_up", {"service_id": SERVICE_ID, "external_reference": "r"}),
        ("DELETE", "/tsg/sign_up/12345678", None),
        ("POST", "/tsg/poll_sign_up", {"service_id": SERVICE_ID, "external_reference": "r"}),
        ("POST", "/tsg/register", subject("0" * 64)),
        ("POST", "/tsg/unregister", subject("0" * 64)),
        ("POST", "/tsg/revoke", subject("0" * 64)),
        ("GET", f"/tsg/subjects/{'0' * 64}/emcert", None),
    ],
)
def test_the_institutions_calls_want_its_api_key(institution, method, path, body):
    for key in ("", "wrong", "é"):
        said = institution(method, path, body, key=key)
        assert (said.status, said.body["error"]) == (401, "UNAUTHORIZED")
    assert institution(method, path, body).status != 401


def test_a_registered_subject_is_told_and_any_other_is_not_found(institution, chitra, phone):
    jai = chitra.personas["Jai"]["handsets"][0]["emCertID"]
    said = institution("POST", "/tsg/subject_info", subject(jai))
    assert said.status == 200
    assert (said.body["subject_id"], said.body["emCertID"], said.body["registered"]) == (jai, jai, True)
    assert said.body["status"]
    assert said.body["device"].keys() >= {"os", "model"}
    for id in (phone["emCertID"], "0" * 64):
        unknown = institution("POST", "/tsg/subject_info", subject(id))
        assert unknown.status == 404
        assert unknown.body == {"error": "SUBJECT_NOT_FOUND", "error_description": "Device not found on our records"}


@pytest.mark.parametrize(
    ("complexity", "pattern"),
    [
        (None, "[0-9]{8}"),
        ({"length": 6, "charset": "NUMERIC"}, "[0-9]{6}"),
        ({"length": 12, "charset": "ALPHANUMERIC"}, "[0-9A-Za-z]{12}"),
    ],
)
def test_a_sign_up_code_is_issued_as_complex_as_asked(institution, complexity, pattern):
    made = code_for(institution, **({"complexity": complexity} if complexity else {}))
    assert made.keys() >= {"sign_up_code", "qr_payload", "external_reference", "status", "expires_at"}
    assert re.fullmatch(pattern, made["sign_up_code"])
    assert (made["external_reference"], made["status"]) == ("ref-1", "UNCLAIMED")
    assert made["expires_at"] == "2026-01-05T09:10:00Z"
    assert made["sign_up_code"] in made["qr_payload"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"complexity": {"length": 0}}, "complexity.length"), ({"complexity": {"length": 1000}}, "complexity.length"),
     ({"complexity": {"charset": "RUNES"}}, "complexity.charset"), ({"expires_in": 0}, "expires_in")],
)  # fmt: skip
def test_a_code_that_cannot_be_had_is_refused_with_the_field(institution, changed, field):
    said = institution("POST", "/tsg/sign_up", {"service_id": SERVICE_ID, "external_reference": "r", **changed})
    assert (said.status, said.body["field"]) == (400, field)


def test_a_phone_signs_up_with_a_code_and_the_institution_registers_it(chitra, institution, phone):
    code = code_for(institution)["sign_up_code"]
    typed = chitra.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", {"code": code})
    assert (typed.status, typed.body["sent"], typed.body["serviceId"]) == (200, True, SERVICE_ID)
    for _ in range(2):
        said = institution("POST", "/tsg/register", subject(phone["emCertID"]))
        assert said.status == 200
        assert said.body == {"subject_id": phone["emCertID"], "emCertID": phone["emCertID"], "registered": True}
    assert institution("POST", "/tsg/subject_info", subject(phone["emCertID"])).status == 200
    off = institution("POST", "/tsg/unregister", subject(phone["emCertID"], reason="lost"))
    assert off.status == 200
    assert institution("POST", "/tsg/subject_info", subject(phone["emCertID"])).status == 404
    assert institution("POST", "/tsg/revoke", subject(phone["emCertID"], reason="stolen")).status == 200
    revoked = institution("POST", "/tsg/register", subject(phone["emCertID"]))
    assert (revoked.status, revoked.body["error"]) == (409, "SUBJECT_REVOKED")


def test_a_subject_that_never_signed_up_cannot_be_registered(institution, phone):
    for call in ("register", "unregister", "revoke"):
        said = institution("POST", f"/tsg/{call}", subject("0" * 64))
        assert (said.status, said.body["error"]) == (404, "SUBJECT_NOT_FOUND")
    said = institution("POST", "/tsg/register", subject(phone["emCertID"]))
    assert (said.status, said.body["error"]) == (404, "SUBJECT_NOT_FOUND")


def sign_up(world, phone, code):
    return world.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", {"code": code})


def test_a_code_that_is_void_wrong_late_or_used_is_told_apart(chitra, institution, phone):
    void = code_for(institution)["sign_up_code"]
    assert institution("DELETE", f"/tsg/sign_up/{void}").status == 204
    assert institution("DELETE", "/tsg/sign_up/none").status == 404
    for code in (void, "00000000x"):
        said = sign_up(chitra, phone, code)
        assert (said.status, said.body["upstream_code"]) == (404, "SIGN_UP_CODE_INVALID")
        assert said.branches == ["DR-2.3"]
    used = code_for(institution)["sign_up_code"]
    assert sign_up(chitra, phone, used).status == 200
    said = sign_up(chitra, chitra.personas["Jai"]["handsets"][0], used)
    assert (said.status, said.body["upstream_code"], said.branches) == (409, "SIGN_UP_CODE_USED", ["DR-2.5"])
    late = code_for(institution, expires_in=60)["sign_up_code"]
    chitra.advance("PT1M")
    said = sign_up(chitra, phone, late)
    assert (said.status, said.body["upstream_code"], said.branches) == (410, "SIGN_UP_CODE_EXPIRED", ["DR-2.4"])


def test_guessing_is_throttled(chitra, phone):
    said = [sign_up(chitra, phone, f"0000000{number}") for number in range(6)]
    assert [each.status for each in said] == [404] * 5 + [429]
    assert said[-1].body["upstream_code"] == "TOO_MANY_ATTEMPTS"


def test_an_unsigned_sign_up_is_not_taken(chitra):
    said = chitra.ask("tsg", "POST", "/sdk/signup", {"serviceId": SERVICE_ID, "signupCode": "12345678"})
    assert (said.status, said.body["error"], said.branches) == (401, "PROOF_NOT_ACCEPTED", ["DR-2.14"])


def test_an_institution_that_polls_learns_how_a_sign_up_stands(chitra, institution, phone):
    def polled(reference="ref-1"):
        body = {"service_id": SERVICE_ID, "external_reference": reference}
        return institution("POST", "/tsg/poll_sign_up", body)

    code = code_for(institution)["sign_up_code"]
    assert polled().body == {"status": "UNCLAIMED", "subject_id": None, "credential": None}
    typed = {"code": code, "credential": "of the app"}
    assert chitra.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", typed).status == 200
    expected = {"status": "CLAIMED", "subject_id": phone["emCertID"], "credential": "of the app"}
    assert polled().body == expected
    late, void = (code_for(institution, external_reference=name)["sign_up_code"] for name in ("late", "void"))
    assert institution("DELETE", f"/tsg/sign_up/{void}").status == 204
    chitra.advance("PT10M")
    assert [polled(name).body["status"] for name in ("ref-1", "late", "void")] == ["CLAIMED", "EXPIRED", "VOID"]
    assert late != void
    assert polled("unknown").status == 404


def test_the_pushes_of_a_world_are_listed_with_every_try_and_sent_again(chitra, institution, phone):
    code = code_for(institution)["sign_up_code"]
    chitra.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", {"code": code})
    chitra.advance("PT1S")
    (push,) = chitra.client.control("GET", "/pushes")["pushes"]
    assert push.keys() >= {"id", "external_reference", "receiver", "tries", "state"}
    assert (push["external_reference"], push["receiver"], push["state"]) == ("ref-1", "middleware", "pending")
    assert push["tries"] == [{"at": "2026-01-05T09:00:00Z", "status": 404}]
    resent = chitra.ask("orchestrator", "POST", f"/_sandbox/worlds/{chitra.name}/pushes/{push['id']}/resend")
    assert resent.status == 202
    chitra.advance("PT1S")
    (push,) = chitra.client.control("GET", "/pushes")["pushes"]
    assert [each["status"] for each in push["tries"]] == [404, 404]
    unknown = chitra.ask("orchestrator", "POST", f"/_sandbox/worlds/{chitra.name}/pushes/none/resend")
    assert (unknown.status, unknown.body["code"]) == (404, "unknown-push")


def test_an_emcert_is_a_certificate_that_the_ca_signed_over_the_phones_key(chitra, institution):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "phone")])
    from cryptography.hazmat.primitives import hashes

    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    pem = csr.public_bytes(serialization.Encoding.PEM).decode()
    said = chitra.ask("tsg", "POST", "/sdk/emcert", {"csr": pem, "device": {"os": "Android", "model": "Pixel 9"}})
    assert said.status == 201
    assert said.body.keys() == {"emCertID", "certificateChain", "certificateChainDer"}
    leaf, ca = (x509.load_pem_x509_certificate(each.encode()) for each in said.body["certificateChain"])
    assert said.body["emCertID"] == hashlib.sha256(leaf.public_bytes(serialization.Encoding.DER)).hexdigest()
    der = [x509.load_der_x509_certificate(base64.b64decode(each)) for each in said.body["certificateChainDer"]]
    assert der == [leaf, ca]
    assert leaf.public_key() == key.public_key()
    leaf.verify_directly_issued_by(ca)
    ca.verify_directly_issued_by(ca)
    assert institution("GET", f"/tsg/subjects/{said.body['emCertID']}/emcert").body == said.body
    assert institution("GET", f"/tsg/subjects/{'0' * 64}/emcert").status == 404


@pytest.mark.parametrize(
    "csr", ["", "nonsense", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"]
)
def test_what_is_no_signing_request_is_refused(chitra, csr):
    said = chitra.ask("tsg", "POST", "/sdk/emcert", {"csr": csr, "device": {"os": "Android", "model": "Pixel 9"}})
    assert (said.status, said.body["field"]) == (400, "csr")
