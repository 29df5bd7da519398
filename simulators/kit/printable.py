"""Text of others, as it can be written into a log or onto a terminal."""

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters (Unicode's Cc), what ends a line beside them, and what turns the direction of writing."""


def escape_controls(text: str, keep: str = "") -> str:
    """Return a text in which every control character stands as its escape, as in Python; those of ``keep`` stay."""
    return _CONTROLS.sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)


def _escape(character: str) -> str:
    """Return the escape of a character; what JSON may hold unescaped has one that is good in JSON, too."""
    return character.encode("unicode_escape").decode() if character < " " else f"\\u{ord(character):04x}"
