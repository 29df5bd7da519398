"""The sandbox's own CA, made in its data directory with all that it certifies; the CA's key is not kept."""

import datetime as dates
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

from registration_sandbox.runtime.private_files import write_private
from simulators.kit.clock import wall_now

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509 import Certificate, CertificateBuilder, ExtensionType, GeneralName, KeyUsage, Name

SERVER = "server"
CLIENTS = ("orchestrator", "auth_service", "institution")
"""Who gets a client's certificate: the bank's services that are ours, and your own middleware."""

AUTHORITY = "Registration Sandbox CA"
LIFETIME = dates.timedelta(days=825)
"""As long as Apple's systems take a server's certificate for."""

NAMES = ("localhost", "host.docker.internal")
ADDRESSES = ("127.0.0.1", "::1")


def make_authority(directory: Path, host: str) -> None:
    """Make a CA, a server's certificate for a host, and the clients', each over a new P-256 key."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID

    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca = (
        _begin(AUTHORITY, ca_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .add_extension(_key_usage(ca=True), critical=True)
        .sign(ca_key, SHA256())
    )
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(directory / "ca.pem", ca.public_bytes(Encoding.PEM))
    names = x509.SubjectAlternativeName(_alternative_names(host))
    server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    _certify(directory / SERVER, "localhost", ca_key, (names, server))
    for client in CLIENTS:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        _certify(directory / client, client, ca_key, (usage,))


def _certify(
    path: Path, common: str, ca_key: "ec.EllipticCurvePrivateKey", extensions: "tuple[ExtensionType, ...]"
) -> None:
    """Write a new key, and the CA's certificate over it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    begun = _begin(common, key).add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    for extension in extensions:
        begun = begun.add_extension(extension, critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    made: Certificate = (
        begun.add_extension(issuer, critical=False)
        .add_extension(_key_usage(ca=False), critical=True)
        .sign(ca_key, SHA256())
    )
    write_private(path.with_suffix(".key"), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_private(path.with_suffix(".pem"), made.public_bytes(Encoding.PEM))


def _begin(common: str, key: "ec.EllipticCurvePrivateKey") -> "CertificateBuilder":
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(_name(AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(wall_now() - dates.timedelta(days=1))
        .not_valid_after(wall_now() + LIFETIME)
    )


def _name(common: str) -> "Name":
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Registration Sandbox")
    return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _alternative_names(host: str) -> "list[GeneralName]":
    from cryptography import x509

    found: list[GeneralName] = []
    for text in dict.fromkeys([*NAMES, *ADDRESSES, host]):
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(text)))
        except ValueError:
            found.append(x509.DNSName(text))
    return found


def _key_usage(*, ca: bool) -> "KeyUsage":
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not ca, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
