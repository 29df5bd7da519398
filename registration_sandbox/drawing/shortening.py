"""Texts made to fit: ids first, then the middle of what is still too long."""

import re

from registration_sandbox.drawing.svg import cells

_ID = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{16,}(?![0-9A-Za-z])")
"""What nobody reads to the end: ids of registrations, phones and emCerts, in hex."""
_SHOWN = 6
GAP = "…"


def without_long_ids(text: str) -> str:
    """Return a text with the beginnings only of its long ids."""
    return _ID.sub(lambda id: id[0][:_SHOWN] + GAP, text)


def fitting(text: str, room: int) -> str:
    """Return a text of at most ``room`` cells; where it is longer, its middle is left out.

    Of a path the last part is kept whole if it can be.
    """
    if cells(text) <= room:
        return text
    last = text[text.rfind("/") :] if "/" in text.rstrip("/") else ""
    keep = cells(last) if 0 < cells(last) < room - 1 else (room - 1) // 2
    end = _from(text[::-1], keep)[::-1]
    return _from(text, room - 1 - cells(end)) + GAP + end if room > 0 else ""


def _from(text: str, room: int) -> str:
    """Return as much of a text's beginning as ``room`` cells hold."""
    kept, taken = 0, 0
    for character in text:
        taken += cells(character)
        if taken > room:
            break
        kept += 1
    return text[:kept]
