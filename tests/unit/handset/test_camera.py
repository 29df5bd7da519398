"""The phone's camera, and its keys."""

import io
import itertools
import struct
import zlib
from time import process_time

import pytest
import segno
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image, ImageFile

from simulators.handset import camera, keys
from simulators.kit.errors import Refusal


def picture(text, scale=3):
    png = io.BytesIO()
    segno.make(text).save(png, kind="png", scale=scale)
    return png.getvalue()


def saved(image, kind="PNG"):
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("text", ["transakt://sign-up?serviceId=a&code=1", "Grüße", "0123456789"])
def test_the_camera_reads_what_the_code_says(text):
    assert camera.read_text(picture(text)) == text


@pytest.mark.parametrize("scale", [1, 20, 60])
def test_the_camera_reads_small_and_large_codes(scale):
    assert camera.read_text(picture("transakt://sign-up", scale)) == "transakt://sign-up"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_camera_reads_a_code_within_a_screenshot(kind):
    screen = Image.new("RGB", (2560, 1440), "lightblue")
    screen.paste(Image.open(io.BytesIO(picture("transakt://sign-up", 10))), (333, 177))
    assert camera.read_text(saved(screen, kind)) == "transakt://sign-up"


def test_the_camera_reads_dark_on_transparent():
    png = io.BytesIO()
    segno.make("transakt://sign-up").save(png, kind="png", scale=4, light=None)
    assert camera.read_text(png.getvalue()) == "transakt://sign-up"


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_the_camera_reads_dark_on_transparent_that_is_dark_below(mode):
    code = Image.open(io.BytesIO(picture("transakt://sign-up"))).convert("L")
    clear = Image.new(mode, code.size, 0)
    clear.putalpha(code.point(lambda light: 255 - light))
    assert camera.read_text(saved(clear)) == "transakt://sign-up"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_a_picture_of_another_kind_is_refused(kind):
    with pytest.raises(Refusal) as refused:
        camera.read_text(saved(Image.open(io.BytesIO(picture("transakt://sign-up"))), kind))
    assert refused.value.message == "The upload is no picture that the camera knows (PNG or JPEG)."


def test_another_code_than_a_qr_code_is_not_read():
    other = zxingcpp.create_barcode("transakt://sign-up", zxingcpp.BarcodeFormat.Aztec)
    with pytest.raises(Refusal) as refused:
        camera.read_text(saved(Image.fromarray(other.to_image(scale=4))))
    assert refused.value.message == "There is no readable QR code in the picture."


def test_a_large_photograph_is_decoded_no_larger_than_need_be(monkeypatch):
    sizes, convert = [], Image.Image.convert
    photograph = saved(Image.new("RGB", (3200, 2400), "white"), "JPEG")
    monkeypatch.setattr(Image.Image, "convert", lambda self, mode: sizes.append(self.size) or convert(self, mode))  # type: ignore[func-returns-value]
    with pytest.raises(Refusal, match="no readable QR code"):
        camera.read_text(photograph)
    assert sizes == [(1600, 1200)]


def test_the_camera_reads_a_progressive_jpeg():
    code = Image.open(io.BytesIO(picture("transakt://sign-up"))).convert("CMYK")
    progressive = io.BytesIO()
    code.save(progressive, "JPEG", progressive=True)
    assert camera.read_text(progressive.getvalue()) == "transakt://sign-up"


def test_the_camera_reads_a_picture_of_a_phone_that_takes_several_at_once():
    code, several = Image.open(io.BytesIO(picture("transakt://sign-up"))).convert("RGB"), io.BytesIO()
    code.save(several, "MPO", save_all=True, append_images=[code])
    with Image.open(several) as image:
        assert image.format == "MPO"
    assert camera.read_text(several.getvalue()) == "transakt://sign-up"


@pytest.mark.parametrize(
    ("kind", "others"), [("JPEG", {}), ("MPO", {"save_all": True, "append_images": [Image.new("L", (1, 1))]})]
)
def test_a_jpeg_of_very_many_scans_is_refused_before_it_is_decoded(kind, others, monkeypatch):
    def decode(self):
        raise AssertionError("decoded")

    progressive = io.BytesIO()
    Image.new("L", (4096, 3072)).save(progressive, kind, progressive=True, **others)
    empty_scan = bytes.fromhex("ffda0008010100013f00")
    head, end, rest = progressive.getvalue().partition(b"\xff\xd9")
    evil = head + empty_scan * 100_000 + end + rest
    with Image.open(io.BytesIO(evil)) as image:
        assert image.format == kind
    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    with pytest.raises(Refusal, match="more than 100 scans") as refused:
        camera.read_text(evil)
    assert (refused.value.code, refused.value.status, refused.value.field) == ("QR_NOT_READABLE", 422, "qr")


