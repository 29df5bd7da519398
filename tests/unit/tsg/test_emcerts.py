"""emCerts and the CA that signs them."""

import base64
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulators.kit import seeds
from simulators.kit.errors import Refusal
from simulators.tsg import emcerts

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
PHONE, OTHER_PHONE = (ec.derive_private_key(number, ec.SECP256R1()) for number in (5, 6))
KEY = PHONE.public_key()
USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign",
)  # fmt: skip


def issued(seed="7", number=1, now=NOW, lifetime=timedelta(days=10), device="Android Pixel 9"):
    return emcerts.issue(seed, number, KEY, device=device, now=now, lifetime=lifetime)


def leaf(made):
    return x509.load_pem_x509_certificate(made.chain[0].encode())


def extensions(certificate):
    return [(type(extension.value), extension.critical) for extension in certificate.extensions]


def usages(certificate):
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    return {name for name in USAGES if getattr(usage, name)}


def csr_of(key, algorithm=None):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "phone")])
    return x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, algorithm)


def pem(csr):
    return csr.public_bytes(Encoding.PEM).decode()


def forged_csr():
    """Return a request over one key that another has signed."""
    own, other = (
        key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint) for key in (PHONE, OTHER_PHONE)
    )
    return x509.load_der_x509_csr(csr_of(PHONE, SHA256()).public_bytes(Encoding.DER).replace(own, other))


def each_byte_changed(text):
    """Yield what is in PEM with one of its bytes after the other changed, to two other values each."""
    head, *_, foot = text.splitlines()
    der = base64.b64decode("".join(text.splitlines()[1:-1]))
    for place in range(len(der)):
        for mask in (1, 3):
            changed = der[:place] + bytes([der[place] ^ mask]) + der[place + 1 :]
            yield f"{head}\n{base64.encodebytes(changed).decode()}{foot}\n"


def test_a_worlds_ca_is_its_own_and_stays_the_same():
    assert emcerts.ca_certificate("7") == emcerts.ca_certificate("7") != emcerts.ca_certificate("8")
    ca = emcerts.ca_certificate("7")
    ca.verify_directly_issued_by(ca)
    assert ca.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_worlds_certificates_are_the_same_in_every_version():
    made, ca = issued(), emcerts.ca_certificate("7")
    assert [f"{certificate.serial_number:x}" for certificate in (ca, leaf(made))] == [
        "17928cfce8ff78dbbd6e1f9bba5b3337b5b23f", "497e162aa70235ef9289edf3fdd8a1eaac71dc",
    ]  # fmt: skip
    assert [certificate.fingerprint(SHA256()).hex() for certificate in (ca, leaf(made))] == [
        "6274e0e0d376c412226c2a2167412f2eda91c5c9e30f06ca300fe502400237d7",
        "c1f4db51dac8894082dfe62e37a84a0dc81adb47ba353cc690e851c60983846f",
    ]
    assert made.emcert_id == leaf(made).fingerprint(SHA256()).hex()


def test_a_ca_signs_certificates_and_nothing_else_and_no_other_ca():
    ca = emcerts.ca_certificate("7")
    assert ca.subject == ca.issuer
    assert ca.subject.rfc4514_string() == "CN=Simulated Transakt Secure Gateway CA,O=Registration Sandbox"
    assert (ca.not_valid_before_utc, ca.not_valid_after_utc) == (emcerts.BEGINNING, emcerts.NO_EXPIRY)
    assert extensions(ca) == [
        (x509.BasicConstraints, True), (x509.KeyUsage, True), (x509.SubjectKeyIdentifier, False),
    ]  # fmt: skip
    assert ca.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert usages(ca) == {"key_cert_sign", "crl_sign"}


def test_an_emcert_signs_for_its_phone_by_name():
    certificate = leaf(issued())
    serial = f"{certificate.serial_number:x}"
    assert certificate.subject.rfc4514_string() == f"2.5.4.5={serial},CN=Android Pixel 9,O=Registration Sandbox"
    assert extensions(certificate) == [
        (x509.BasicConstraints, True), (x509.KeyUsage, True), (x509.SubjectKeyIdentifier, False),
        (x509.AuthorityKeyIdentifier, False), (x509.ExtendedKeyUsage, False), (x509.SubjectAlternativeName, False),
    ]  # fmt: skip
    assert usages(certificate) == {"digital_signature"}
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [f"urn:emcert:{serial}"]


@pytest.mark.parametrize(
    ("drawn", "serial"), [(0, 1), (1 << 152, 1), ((1 << 152) - 1, (1 << 152) - 1), ((1 << 152) + 7, 7), (5, 5)]
)
def test_a_serial_number_is_positive_and_has_twenty_octets_at_most(drawn, serial, monkeypatch):
    monkeypatch.setattr(seeds, "derive_int", lambda *labels: drawn)
    assert leaf(issued()).serial_number == emcerts.ca_certificate("7").serial_number == serial


