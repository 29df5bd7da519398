"""The phone's camera: the QR code in a picture, and the sign-up in a QR code (device registration, step 2, Q2)."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

from simulators.handset.records import Order
from simulators.kit.errors import Refusal

SCHEME, PLACE = "transakt", "sign-up"
FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 25_000_000


def text_in(picture: bytes) -> str:
    """Return what the QR code in a PNG or JPEG says. Raises Refusal (``QR_NOT_READABLE``, 422)."""
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _unreadable("The picture is too large.")
            pixels = image.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise _unreadable(f"The upload is no picture that the camera knows ({' or '.join(FORMATS)}).") from None
    on_white = Image.alpha_composite(Image.new("RGBA", pixels.size, "white"), pixels).convert("L")
    qr_code: Any = zxingcpp.BarcodeFormat.QRCode
    found = zxingcpp.read_barcodes(on_white, formats=qr_code)
    if not found:
        raise _unreadable("There is no readable QR code in the picture.")
    return str(found[0].text)


def order_in(qr_payload: str) -> Order:
    """Return the sign-up that a QR code asks for. Raises Refusal (``NOT_A_SIGN_UP_QR``, 422)."""
    try:
        parts = urlsplit(qr_payload)
        given = parse_qs(parts.query)
    except ValueError:
        raise _no_sign_up() from None
    codes, services = given.get("code", []), given.get("serviceId", [])
    if (parts.scheme, parts.netloc) != (SCHEME, PLACE) or len(codes) != 1 or len(services) != 1:
        raise _no_sign_up()
    return Order(codes[0], services[0])


def _no_sign_up() -> Refusal:
    words = f"The QR code is no sign-up; one begins with {SCHEME}://{PLACE}? and has serviceId and code."
    return Refusal("NOT_A_SIGN_UP_QR", 422, words)


def _unreadable(words: str) -> Refusal:
    return Refusal("QR_NOT_READABLE", 422, words, field="qr")
