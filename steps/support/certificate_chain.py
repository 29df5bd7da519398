"""The certificates that TSG gives of a phone: as PEM, and as base64 of DER."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding


@dataclass(frozen=True)
class CertificateChain:
    """A phone's certificate and those that it rests on, in both spellings."""

    certificates: list[x509.Certificate]
    in_der: list[bytes]

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        return cls(
            [x509.load_pem_x509_certificate(pem.encode()) for pem in body["certificateChain"]],
            [base64.b64decode(der, validate=True) for der in body["certificateChainDer"]],
        )

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the phone's certificate, in hex."""
        return hashlib.sha256(self.certificates[0].public_bytes(Encoding.DER)).hexdigest()

    @property
    def is_signed_by_next(self) -> bool:
        """Whether there are two certificates, and the second one's key has signed the first."""
        if len(self.certificates) != 2:
            return False
        try:
            self.certificates[0].verify_directly_issued_by(self.certificates[1])
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True

    @property
    def is_the_same_in_der(self) -> bool:
        return self.in_der == [each.public_bytes(Encoding.DER) for each in self.certificates]
