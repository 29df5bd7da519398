"""HTTP Message Signatures of the phones."""

import base64
import gc
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from simulators.kit.wire.phone_signatures import (
    BadSignature,
    SignedRequest,
    check,
    claim_of,
    content_digest,
    sign,
)

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
KEY = ec.derive_private_key(7, ec.SECP256R1())
BODY = b'{"hello": "world"}'


def headers(**changes):
    given = {"key": KEY, "key_id": "phone", "method": "POST", "path": "/sdk/signup", "body": BODY, "now": NOW}
    return sign(**(given | {"nonce": "n"} | changes))


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


def test_the_headers_have_one_form():
    sent = headers(now=NOW + timedelta(microseconds=999_999))
    assert sent.keys() == {"Content-Digest", "Signature-Input", "Signature"}
    assert sent["Signature-Input"] == (
        'sig1=("@method" "@path" "content-digest");created=1767603600;nonce="n";keyid="phone";alg="ecdsa-p256-sha256"'
    )
    assert sent["Signature"].startswith("sig1=:")


def test_the_same_request_gets_the_same_signature():
    assert headers() == headers()
    assert headers(nonce="other") != headers()


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_signature_is_accepted_for_five_minutes(seconds):
    accept(request(headers()), NOW + timedelta(seconds=seconds))


def signed_by_hand(digest):
    """Return a request with all that may be ordered otherwise, signed over ``digest`` as it stands."""
    parameters = (
        '("content-digest" "@path" "@method");alg="ecdsa-p256-sha256";keyid="phone";nonce="n";'
        f"created={int(NOW.timestamp())}"
    )
    base = (
        f'"content-digest": {digest.strip()}\n"@path": /sdk/signup\n"@method": POST\n"@signature-params": {parameters}'
    )
    r, s = utils.decode_dss_signature(KEY.sign(base.encode(), ec.ECDSA(SHA256())))
    raw = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
    return SignedRequest("POST", "/sdk/signup", BODY, digest, f" phone={parameters} ", f"other=:AAAA:, phone=:{raw}:")


@pytest.mark.parametrize(
    "digest", [content_digest(BODY), f" {content_digest(BODY)} ", f"sha-512=:AAAA:,{content_digest(BODY)}"]
)
def test_components_parameters_and_members_may_come_in_another_order(digest):
    accept(signed_by_hand(digest))


@pytest.mark.parametrize("digest", [content_digest(BODY)[:-1] + "=:", content_digest(BODY)[:-2] + ":"])
def test_a_digest_that_is_not_in_strict_base64_is_none(digest):
    with pytest.raises(BadSignature, match=r"^its body is not the one that was signed$"):
        accept(signed_by_hand(digest))


NO_INPUT = "it has no Signature-Input that can be read"
NO_SIGNATURE = "it has no Signature of 64 bytes"
OTHER_BODY = "its body is not the one that was signed"
OTHER_KEY = "the key of its keyid did not sign it"
OTHER_PARAMETERS = "its parameters are not created, nonce, keyid and alg"
OTHER_COMPONENTS = "it does not cover exactly @method, @path, content-digest"


def refusal_of(received, now=NOW):
    with pytest.raises(BadSignature) as refused:
        accept(received, now)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": b"other"}, OTHER_BODY),
        ({"method": "PUT"}, OTHER_KEY),
        ({"path": "/sdk/status"}, OTHER_KEY),
        ({"content_digest": ""}, OTHER_BODY),
        ({"content_digest": content_digest(b"other")}, OTHER_BODY),
        ({"content_digest": content_digest(BODY) + ","}, OTHER_KEY),
        ({"signature_input": ""}, NO_INPUT),
        ({"signature_input": "sig1=()"}, OTHER_PARAMETERS),
        ({"signature": ""}, NO_SIGNATURE),
        ({"signature": "sig1=:AAAA:"}, NO_SIGNATURE),
        ({"signature": "sig1=:" + base64.b64encode(bytes(65)).decode() + ":"}, NO_SIGNATURE),
        ({"signature": "sig1=:" + base64.b64encode(bytes(64)).decode() + ":"}, OTHER_KEY),
        ({"signature": headers()["Signature"].replace("sig1", "sig2")}, NO_SIGNATURE),
        ({"signature": headers()["Signature"].replace("sig1", "xsig1")}, NO_SIGNATURE),
    ],
)
def test_a_request_that_differs_from_the_signed_one_is_refused(change, reason):
    assert refusal_of(request(headers(), **change)) == reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('alg="ecdsa-p256-sha256"', 'alg="hmac-sha256"', "its alg is not ecdsa-p256-sha256"),
        (';nonce="n"', "", OTHER_PARAMETERS),
        (';keyid="phone"', "", OTHER_PARAMETERS),
        (';nonce="n"', ';nonce="n";expires=1', OTHER_PARAMETERS),
        (f"created={int(NOW.timestamp())}", 'created="soon"', OTHER_PARAMETERS),
        (f"created={int(NOW.timestamp())}", f'created="{"9" * 400}"', OTHER_PARAMETERS),
        (f"created={int(NOW.timestamp())}", f'created="{"9" * 5000}"', OTHER_PARAMETERS),
        ("created=1", 'created="1', NO_INPUT),
        (' "content-digest"', "", OTHER_COMPONENTS),
        (' "content-digest"', ' "content-digest" "date"', OTHER_COMPONENTS),
        ('"@path"', '"@path" "@path"', OTHER_COMPONENTS),
    ],
)
def test_a_signature_of_another_form_is_refused(old, new, reason):
    sent = headers()
    assert old in sent["Signature-Input"]
    assert refusal_of(request(sent, signature_input=sent["Signature-Input"].replace(old, new))) == reason


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_signature_that_is_not_fresh_is_refused(seconds):
    assert refusal_of(request(headers()), NOW + timedelta(seconds=seconds)) == (
        "it was created more than five minutes away"
    )


def test_another_keys_signature_is_refused():
    assert refusal_of(request(headers(key=ec.derive_private_key(8, ec.SECP256R1())))) == OTHER_KEY


def test_labels_are_not_remembered():
    sent = headers()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(20):
            label = f"a{number}{'b' * 60_000}"
            given = sent["Signature-Input"].replace("sig1", label)
            assert refusal_of(request(sent, signature_input=given)) == NO_SIGNATURE
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] - before < 600_000
    finally:
        tracemalloc.stop()
