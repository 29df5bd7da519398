"""emCerts: X.509 certificates that the TSG's own CA signs over the phones' keys (RFC 5280).

A world's CA is derived from its seed, and its signatures are deterministic (RFC 6979), so that the same world gives
the same emCerts. The CA is valid at any time that a world can have (RFC 5280, section 4.1.2.5).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, CertificateBuilder, Name
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from simulators.kit import seeds
from simulators.kit.certificates import common_name, p256_key
from simulators.kit.errors import Refusal

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
NO_EXPIRY = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
SERIAL_BITS = 152
"""Serial numbers have at most 20 octets and are positive (RFC 5280, section 4.1.2.2)."""

UNREADABLE = (ValueError, UnsupportedAlgorithm, x509.InvalidVersion)
"""What is raised for a request or a certificate that cannot be read: the last two are no ValueError."""


@dataclass(frozen=True)
class IssuedEmCert:
    """An emCert and its chain, in PEM, the emCert first."""

    emcert_id: str
    chain: list[str]
    valid_until: datetime


def public_key_of_csr(csr: str) -> EllipticCurvePublicKey:
    """Return the key that a PKCS #10 request is about. Raises Refusal (``INVALID_CSR``, 400)."""
    try:
        request = x509.load_pem_x509_csr(csr.encode())
        key, proven = request.public_key(), request.is_signature_valid
    except UNREADABLE:
        raise _bad_csr("is no certificate signing request in PEM") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _bad_csr("must be over a P-256 key")
    if not proven:
        raise _bad_csr("is not signed by the key that it is about")
    return key


def issue(
    seed: str, number: int, key: EllipticCurvePublicKey, *, device: str, now: datetime, lifetime: timedelta
) -> IssuedEmCert:
    """Issue the world's ``number``-th emCert, valid from the day of ``now`` on, over a phone's key."""
    ca_key = _ca_key(seed)
    serial = (seeds.derive_int(seed, "emcert-serial", number) % (1 << SERIAL_BITS)) or 1
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    until = day + lifetime if lifetime < NO_EXPIRY - day else NO_EXPIRY
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Registration Sandbox"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name(device)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, f"{serial:x}"),
        ]
    )
    builder = (
        _certificate(name, _ca_name(), key, serial=serial, valid=(day, until), ca=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"urn:emcert:{serial:x}")]), critical=False
        )
    )
    emcert = _sign(builder, ca_key)
    return IssuedEmCert(_fingerprint(emcert), [_pem(emcert), _pem(ca_certificate(seed))], until)


def ca_certificate(seed: str) -> Certificate:
    """Return the self-signed certificate of a world's CA."""
    return _certify_ca(_ca_key(seed), (seeds.derive_int(seed, "tsg-ca-serial") % (1 << SERIAL_BITS)) or 1)


def public_key_of(emcert: str) -> EllipticCurvePublicKey:
    """Return the key of an emCert in PEM."""
    key = x509.load_pem_x509_certificate(emcert.encode()).public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    return key


def read_chain(chain: Sequence[str]) -> None:
    """Raise ValueError for a chain that does not begin with an emCert in PEM."""
    if not chain:
        raise ValueError("it is empty")
    try:
        key = x509.load_pem_x509_certificate(chain[0].encode()).public_key()
    except UNREADABLE as error:
        raise ValueError(str(error)) from error
    if not isinstance(key, EllipticCurvePublicKey):
        raise ValueError("its first certificate is over no P-256 key")


def chain_in_der(chain: Sequence[str]) -> list[str]:
    """Return a chain of certificates in PEM as base64 of DER, without line breaks."""
    return ["".join(pem.splitlines()[1:-1]) for pem in chain]


def _certificate(
    subject: Name,
    issuer: Name,
    key: EllipticCurvePublicKey,
    *,
    serial: int,
    valid: tuple[datetime, datetime],
    ca: bool,
) -> CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(serial)
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


@lru_cache
def _certify_ca(key: EllipticCurvePrivateKey, serial: int) -> Certificate:
    builder = _certificate(
        _ca_name(), _ca_name(), key.public_key(), serial=serial, valid=(BEGINNING, NO_EXPIRY), ca=True
    )
    return _sign(builder, key)


def _sign(builder: CertificateBuilder, key: EllipticCurvePrivateKey) -> Certificate:
    return builder.sign(key, SHA256(), ecdsa_deterministic=True)


def _ca_key(seed: str) -> EllipticCurvePrivateKey:
    return p256_key(seeds.derive_int(seed, "tsg-ca-key"))


def _ca_name() -> Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Registration Sandbox"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Simulated Transakt Secure Gateway CA"),
        ]
    )


def _pem(certificate: Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _fingerprint(certificate: Certificate) -> str:
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def _bad_csr(words: str) -> Refusal:
    return Refusal("INVALID_CSR", 400, f"csr {words}.", field="csr")
