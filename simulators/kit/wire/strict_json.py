"""JSON as every database and every peer can take it: UTF-8, not nested too deeply, without NUL characters, and with no
whole number of more than 64 bits."""

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import msgspec

NUL = "\0"
DEEPEST = 100
"""How deep lists and objects may be nested."""

LARGEST_INTEGER = 2**63 - 1

_MANY_DIGITS = re.compile(rb"[0-9]{19}")
_STEPS = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in _STEPS)


def read_json(raw: bytes) -> Any:
    """Return the value of a JSON text. Raises msgspec.MsgspecError.

    A NUL in a text is refused: PostgreSQL's text cannot keep it.
    """
    try:
        found = msgspec.json.decode(raw)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError("JSON is malformed: it is not UTF-8") from error
    except RecursionError as error:
        raise _too_deep() from error
    if _may_be_deep(raw) and _is_deep(found):
        raise _too_deep()
    if rb"\u0000" in raw:
        refuse_nul(found)
    if _MANY_DIGITS.search(raw):
        refuse_large_integers(found)
    return found


def refuse_nul(value: Any) -> None:
    """Raise msgspec.ValidationError with its place when a NUL stands anywhere in a JSON value."""
    _refuse(value, _has_nul, "Must not contain a NUL character")


def refuse_large_integers(value: Any) -> None:
    """Raise msgspec.ValidationError with its place when a whole number has more than 64 bits."""
    _refuse(value, _is_large, "Must be a whole number of at most 64 bits")


def _has_nul(value: Any) -> bool:
    return isinstance(value, str) and NUL in value


def _is_large(value: Any) -> bool:
    return isinstance(value, int) and abs(value) > LARGEST_INTEGER


def _refuse(value: Any, is_meant: Callable[[Any], bool], words: str) -> None:
    steps = _find(value, is_meant)
    if steps is not None:
        raise msgspec.ValidationError(f"{words} - at `{''.join(['$', *reversed(steps)])}`")


def _may_be_deep(raw: bytes) -> bool:
    """Count how far brackets open, those in texts included: cheap for a text that has few of them."""
    if raw.count(b"[") + raw.count(b"{") <= DEEPEST:
        return False
    return max(accumulate(_STEPS[bracket] for bracket in raw.translate(None, _NO_BRACKETS))) > DEEPEST


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        nested = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [inner for each in nested for inner in each]
    return any(isinstance(each, dict | list) for each in level)


def _too_deep() -> msgspec.DecodeError:
    return msgspec.DecodeError("JSON is malformed: it is nested too deeply")


def _find(value: Any, is_meant: Callable[[Any], bool]) -> list[str] | None:
    """Return the steps, the innermost first, to where a JSON value, names of fields included, holds what is meant.

    They are written only on the way back from there: a place for each value would be many times as long as the text.
    """
    if is_meant(value):
        return []
    if isinstance(value, dict):
        for name, inner in value.items():
            if is_meant(name):
                return []
            if (steps := _find(inner, is_meant)) is not None:
                return [*steps, f".{name}"]
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if (steps := _find(inner, is_meant)) is not None:
                return [*steps, f"[{number}]"]
    return None
