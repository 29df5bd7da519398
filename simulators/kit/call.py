"""The life of a request: world, faults, validation, the view, the journal, the answer."""

import hmac
import logging
from datetime import datetime
from typing import Any

import msgspec
from flask import Request, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from simulators.kit import clock, faults, journal
from simulators.kit.api import Answer, Operation
from simulators.kit.beside import CONTROL_PREFIX
from simulators.kit.decoding import NUL, decoded
from simulators.kit.errors import Refusal, SandboxRefusal, problem
from simulators.kit.failures import StoreFailure
from simulators.kit.http import UpstreamFailure
from simulators.kit.masking import MASK, masked, masked_path
from simulators.kit.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.worlds import DEFAULT, World, WorldGone, from_baggage, world_id

log = logging.getLogger("sandbox")

WORLD_IN_PATH = "sandbox.world"
"""The WSGI environment's key for the world that the path prefix named."""


class Call(Work):
    """The work of one request."""

    def __init__(self, service: Service, world: World) -> None:
        baggage = request.headers.get("baggage", "")
        super().__init__(service, world, Trace.received(request.headers.get("traceparent", "")), baggage)
        self.started = clock.monotonic()
        self.recorded_at: datetime = clock.wall_now()
        self.request: Request = request
        self.heard: Any = None

    @property
    def bearer(self) -> str | None:
        """The bearer token of the request, if it has one (RFC 6750, section 2.1)."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    def has_key(self, key: str) -> bool:
        """Tell whether the request carries an API key, as ``X-API-Key`` or as its bearer token."""
        given = self.request.headers.get("X-API-Key") or self.bearer or ""
        return hmac.compare_digest(given.encode(), key.encode())

    @property
    def caller(self) -> str:
        """The service that asks, as its client says, or ``client``."""
        product = self.request.headers.get("User-Agent", "").partition("/")[0]
        return product.removeprefix("sandbox-") if product.startswith("sandbox-") else "client"


def answer_for(service: Service, operation: Operation, parameters: dict[str, Any]) -> Response:
    """Answer one request of a world."""
    try:
        named = _named_world()
        call = Call(service, service.worlds.find(world_id(DEFAULT if named is None else named)))
    except SandboxRefusal as refusal:
        return respond(Answer(problem(refusal), refusal.status, refusal.headers, "application/problem+json"))
    except StoreFailure as failure:
        return respond(refused(service, _outage(service, failure), clock.stamp(clock.wall_now())))
    try:
        return _answered(call, operation, parameters)
    except WorldGone as gone:
        return respond(Answer(problem(gone.refusal), gone.refusal.status, {}, "application/problem+json"))
    except StoreFailure as failure:
        return respond(refused(service, _outage(service, failure), call.now_text))
    finally:
        call.rollback()


def _answered(call: Call, operation: Operation, parameters: dict[str, Any]) -> Response:
    """Answer a request and write it into the journal, which keeps what it did. Raises StoreFailure: it did nothing."""
    effect = faults.drawn(call, request.method, request.path) if call.world.faults else None
    answer = effect.before(call) if effect else None
    if answer is None:
        answer = _worked(call, operation, parameters)
    _record(call, operation, parameters, answer, effect.name if effect else None)
    response = respond(answer)
    taken = list(dict.fromkeys([*call.branches, *call.relayed]))
    if taken:
        response.headers["Sandbox-Branch"] = ",".join(taken)
    response.headers["Sandbox-Exchange"] = call.trace.id
    return effect.after(call, response) if effect else response


def answer_control(service: Service, operation: Operation, parameters: dict[str, Any]) -> Response:
    """Answer one request that belongs to no world: the control plane's, or one whose answer no world changes."""
    try:
        named = None if operation.path.startswith(CONTROL_PREFIX) else _named_world()
        if named is not None:
            service.worlds.find(world_id(named))
        return respond(_as_answer(operation, operation.view(service, *decoded(operation, parameters), **parameters)))
    except Refusal as refusal:
        failed = refusal
    except StoreFailure as failure:
        failed = _outage(service, failure)
    except WorldGone as gone:
        failed = gone.refusal
    except HTTPException as error:
        failed = from_http_exception(error)
    except Exception:
        log.exception("%s: %s %s failed", service.name, request.method, request.path)
        failed = Refusal("INTERNAL_ERROR", 500, "An error of the sandbox itself; its log tells more.")
    return respond(Answer(problem(failed), failed.status, failed.headers, "application/problem+json"))