@pytest.mark.parametrize("size", [(8192, 1), (1, 8192), (4096, 3072)])
def test_the_longest_side_and_the_most_pixels_are_looked_at(size):
    with pytest.raises(Refusal, match="no readable QR code"):
        camera.read_text(saved(Image.new("1", size)))


@pytest.mark.parametrize("size", [(1, 65_000), (65_000, 1), (4096, 3073), (8193, 1)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(size, monkeypatch):
    def decode(self):
        raise AssertionError("decoded")

    picture = saved(Image.new("1", size))
    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    with pytest.raises(Refusal, match="pixels") as refused:
        camera.read_text(picture)
    assert (refused.value.code, refused.value.status, refused.value.field) == ("QR_NOT_READABLE", 422, "qr")


def test_a_picture_that_only_claims_to_be_large_is_refused():
    """One of 24 million rows of one pixel, in 46 kilobytes, and one that no memory could hold."""
    for width, height in ((1, 24_000_000), (2**31 - 1, 2**31 - 1)):
        header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
        chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
        with pytest.raises(Refusal):
            camera.read_text(b"\x89PNG\r\n\x1a\n" + chunk)


def test_a_picture_full_of_finder_patterns_is_looked_through_in_bounded_time():
    finder = Image.new("L", (9, 9), 255)
    finder.paste(0, (1, 1, 8, 8))
    finder.paste(255, (2, 2, 7, 7))
    finder.paste(0, (3, 3, 6, 6))
    side = 2000
    full = Image.new("L", (side, side), 255)
    for place in itertools.product(range(0, side - 9, 9), repeat=2):
        full.paste(finder, place)
    begun = process_time()
    with pytest.raises(Refusal, match="no readable QR code"):
        camera.read_text(saved(full))
    assert process_time() - begun < 5


@pytest.mark.parametrize(
    "upload", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", saved(Image.effect_noise((99, 99), 50))[:-99]]
)
def test_an_upload_that_is_no_picture_is_refused(upload):
    with pytest.raises(Refusal, match="no picture that the camera knows"):
        camera.read_text(upload)


def test_a_sign_up_is_read_with_its_escapes():
    assert camera.read_sign_up("transakt://sign-up?serviceId=a%26b+c&code=12") == ("12", "a&b c")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345678",
        "https://sign-up?serviceId=a&code=1",
        "transakt://other?serviceId=a&code=1",
        "transakt://sign-up?serviceId=a",
        "transakt://sign-up?code=1",
        "transakt://sign-up?serviceId=a&code=1&code=2",
        "transakt://[",
    ],
)
def test_any_other_text_is_no_sign_up(text):
    with pytest.raises(Refusal) as refused:
        camera.read_sign_up(text)
    assert (refused.value.code, refused.value.status) == ("NOT_A_SIGN_UP_QR", 422)
    assert refused.value.message == (
        "The QR code is no sign-up; one begins with transakt://sign-up? and has serviceId and code."
    )


def test_keys_repeat_with_the_seed_and_no_two_phones_share_one():
    numbers = [keys.key_of("7", number).private_numbers() for number in (1, 2)]
    assert keys.key_of("7", 1).private_numbers() == numbers[0] != numbers[1]
    assert keys.stolen_key("7", 1).private_numbers() not in numbers
    assert keys.stolen_key("7", 1).private_numbers() != keys.stolen_key("7", 2).private_numbers()
    assert keys.key_of("8", 1).private_numbers() not in numbers


def test_a_phone_keeps_its_key_from_version_to_version():
    values = [make("7", 1).private_numbers().private_value for make in (keys.key_of, keys.stolen_key)]
    assert [f"{value:x}" for value in values] == [
        "b91ef4a353fbebdc94976f62d5f0d478ff661a6eff699080d434342dddbb52f8",
        "47e7496495422475934d6423c435bfd2def1687747ef0e58837d6fd14fa8a1fc",
    ]


@pytest.mark.parametrize("model", ["m", "m" * 100, "ಕನ್ನಡ ದೂರವಾಣಿ " * 6, "📱" * 40, "\u200d" * 99, " "])
def test_a_signing_request_proves_the_key_whatever_the_phones_name(model):
    key = keys.key_of("7", 1)
    request = x509.load_pem_x509_csr(keys.signing_request(key, model).encode())
    assert request.is_signature_valid
    assert request.public_key() == key.public_key()
    assert isinstance(key.curve, ec.SECP256R1)
    assert keys.signing_request(key, model) == keys.signing_request(key, model)
