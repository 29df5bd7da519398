"""The life of a request: world, faults, validation, the view, the journal, the answer."""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from flask import Request, Response
from werkzeug.exceptions import HTTPException, NotFound

from simulators.kit import clock, faults, journal
from simulators.kit.errors import Refusal, SandboxRefusal
from simulators.kit.headers import keep_headers, read_request_headers
from simulators.kit.log import log
from simulators.kit.masking import MASK, mask_path
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.answers import (
    LOCATION,
    NOW,
    format_problem,
    format_refusal,
    from_http_exception,
    named_world,
    outage_refusal,
    place_link,
    respond,
    to_answer,
)
from simulators.kit.web.api import Answer, Operation
from simulators.kit.web.decoding import Malformed, decode
from simulators.kit.web.edge import MOVED, write_answer
from simulators.kit.web.everywhere import warn_if_undeclared
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.wire.strict_json import NUL
from simulators.kit.wire.tracing import TRACEPARENT, TRACESTATE, Trace
from simulators.kit.work import Service, Work
from simulators.kit.world import World, WorldGone
from simulators.kit.world_names import world_id

CLIENT_CERTIFICATE = "sandbox.client_certificate"
"""The WSGI environment's key for whom the client's certificate named, where it presented one that was verified."""

IDEMPOTENCY_KEY = "Idempotency-Key"
LONGEST_KEY = 255
"""Characters of an ``Idempotency-Key``: databases do not find things by a text of any length."""

_PRODUCT = re.compile(r"[\w!#$%&'*+.^`|~-]{1,40}", re.ASCII)


class Call(Work):
    """The work of one request.

    ``body`` is its JSON body as it was read, ``user`` the user whom the service found to be logged in.
    """

    def __init__(self, service: Service, world: World, request: Request) -> None:
        headers = request.headers
        trace = Trace.from_headers(headers.get(TRACEPARENT, ""), headers.get(TRACESTATE, ""))
        super().__init__(service, world, trace, headers.get("baggage", ""))
        self.started = clock.monotonic()
        self.recorded_at: datetime = clock.wall_now()
        self.request = request
        self.body: Any = None
        self.user: str | None = None

    @property
    def bearer(self) -> str | None:
        """The bearer token of the request, if it has one (RFC 6750, section 2.1)."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    def has_key(self, key: str) -> bool:
        """Return whether the request carries an API key, as ``X-API-Key`` or as its bearer token."""
        given = self.request.headers.get("X-API-Key") or self.bearer or ""
        return hmac.compare_digest(given.encode(), key.encode())

    @property
    def idempotency_key(self) -> str | None:
        """The request's ``Idempotency-Key``, if it has one. Raises Refusal (``VALIDATION_FAILED``, 400)."""
        key: str | None = self.request.headers.get(IDEMPOTENCY_KEY)
        if key is not None and len(key) > LONGEST_KEY:
            message = f"{IDEMPOTENCY_KEY} must have at most {LONGEST_KEY} characters."
            raise Refusal("VALIDATION_FAILED", 400, message, field=IDEMPOTENCY_KEY)
        return key

    @property
    def certificate(self) -> str | None:
        """Whom the client's certificate named, None where it presented none."""
        named: str | None = self.request.environ.get(CLIENT_CERTIFICATE)
        return named

    @property
    def caller(self) -> str:
        """Who asks, by the ``User-Agent``."""
        return caller_of(self.request.headers.get("User-Agent", ""))


def caller_of(user_agent: str) -> str:
    """Return the first product of a ``User-Agent`` (RFC 9110, section 10.1.5), as the journal names a caller.

    One of the sandbox's own is named without ``sandbox-``, every browser ``browser``, and who says nothing ``client``.
    """
    product = _PRODUCT.match(user_agent)
    if product is None:
        return "client"
    return "browser" if product[0] == "Mozilla" else product[0].removeprefix("sandbox-")


def answer_request(service: Service, operation: Operation, request: Request, parameters: dict[str, Any]) -> Response:
    """Answer one request of a world."""
    try:
        call = Call(service, service.worlds.find(world_id(named_world(request.environ))), request)
    except SandboxRefusal as refusal:
        return respond(format_problem(refusal))
    except StoreFailure as failure:
        return respond(format_refusal(service, outage_refusal(service, failure), clock.stamp(clock.wall_now())))
    call.route = operation.path
    try:
        return _answer_and_record(call, operation, parameters)
    except WorldGone as gone:
        return respond(format_problem(gone.refusal))
    except StoreFailure as failure:
        return respond(format_refusal(service, outage_refusal(service, failure), call.now_text))
    finally:
        call.rollback()


