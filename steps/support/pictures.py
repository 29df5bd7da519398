"""The pictures of a QR code that people show to the camera of their phone."""

import io
from collections.abc import Callable, Mapping

from PIL import Image

HALF = 128
"""The brightness from which on something counts as white."""


def _on_glass(picture: bytes) -> bytes:
    """Return a picture in which what was white is transparent, and the rest black."""
    shade = Image.open(io.BytesIO(picture)).convert("L")
    seen = Image.new("RGBA", shade.size, (0, 0, 0, 0))
    seen.putalpha(shade.point(lambda value: 0 if value >= HALF else 255))
    return _save(seen, "PNG")


def _as_photograph(picture: bytes) -> bytes:
    return _save(Image.open(io.BytesIO(picture)).convert("RGB"), "JPEG")


def _save(image: Image.Image, kind: str) -> bytes:
    saved = io.BytesIO()
    image.save(saved, kind)
    return saved.getvalue()


PICTURES: Mapping[str, Callable[[bytes], bytes]] = {
    "a photograph": _as_photograph,
    "a picture that is transparent where it is not black": _on_glass,
}
