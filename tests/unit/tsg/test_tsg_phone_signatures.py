"""HTTP Message Signatures of the phones."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from simulators.kit.phone_signatures import (
    BadSignature,
    SignedRequest,
    check,
    claim_of,
    content_digest,
    signed,
)

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
KEY = ec.derive_private_key(7, ec.SECP256R1())
BODY = b'{"hello": "world"}'


def headers(**changes):
    given = {"key": KEY, "key_id": "phone", "method": "POST", "path": "/sdk/signup", "body": BODY, "now": NOW}
    return signed(**(given | {"nonce": "n"} | changes))


def request(sent, **changes):
    digest, given, signature = (sent[name] for name in ("Content-Digest", "Signature-Input", "Signature"))
    return replace(SignedRequest("POST", "/sdk/signup", BODY, digest, given, signature), **changes)


def accept(received, now=NOW):
    check(claim_of(received), received, KEY.public_key(), now)


def test_the_digest_is_that_of_rfc_9530():
    assert content_digest(BODY) == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"


def test_a_signature_tells_its_key_its_nonce_and_its_time():
    claim = claim_of(request(headers()))
    assert (claim.key_id, claim.nonce, claim.created) == ("phone", "n", int(NOW.timestamp()))


def test_the_signature_is_raw_ecdsa_over_the_signature_base():
    sent = headers()
    parameters = sent["Signature-Input"].removeprefix("sig1=")
    base = (
        '"@method": POST\n'
        '"@path": /sdk/signup\n'
        f'"content-digest": {content_digest(BODY)}\n'
        f'"@signature-params": {parameters}'
    )
    raw = base64.b64decode(sent["Signature"].removeprefix("sig1=:").removesuffix(":"))
    assert len(raw) == 64
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    KEY.public_key().verify(utils.encode_dss_signature(r, s), base.encode(), ec.ECDSA(SHA256()))


def test_the_same_request_gets_the_same_signature():
    assert headers() == headers()
    assert headers(nonce="other") != headers()


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_signature_is_accepted_for_five_minutes(seconds):
    accept(request(headers()), NOW + timedelta(seconds=seconds))


def test_components_and_parameters_may_come_in_another_order():
    parameters = (
        '("content-digest" "@path" "@method");alg="ecdsa-p256-sha256";keyid="phone";nonce="n";'
        f"created={int(NOW.timestamp())}"
    )
    digest = content_digest(BODY)
    base = f'"content-digest": {digest}\n"@path": /sdk/signup\n"@method": POST\n"@signature-params": {parameters}'
    r, s = utils.decode_dss_signature(KEY.sign(base.encode(), ec.ECDSA(SHA256())))
    raw = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
    accept(SignedRequest("POST", "/sdk/signup", BODY, digest, f"phone={parameters}", f"phone=:{raw}:"))


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"other"},
        {"method": "PUT"},
        {"path": "/sdk/status"},
        {"content_digest": ""},
        {"content_digest": content_digest(b"other")},
        {"signature_input": ""},
        {"signature_input": "sig1=()"},
        {"signature": ""},
        {"signature": "sig1=:AAAA:"},
        {"signature": "sig1=:" + base64.b64encode(bytes(64)).decode() + ":"},
        {"signature": headers()["Signature"].replace("sig1", "sig2")},
    ],
)
def test_a_request_that_differs_from_the_signed_one_is_refused(change):
    with pytest.raises(BadSignature):
        accept(request(headers(), **change))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('alg="ecdsa-p256-sha256"', 'alg="hmac-sha256"'),
        (';nonce="n"', ""),
        (';keyid="phone"', ""),
        (';nonce="n"', ';nonce="n";expires=1'),
        ("created=1", 'created="1'),
        (' "content-digest"', ""),
        (' "content-digest"', ' "content-digest" "date"'),
        ('"@path"', '"@path" "@path"'),
    ],
)
def test_a_signature_of_another_form_is_refused(old, new):
    sent = headers()
    assert old in sent["Signature-Input"]
    with pytest.raises(BadSignature):
        accept(request(sent, signature_input=sent["Signature-Input"].replace(old, new)))


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_signature_that_is_not_fresh_is_refused(seconds):
    with pytest.raises(BadSignature, match="five minutes"):
        accept(request(headers()), NOW + timedelta(seconds=seconds))


def test_another_keys_signature_is_refused():
    with pytest.raises(BadSignature, match="did not sign"):
        accept(request(headers(key=ec.derive_private_key(8, ec.SECP256R1()))))
