"""How answers are made, of a world's requests and of control calls: the world that is named, problems, refusals."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from simulators.kit.clock import stamp
from simulators.kit.errors import Refusal, SandboxRefusal, make_problem
from simulators.kit.log import log
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.api import Answer, Operation
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import DEFAULT, from_baggage, world_id

WORLD_IN_PATH = "sandbox.world"
"""The WSGI environment's key for the world that the path prefix named."""

LOCATION = "Location"
NOW = "Sandbox-Now"
"""The header that carries the world's time."""


def named_world(environ: Mapping[str, Any], default: str = DEFAULT) -> str:
    """Return the world that a request names: by its path, else by its baggage; ``default`` where it names none."""
    named: str | None = environ.get(WORLD_IN_PATH)
    if named is None:
        named = from_baggage(environ.get("HTTP_BAGGAGE", ""))
    return default if named is None else named


def world_time(service: Service) -> str | None:
    """Return the time of the world that the request names, if it is there."""
    try:
        found = service.worlds.get(world_id(named_world(request.environ)))
    except (SandboxRefusal, StoreFailure):
        return None
    return None if found is None else stamp(found.clock.now())


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
    if LOCATION in response.headers:
        response.headers[LOCATION] = place_link(response.headers[LOCATION])
    return response


def place_link(link: str) -> str:
    """Return a link of an answer below the prefix by which the caller has come."""
    return request.script_root + link if link.startswith("/") else link


def format_problem(refusal: Refusal) -> Answer:
    """Return a refusal as the control plane tells it (RFC 9457)."""
    return Answer(make_problem(refusal), refusal.status, refusal.headers, "application/problem+json")


def format_refusal(service: Service, refusal: Refusal, now: str, world: World | None = None) -> Answer:
    """Return a refusal in the service's own shape, with the status that the world's policies give it."""
    body = service.shape(refusal, now)
    status = service.status_of(refusal, world) if service.status_of and world else refusal.status
    if isinstance(body, Answer):
        return body
    media_type = "application/problem+json" if service.shape is make_problem else "application/json"
    return Answer(body, status, refusal.headers, media_type)


def from_http_exception(error: HTTPException) -> Refusal:
    """Return what a service says where no operation answers."""
    if isinstance(error, RequestEntityTooLarge):
        return Refusal("BODY_TOO_LARGE", 413, "The body is larger than 1 MiB.")
    code = error.name.upper().replace(" ", "_")
    return Refusal(code, error.code or 500, f"{request.method} {request.path}: {error.description}")


def outage_refusal(service: Service, failure: StoreFailure) -> Refusal:
    """Return what is said while the store cannot do its work."""
    log.error("%s: %s", service.name, failure)
    later = {"Retry-After": "5"} if failure.trouble.may_pass else {}
    return Refusal(failure.trouble.code, 503, str(failure), headers=later)


def to_answer(operation: Operation, result: Any) -> Answer:
    return result if isinstance(result, Answer) else Answer(result, operation.status)
