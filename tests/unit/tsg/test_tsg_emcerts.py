"""emCerts and the CA that signs them."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulators.tsg import emcerts

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
KEY = ec.derive_private_key(5, ec.SECP256R1()).public_key()


def issued(seed="7", number=1, now=NOW, lifetime=timedelta(days=10), device="Android Pixel 9"):
    return emcerts.issue(seed, number, KEY, device=device, now=now, lifetime=lifetime)


def leaf(made):
    return x509.load_pem_x509_certificate(made.chain[0].encode())


def test_a_worlds_ca_is_its_own_and_stays_the_same():
    assert emcerts.ca_certificate("7") == emcerts.ca_certificate("7") != emcerts.ca_certificate("8")
    ca = emcerts.ca_certificate("7")
    ca.verify_directly_issued_by(ca)
    assert ca.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


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


def test_an_emcert_that_would_outlive_all_time_has_no_expiry():
    assert issued(lifetime=timedelta(days=9_000_000)).valid_until == emcerts.NO_EXPIRY


@pytest.mark.parametrize("device", ["x" * 200, "Ünïcødé 電話"])
def test_any_devices_name_can_be_certified(device):
    assert leaf(issued(device=device))
