"""What the services that make or ask for certificates have in common."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

LONGEST_COMMON_NAME = 64
"""Bytes in UTF-8 (RFC 5280, appendix A.1: ub-common-name, as ``cryptography`` counts it)."""

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def common_name(text: str) -> str:
    """Return ``text`` truncated to what a certificate's common name can hold, never within a character."""
    return text.encode()[:LONGEST_COMMON_NAME].decode(errors="ignore")


@lru_cache
def p256_key(drawn: int) -> EllipticCurvePrivateKey:
    """Return the P-256 key that belongs to a number, whichever was drawn."""
    return ec.derive_private_key(drawn % (P256_ORDER - 1) + 1, ec.SECP256R1())