def _answer_and_record(call: Call, operation: Operation, parameters: dict[str, Any]) -> Response:
    """Answer a request and write it into the journal, which keeps what it did. Raises StoreFailure: it did nothing."""
    request = call.request
    effect = faults.select_effect(call, request.method, request.path) if call.world.faults else None
    substitute = effect.before(call) if effect else None
    if substitute is None:
        answer = _perform(call, operation, parameters)
    else:
        answer = Answer(substitute.body, substitute.status, substitute.headers)
    own_headers = _make_own_headers(call)
    _record(call, operation, parameters, answer, own_headers, effect.name if effect else None)
    translator = call.service.translator(call.world)
    if translator and substitute is None:  # what a fault answers is sent as it is
        answer = write_answer(translator, answer, call.branches)
    response = respond(answer)
    response.headers.update(own_headers)
    return effect.after(call, response) if effect else response


def _make_own_headers(call: Call) -> dict[str, str]:
    """Return the headers that the sandbox adds to whatever is answered."""
    taken = list(dict.fromkeys([*call.branches, *call.relayed]))
    branches = {"Sandbox-Branch": ",".join(taken)} if taken else {}
    return {**branches, "Sandbox-Exchange": call.trace.id, NOW: call.now_text}


def _perform(call: Call, operation: Operation, parameters: dict[str, Any]) -> Answer:
    """Do what the request asks; what it decided before a refusal stays."""
    request = call.request
    try:
        translator = call.service.translator(call.world)
        if translator and MOVED not in request.environ and translator.hides(request.path):
            raise NotFound
        decoded = decode(operation, request, parameters, translator.read_request if translator else None)
        call.body = decoded.body
        return to_answer(operation, operation.view(call, *decoded.arguments, **parameters))
    except Malformed as malformed:
        call.body, flaw = malformed.body, malformed.flaw
        call.decide(operation.malformed, "request.validation", field=flaw.field, problem=flaw.message)
        return format_refusal(call.service, malformed.refusal, call.now_text, call.world)
    except Refusal as refusal:
        warn_if_undeclared(operation, refusal)
        if isinstance(refusal, SandboxRefusal):
            return format_problem(refusal)
        return format_refusal(call.service, refusal, call.now_text, call.world)
    except UpstreamFailure as failure:
        call.rollback()
        message = f"{failure.service} {failure.reason}. Try again later."
        later = Refusal("UPSTREAM_UNAVAILABLE", 503, message, headers={"Retry-After": "5"})
        return format_refusal(call.service, later, call.now_text)
    except HTTPException as error:
        call.rollback()
        return format_refusal(call.service, from_http_exception(error), call.now_text)
    except (StoreFailure, WorldGone):
        raise
    except Exception:
        call.rollback()
        path = mask_path(operation.path, parameters, "", operation.secrets)
        log.exception("%s: %s %s failed", call.service.name, request.method, path)
        ours = Refusal("INTERNAL_ERROR", 500, f"An error of the sandbox itself; its log names {call.trace.id}.")
        return format_refusal(call.service, ours, call.now_text)


def _record(
    call: Call,
    operation: Operation,
    parameters: dict[str, Any],
    answer: Answer,
    own_headers: Mapping[str, str],
    fault: str | None,
) -> None:
    request = call.request
    query = request.query_string.decode("ascii", "replace")
    path = mask_path(operation.path, parameters, "" if operation.secrets else query, operation.secrets)
    journal.record(
        call,
        caller=call.caller,
        method=request.method,
        path=path.replace(NUL, "%00"),
        status=answer.status,
        started=call.started,
        recorded_at=call.recorded_at,
        request=_mask_body(call, operation.secrets),
        answer=call.mask(msgspec.to_builtins(answer.body), operation.secrets) if _is_json(answer) else None,
        fault=fault,
        certificate=call.certificate,
        request_headers=read_request_headers(request.environ),
        answer_headers=keep_headers(_collect_headers(answer, own_headers)),
    )
    call.commit()


def _collect_headers(answer: Answer, own_headers: Mapping[str, str]) -> dict[str, str]:
    if isinstance(answer.body, Response):
        return {**answer.body.headers, **own_headers}
    found = {"Content-Type": answer.media_type, **answer.headers, **own_headers}
    if LOCATION in found:
        found[LOCATION] = place_link(found[LOCATION])
    return found


def _mask_body(call: Call, secrets: frozenset[str]) -> Any:
    """Return a request's body as the journal keeps it; one without names may be a secret, whatever it is."""
    return call.mask(call.body, secrets) if isinstance(call.body, dict | None) else MASK


def _is_json(answer: Answer) -> bool:
    return answer.media_type.endswith("json") and not isinstance(answer.body, bytes | str | Response)
