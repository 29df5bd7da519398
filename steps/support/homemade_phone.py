"""A phone that a tester has made: it has a key and a certificate of its own, and signs as the tester wants."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from registration_sandbox.drivers.wire import Reply
from simulators.kit.clock import wall_now
from steps.support.bank import Bank
from steps.support.others import SERVICE_ID

SIGN_UP = "/sdk/signup"
METHOD, PATH, BODY = "@method", "@path", "content-digest"
EVERYTHING = (METHOD, PATH, BODY)
WRONG_CODE = "00000000"
"""A sign-up code that TSG has given nobody: a phone that it believes is told that the code is wrong."""

P256_KEY, P384_KEY = (ec.derive_private_key(17, curve) for curve in (ec.SECP256R1(), ec.SECP384R1()))
"""Keys that are the same in every run."""


@dataclass(frozen=True)
class Manner:
    """How a phone signs what it sends: which parts of it, which path, and by a clock that is off by how much."""

    parts: tuple[str, ...] = EVERYTHING
    in_address: bool = False
    signed_path: str = "{prefix}{path}"
    clock_error: timedelta = timedelta()


MANNERS: Mapping[str, Manner] = {
    "as it should be": Manner(),
    "without its method": Manner(parts=(PATH, BODY)),
    "without its address": Manner(parts=(METHOD, BODY)),
    "without its body": Manner(parts=(METHOD, PATH)),
    "with its world in the address": Manner(in_address=True),
    "as if its world were not in the address": Manner(in_address=True, signed_path="{path}"),
    "by a clock that is 300 seconds fast": Manner(clock_error=timedelta(seconds=300)),
    "by a clock that is 300 seconds slow": Manner(clock_error=timedelta(seconds=-300)),
}


def _request_for(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a request for a certificate over a key (PKCS #10), signed by that key, in DER."""
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .sign(key, SHA256())
        .public_bytes(Encoding.DER)
    )


def _in_pem(der: bytes) -> str:
    return x509.load_der_x509_csr(der).public_bytes(Encoding.PEM).decode()


def _signed_by_another(der: bytes) -> bytes:
    """Return a request whose signature is no longer that of its key: its last byte is another."""
    return der[:-1] + bytes([der[-1] ^ 1])


CERTIFICATE_REQUESTS: Mapping[str, bytes] = {
    "its own key": _request_for(P256_KEY),
    "a key that it does not have": _signed_by_another(_request_for(P256_KEY)),
    "a key of another kind": _request_for(P384_KEY),
}
"""What a phone asks TSG to certify."""


def request_certificate(bank: Bank, request: bytes) -> Reply:
    """Ask TSG to certify a key."""
    bank.open()
    form = {"csr": _in_pem(request), "device": {"os": "Android", "model": "Homemade"}}
    return bank.wire.ask("tsg", "POST", "/sdk/emcert", form)


@dataclass
class HomemadePhone:
    """A phone with a certificate of TSG's; ``sent`` is what it sent last, so that it can be sent again."""

    bank: Bank
    em_cert_id: str
    sent: Mapping[str, Any]

    @classmethod
    def make(cls, bank: Bank) -> "HomemadePhone":
        reply = request_certificate(bank, CERTIFICATE_REQUESTS["its own key"])
        assert not reply.refused, f"the phone got no certificate: {reply}"
        return cls(bank, reply.body["emCertID"], {})

    def send_code(self, manner: Manner) -> Reply:
        """Send TSG a wrong sign-up code, signed in some manner."""
        body = json.dumps({"serviceId": SERVICE_ID, "signupCode": WRONG_CODE}).encode()
        prefix = f"/w/{self.bank.id}" if manner.in_address else ""
        headers = {"Content-Type": "application/json", **self._sign(manner, prefix, body)}
        self.sent = {"path": prefix + SIGN_UP, "data": body, "headers": headers}
        return self.send_again()

    def send_again(self) -> Reply:
        """Send once more what was sent last, as somebody would who has recorded it."""
        return self.bank.wire.ask("tsg", "POST", **self.sent)

    def _sign(self, manner: Manner, prefix: str, body: bytes) -> dict[str, str]:
        """Return the headers of a signature (RFC 9421) over the parts of the request that are to be signed."""
        digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        now = (self.bank.clock.shown() or wall_now()) + manner.clock_error
        covered = " ".join(f'"{part}"' for part in manner.parts)
        created = int(now.timestamp())
        what = f'({covered});created={created};nonce="n-17";keyid="{self.em_cert_id}";alg="ecdsa-p256-sha256"'
        path = urlsplit(self.bank.wire.urls["tsg"]).path + manner.signed_path.format(prefix=prefix, path=SIGN_UP)
        values = {METHOD: "POST", PATH: path, BODY: digest}
        lines = [*(f'"{part}": {values[part]}' for part in manner.parts), f'"@signature-params": {what}']
        r, s = utils.decode_dss_signature(P256_KEY.sign("\n".join(lines).encode(), ec.ECDSA(SHA256())))
        raw = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
        return {"Content-Digest": digest, "Signature-Input": f"sig1={what}", "Signature": f"sig1=:{raw}:"}
