"""A request's body, query and path, read by the operation's models. What is wrong with them is named by its field."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from simulators.kit.errors import Flaw, Refusal, flaw_of
from simulators.kit.web.api import Operation
from simulators.kit.wire.strict_json import read_json, refuse_large_integers, refuse_nul

FORM = "multipart/form-data"
JSON = "application/json"
IDENTITY = "identity"


@dataclass(frozen=True)
class Decoded:
    """A request's JSON body as it was read, and the view's arguments made from body and query."""

    body: Any
    arguments: list[Any]


class Malformed(Exception):
    """Raised for a request that its models do not take: what is wrong with it, and its body as far as it was read."""

    def __init__(self, flaw: Flaw, body: Any) -> None:
        super().__init__(f"{flaw.field} {flaw.message}")
        self.flaw = flaw
        self.body = body

    @property
    def refusal(self) -> Refusal:
        message = f"{self.flaw.field or 'The body'} {self.flaw.message}."
        return Refusal("VALIDATION_FAILED", 400, message, field=self.flaw.field)


def decode(
    operation: Operation,
    request: Request,
    parameters: Mapping[str, Any],
    translate: Callable[[Any], Any] | None = None,
) -> Decoded:
    """Return the view's arguments made from the request's body, which is translated first, and query.

    Raises Malformed, Refusal (``UNSUPPORTED_MEDIA_TYPE``, 415) or RequestEntityTooLarge.
    """
    raw = _read_body(operation, request)
    query = request.args.to_dict() if request.query_string else {}
    is_upload = bool(operation.multipart) and request.mimetype == FORM
    return _read(operation, raw, query, parameters, translate, is_upload=is_upload)


def read_arguments(
    operation: Operation, raw: bytes, query: Mapping[str, str], parameters: Mapping[str, Any]
) -> list[Any]:
    """Return the view's arguments made from a body of JSON and a query. Raises Malformed."""
    return _read(operation, raw, query, parameters).arguments


def _read(
    operation: Operation,
    raw: bytes,
    query: Mapping[str, str],
    parameters: Mapping[str, Any],
    translate: Callable[[Any], Any] | None = None,
    *,
    is_upload: bool = False,
) -> Decoded:
    arguments: list[Any] = []
    body: Any = None
    try:
        if operation.body is not None and not is_upload:
            read = read_json(raw or b"{}")
            body = translate(read) if translate else read
            arguments.append(msgspec.convert(body, operation.body))
        elif operation.body is not None:
            arguments.append(operation.body())
        if query or parameters:
            refuse_nul({**query, **parameters})
        if operation.query is not None:
            converted = msgspec.convert(query, operation.query, strict=False)
            refuse_large_integers(msgspec.structs.asdict(converted))
            arguments.append(converted)
    except msgspec.MsgspecError as error:
        raise Malformed(flaw_of(error), body) from error
    return Decoded(body, arguments)


def _read_body(operation: Operation, request: Request) -> bytes:
    """Return the body's bytes, which are JSON; none of an upload that the operation takes."""
    if not request.content_length and not request.headers.get("Transfer-Encoding"):
        return b""
    is_upload = bool(operation.multipart) and request.mimetype == FORM
    raw = b"" if is_upload else request.get_data(cache=True)
    if request.content_length is None and len(raw) >= (request.max_content_length or math.inf):
        raise RequestEntityTooLarge  # of a chunked body no more than that is read
    if raw or is_upload:
        _check_coding(request)
    if raw and request.mimetype != JSON:
        label = request.mimetype or "a body without a Content-Type"
        raise Refusal("UNSUPPORTED_MEDIA_TYPE", 415, f"Send {JSON}, not {label}.")
    return raw


def _check_coding(request: Request) -> None:
    coding = request.headers.get("Content-Encoding", IDENTITY).strip().lower()
    if coding not in ("", IDENTITY):
        message = f"Send the body as it is, without the Content-Encoding {coding}."
        raise Refusal("UNSUPPORTED_MEDIA_TYPE", 415, message, headers={"Accept-Encoding": IDENTITY})
