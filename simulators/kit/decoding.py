"""A request's body, query and path, read by the operation's models. Whatever is wrong with them is told by its name."""

import math
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from simulators.kit.api import Operation
from simulators.kit.errors import Refusal, flaw_of

if TYPE_CHECKING:
    from simulators.kit.call import Call

NUL = "\0"
DEEPEST = 100
"""How deep lists and objects may be nested in a body."""

FORM = "multipart/form-data"
_STEPS = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in _STEPS)


def decoded(operation: Operation, parameters: Mapping[str, Any], call: "Call | None" = None) -> list[Any]:
    """Return the view's arguments made from body and query; the call keeps the body as it was heard.

    Raises Refusal (``UNSUPPORTED_MEDIA_TYPE`` 415, ``VALIDATION_FAILED`` 400 naming the field).
    """
    arguments: list[Any] = []
    heard: Any = None
    try:
        if operation.body is not None and not (operation.multipart and request.mimetype == FORM):
            heard = _body()
            arguments.append(msgspec.convert(heard, operation.body))
        elif operation.body is not None:
            arguments.append(operation.body())
        query = request.args.to_dict() if request.query_string else {}
        if query or parameters:
            _refuse_nul({**query, **parameters})
        if operation.query is not None:
            arguments.append(msgspec.convert(query, operation.query, strict=False))
    except msgspec.MsgspecError as error:
        flaw = flaw_of(error)
        if call is not None:
            call.decide(operation.malformed, "request.validation", field=flaw.field, problem=flaw.words)
        raise Refusal(
            "VALIDATION_FAILED", 400, f"{flaw.field or 'The body'} {flaw.words}.", field=flaw.field
        ) from error
    finally:
        if call is not None:
            call.heard = heard
    return arguments


def read_json(raw: bytes) -> Any:
    """Return what JSON text says. Raises msgspec.MsgspecError.

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
        _refuse_nul(found)
    return found


def _body() -> Any:
    raw = request.get_data(cache=True)
    if request.content_length is None and len(raw) >= (request.max_content_length or math.inf):
        raise RequestEntityTooLarge  # of a chunked body no more than that is read
    if raw and request.mimetype not in ("application/json", ""):
        raise Refusal("UNSUPPORTED_MEDIA_TYPE", 415, f"Send application/json, not {request.mimetype}.")
    return read_json(raw or b"{}")


def _may_be_deep(raw: bytes) -> bool:
    """Count how far brackets open, those in texts included; told in no time of what has few."""
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


def _refuse_nul(value: Any) -> None:
    for place in _places_of_nul(value, "$"):
        raise msgspec.ValidationError(f"Must not contain a NUL character - at `{place}`")


def _places_of_nul(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, str):
        if NUL in value:
            yield place
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _places_of_nul(name, place)
            yield from _places_of_nul(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places_of_nul(inner, f"{place}[{number}]")