def _named_world() -> str | None:
    """Return the world that the request names: by its path, else by its baggage."""
    named: str | None = request.environ.get(WORLD_IN_PATH)
    return from_baggage(request.headers.get("baggage", "")) if named is None else named


def respond(answer: Answer) -> Response:
    if isinstance(answer.body, Response):
        return answer.body
    if answer.body is None:
        body: Any = b""
    elif isinstance(answer.body, bytes | str):
        body = answer.body
    else:
        body = msgspec.json.encode(answer.body)
    response = Response(body, answer.status, mimetype=answer.media_type)
    response.headers.update(answer.headers)
    return response


def refused(service: Service, refusal: Refusal, now: str, world: World | None = None) -> Answer:
    """Return a refusal in the service's own shape, with the status that the world's policies give it."""
    body = service.shape(refusal, now)
    status = service.status_of(refusal, world) if service.status_of and world else refusal.status
    if isinstance(body, Answer):
        return body
    media_type = "application/problem+json" if service.shape is problem else "application/json"
    return Answer(body, status, refusal.headers, media_type)


def from_http_exception(error: HTTPException) -> Refusal:
    """Return what a service says where no operation answers."""
    if isinstance(error, RequestEntityTooLarge):
        return Refusal("BODY_TOO_LARGE", 413, "The body is larger than 1 MiB.")
    code = error.name.upper().replace(" ", "_")
    return Refusal(code, error.code or 500, f"{request.method} {request.path}: {error.description}")


def _worked(call: Call, operation: Operation, parameters: dict[str, Any]) -> Answer:
    """Do what the request asks; what it decided before a refusal stays."""
    try:
        arguments = decoded(operation, parameters, call)
        return _as_answer(operation, operation.view(call, *arguments, **parameters))
    except SandboxRefusal as refusal:
        return Answer(problem(refusal), refusal.status, refusal.headers, "application/problem+json")
    except Refusal as refusal:
        return refused(call.service, refusal, call.now_text, call.world)
    except UpstreamFailure as failure:
        call.rollback()
        words = f"{failure.service} {failure.reason}. Try again later."
        later = Refusal("UPSTREAM_UNAVAILABLE", 503, words, headers={"Retry-After": "5"})
        return refused(call.service, later, call.now_text)
    except HTTPException as error:
        call.rollback()
        return refused(call.service, from_http_exception(error), call.now_text)
    except (StoreFailure, WorldGone):
        raise
    except Exception:
        call.rollback()
        path = masked_path(operation.path, parameters, "", operation.secrets)
        log.exception("%s: %s %s failed", call.service.name, request.method, path)
        ours = Refusal("INTERNAL_ERROR", 500, f"An error of the sandbox itself; its log names {call.trace.id}.")
        return refused(call.service, ours, call.now_text)


def _outage(service: Service, failure: StoreFailure) -> Refusal:
    """Return what is said while the store cannot do its work."""
    log.error("%s: %s", service.name, failure)
    later = {"Retry-After": "5"} if failure.trouble.may_pass else {}
    return Refusal(failure.trouble.code, 503, str(failure), headers=later)


def _as_answer(operation: Operation, result: Any) -> Answer:
    return result if isinstance(result, Answer) else Answer(result, operation.status)


def _record(call: Call, operation: Operation, parameters: dict[str, Any], answer: Answer, fault: str | None) -> None:
    query = request.query_string.decode("ascii", "replace")
    path = masked_path(operation.path, parameters, "" if operation.secrets else query, operation.secrets)
    journal.record(
        call,
        caller=call.caller,
        method=request.method,
        path=path.replace(NUL, "%00"),
        status=answer.status,
        started=call.started,
        recorded_at=call.recorded_at,
        request=_bounded(_heard(call.heard, operation.secrets)),
        answer=_bounded(masked(msgspec.to_builtins(answer.body), operation.secrets)) if _is_json(answer) else None,
        fault=fault,
    )
    call.commit()


def _heard(body: Any, secrets: frozenset[str]) -> Any:
    """Return a request's body as the journal keeps it; one without names may be a secret, whatever it is."""
    return masked(body, secrets) if isinstance(body, dict | None) else MASK


def _is_json(answer: Answer) -> bool:
    return answer.media_type.endswith("json") and not isinstance(answer.body, bytes | str | Response)


def _bounded(value: Any) -> Any:
    """Keep the journal's entries small: of a very large value only its size is told."""
    if value is None or isinstance(value, str | int | bool):
        return value
    size = len(msgspec.json.encode(value))
    return value if size <= journal.LARGEST_BODY else {"left_out": f"{size} bytes"}
