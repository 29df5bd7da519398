"""The phones' keys: P-256, derived from the world's seed, never stored."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from simulators.kit import seeds
from simulators.kit.certificates import common_name, p256_key


def key_of(seed: str, number: int, label: str = "handset-key") -> EllipticCurvePrivateKey:
    """Return the key of the world's ``number``-th phone."""
    return p256_key(seeds.derive_int(seed, label, number))


def stolen_key(seed: str, number: int) -> EllipticCurvePrivateKey:
    """Return a key that is not the phone's own, for a phone that misbehaves."""
    return key_of(seed, number, "another-key")


def signing_request(key: EllipticCurvePrivateKey, model: str) -> str:
    """Return a certificate signing request (PKCS #10) over a phone's key, in PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name(model))])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    return builder.sign(key, SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.PEM).decode()
