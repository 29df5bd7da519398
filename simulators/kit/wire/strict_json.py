"""JSON as every database and every peer can take it: UTF-8, not nested too deeply, without NUL characters, and with no
whole number of more than 64 bits."""

import re
from collections.abc import Callable, Iterator
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
    for place in _places(value, "$", lambda each: isinstance(each, str) and NUL in each):
        raise msgspec.ValidationError(f"Must not contain a NUL character - at `{place}`")


def refuse_large_integers(value: Any) -> None:
    """Raise msgspec.ValidationError with its place when a whole number has more than 64 bits."""
    for place in _places(value, "$", lambda each: isinstance(each, int) and abs(each) > LARGEST_INTEGER):
        raise msgspec.ValidationError(f"Must be a whole number of at most 64 bits - at `{place}`")


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


def _places(value: Any, place: str, is_meant: Callable[[Any], bool]) -> Iterator[str]:
    """Yield where a JSON value, names of fields included, holds what is meant."""
    if is_meant(value):
        yield place
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _places(name, place, is_meant)
            yield from _places(inner, f"{place}.{name}", is_meant)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, f"{place}[{number}]", is_meant)
