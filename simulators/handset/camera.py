"""The phone's camera: the QR code in a picture, and the sign-up in a QR code (device registration, step 2, Q2)."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

from simulators.kit.errors import Refusal

SCHEME, PLACE = "transakt", "sign-up"
FORMATS = ("PNG", "JPEG")
LONGEST_SIDE = 8192
MOST_PIXELS = 4096 * 3072
"""As many as a phone's photograph has; a file of some kilobytes can claim thousands of times more."""

SCAN, MOST_SCANS = b"\xff\xda", 100
"""What begins a scan of a JPEG, and how many may: each is decoded over the whole picture, though it has no data. A
progressive JPEG has about ten, one in CMYK eighteen."""

SHARP_ENOUGH = 800
"""Pixels of the longer side at which a QR code is looked for: many finder patterns take a time that grows as their
square, minutes for a picture of ``MOST_PIXELS`` that is full of them."""


def read_text(picture: bytes) -> str:
    """Return the text of the QR code in a PNG or JPEG. Raises Refusal (``QR_NOT_READABLE``, 422)."""
    import zxingcpp  # here: most sandboxes never read a picture, and all would start the later
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:  # reads the header, and no pixel yet
            if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
                message = f"The picture has more than {MOST_PIXELS} pixels, or a side of more than {LONGEST_SIDE}."
                raise _unreadable(message)
            if image.format != "PNG" and picture.count(SCAN) > MOST_SCANS:  # a JPEG may call itself an MPO, too
                raise _unreadable(f"The picture is a JPEG of more than {MOST_SCANS} scans; save it as an ordinary one.")
            image.draft(None, (SHARP_ENOUGH, SHARP_ENOUGH))  # a JPEG is decoded no larger than need be
            pixels = image.convert("RGBA" if image.has_transparency_data else "L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise _unreadable(f"The upload is no picture that the camera knows ({' or '.join(FORMATS)}).") from None
    pixels.thumbnail((SHARP_ENOUGH, SHARP_ENOUGH))
    if pixels.mode == "RGBA":
        pixels = Image.alpha_composite(Image.new("RGBA", pixels.size, "white"), pixels).convert("L")
    qr_code: Any = zxingcpp.BarcodeFormat.QRCode
    found = zxingcpp.read_barcode(pixels, formats=qr_code, try_downscale=False)
    if found is None:
        raise _unreadable("There is no readable QR code in the picture.")
    return str(found.text)


def read_sign_up(qr_payload: str) -> tuple[str, str]:
    """Return the sign-up code in a QR code and the service it is for. Raises Refusal (``NOT_A_SIGN_UP_QR``, 422)."""
    try:
        parts = urlsplit(qr_payload)
        given = parse_qs(parts.query)
    except ValueError:
        raise _no_sign_up() from None
    codes, services = given.get("code", []), given.get("serviceId", [])
    if (parts.scheme, parts.netloc) != (SCHEME, PLACE) or len(codes) != 1 or len(services) != 1:
        raise _no_sign_up()
    return codes[0], services[0]


def _no_sign_up() -> Refusal:
    message = f"The QR code is no sign-up; one begins with {SCHEME}://{PLACE}? and has serviceId and code."
    return Refusal("NOT_A_SIGN_UP_QR", 422, message)


def _unreadable(message: str) -> Refusal:
    return Refusal("QR_NOT_READABLE", 422, message, field="qr")
