"""The phone's camera, and its keys."""

import io

import pytest
import segno
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from simulators.handset import camera, keys
from simulators.handset.records import Order
from simulators.kit.errors import Refusal


def picture(text):
    png = io.BytesIO()
    segno.make(text).save(png, kind="png", scale=3)
    return png.getvalue()


@pytest.mark.parametrize("text", ["transakt://sign-up?serviceId=a&code=1", "Grüße", "0123456789"])
def test_the_camera_reads_what_the_code_says(text):
    assert camera.text_in(picture(text)) == text


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(camera, "MOST_PIXELS", 100)
    with pytest.raises(Refusal, match="too large"):
        camera.text_in(picture("x"))


def test_a_sign_up_is_read_with_its_escapes():
    assert camera.order_in("transakt://sign-up?serviceId=a%26b+c&code=12") == Order("12", "a&b c")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345678",
        "https://sign-up?serviceId=a&code=1",
        "transakt://other?serviceId=a&code=1",
        "transakt://sign-up?serviceId=a",
        "transakt://sign-up?serviceId=a&code=1&code=2",
        "transakt://[",
    ],
)
def test_any_other_text_is_no_sign_up(text):
    with pytest.raises(Refusal, match="no sign-up"):
        camera.order_in(text)


def test_keys_repeat_with_the_seed_and_no_two_phones_share_one():
    numbers = [keys.key_of("7", number).private_numbers() for number in (1, 2)]
    assert keys.key_of("7", 1).private_numbers() == numbers[0] != numbers[1]
    assert keys.stolen_key("7", 1).private_numbers() not in numbers


def test_a_signing_request_proves_the_key():
    key = keys.key_of("7", 1)
    request = x509.load_pem_x509_csr(keys.signing_request(key, "m" * 100).encode())
    assert request.is_signature_valid
    assert request.public_key() == key.public_key()
    assert isinstance(key.curve, ec.SECP256R1)
