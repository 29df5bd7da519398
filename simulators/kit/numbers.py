"""Numbers that others send as text, and the longest duration that calendars can bear."""

from datetime import timedelta

MOST_DIGITS = 8
"""Digits of a number of seconds or times: of some thousands Python makes no number at all."""

LONGEST_DURATION = timedelta(days=3650)
"""As long as a policy or a setting may be: before a duration without end there is no instant."""


def read_number(text: str, most_digits: int = MOST_DIGITS) -> int | None:
    """Return the whole number that a text is, in so many decimal digits at most; ``None`` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None