def test_a_chain_is_written_without_line_breaks():
    chain = issued().chain
    written = emcerts.chain_in_der(chain)
    assert [x509.load_der_x509_certificate(base64.b64decode(each, validate=True)) for each in written] == [
        x509.load_pem_x509_certificate(pem.encode()) for pem in chain
    ]


def test_an_emcert_is_for_client_authentication_and_no_ca():
    certificate = leaf(issued())
    certificate.verify_directly_issued_by(emcerts.ca_certificate("7"))
    of = certificate.extensions.get_extension_for_class
    assert of(x509.BasicConstraints).value.ca is False
    assert list(of(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    ca_identifier = emcerts.ca_certificate("7").extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert of(x509.AuthorityKeyIdentifier).value.key_identifier == ca_identifier.key_identifier
    assert emcerts.public_key_of(issued().chain[0]) == KEY


def test_emcerts_repeat_with_seed_number_and_day():
    assert issued() == issued() == issued(now=NOW + timedelta(hours=9))
    others = [issued(seed="8"), issued(number=2), issued(now=NOW + timedelta(days=1))]
    assert len({made.emcert_id for made in [issued(), *others]}) == 4


def test_an_emcert_is_valid_for_its_lifetime_from_the_day_it_was_issued():
    made = issued()
    assert leaf(made).not_valid_before_utc == datetime(2026, 1, 5, tzinfo=UTC)
    assert leaf(made).not_valid_after_utc == made.valid_until == datetime(2026, 1, 15, tzinfo=UTC)
    assert issued(now=datetime(2026, 1, 5, 23, 59, 59, 999_999, tzinfo=UTC)) == made


@pytest.mark.usefixtures("machine_in_india")
def test_the_day_of_an_emcert_begins_in_utc_wherever_the_machine_is():
    made = issued(now=datetime(2026, 1, 5, 20, tzinfo=UTC))
    assert leaf(made).not_valid_before_utc == datetime(2026, 1, 5, tzinfo=UTC)


def test_an_emcert_that_would_outlive_all_time_has_no_expiry():
    assert issued(lifetime=timedelta(days=9_000_000)).valid_until == emcerts.NO_EXPIRY
    longest = emcerts.NO_EXPIRY - datetime(2026, 1, 5, tzinfo=UTC)
    for lifetime in (longest, longest + timedelta(seconds=1)):
        assert issued(lifetime=lifetime).valid_until == emcerts.NO_EXPIRY
    assert issued(lifetime=longest - timedelta(seconds=1)).valid_until == emcerts.NO_EXPIRY - timedelta(seconds=1)


@pytest.mark.parametrize("device", ["x" * 200, "Ünïcødé 電話"])
def test_any_devices_name_can_be_certified(device):
    assert leaf(issued(device=device))


def test_a_request_is_for_the_key_that_signed_it():
    assert emcerts.public_key_of_csr(pem(csr_of(PHONE, SHA256()))) == KEY


@pytest.mark.parametrize(
    ("csr", "message"),
    [
        ("", "csr is no certificate signing request in PEM."),
        (issued().chain[0], "csr is no certificate signing request in PEM."),
        (pem(csr_of(rsa.generate_private_key(65537, 2048), SHA256())), "csr must be over a P-256 key."),
        (pem(csr_of(ed25519.Ed25519PrivateKey.generate())), "csr must be over a P-256 key."),
        (pem(csr_of(ec.generate_private_key(ec.SECP384R1()), SHA256())), "csr must be over a P-256 key."),
        (pem(forged_csr()), "csr is not signed by the key that it is about."),
    ],
    ids=["empty", "certificate", "rsa", "ed25519", "p384", "forged"],
)
def test_a_request_that_cannot_be_certified_is_refused(csr, message):
    with pytest.raises(Refusal) as refused:
        emcerts.public_key_of_csr(csr)
    refusal = refused.value
    assert (refusal.code, refusal.status, refusal.message, refusal.field) == ("INVALID_CSR", 400, message, "csr")


def test_whatever_byte_of_a_request_is_another_it_is_refused_or_over_the_same_key():
    for changed in each_byte_changed(pem(csr_of(PHONE, SHA256()))):
        with suppress(Refusal):
            assert emcerts.public_key_of_csr(changed) == KEY


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_whatever_byte_of_an_imported_certificate_is_another_it_is_read_or_refused():
    for changed in each_byte_changed(issued().chain[0]):
        try:
            emcerts.read_chain([changed])
        except ValueError:
            continue
        assert emcerts.public_key_of(changed)
