"""The phones' keys: P-256, derived from the world's seed, never stored."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from simulators.kit import seeds
from simulators.kit.certificates import common_name

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def key_of(seed: str, number: int, label: str = "handset-key") -> EllipticCurvePrivateKey:
    """Return the key of the world's ``number``-th phone."""
    return ec.derive_private_key(seeds.derive_int(seed, label, number) % (P256_ORDER - 1) + 1, ec.SECP256R1())


def stolen_key(seed: str, number: int) -> EllipticCurvePrivateKey:
    """Return a key that is not the phone's own, for a phone that misbehaves."""
    return key_of(seed, number, "another-key")


def signing_request(key: EllipticCurvePrivateKey, model: str) -> str:
    """Return a certificate signing request (PKCS #10) over a phone's key, in PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name(model))])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    return builder.sign(key, SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.PEM).decode()
