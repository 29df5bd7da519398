"""Control calls: those that belong to no world, over HTTP or from another service in the same process.

What the simulated systems say to each other always goes over HTTP. A sandbox's own bookkeeping need not: making,
watching and deleting a world asks every service, and that is what most of a scenario's time would go into.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

import msgspec
from flask import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, MapAdapter

from simulators.kit.errors import Refusal
from simulators.kit.log import log
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.answers import (
    format_problem,
    from_http_exception,
    named_world,
    outage_refusal,
    respond,
    to_answer,
)
from simulators.kit.web.api import Answer, Operation
from simulators.kit.web.decoding import Malformed, decode, read_arguments
from simulators.kit.web.everywhere import warn_if_undeclared
from simulators.kit.web.routes import Route
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.work import Service
from simulators.kit.world import WorldGone
from simulators.kit.world_names import world_id


def answer_control(service: Service, operation: Operation, request: Request, parameters: dict[str, Any]) -> Response:
    """Answer one request that belongs to no world: the control plane's, or one whose answer no world changes."""

    def read() -> Sequence[Any]:
        if not operation.path.startswith(CONTROL_PREFIX) and (named := named_world(request.environ, "")):
            service.worlds.find(world_id(named))
        return decode(operation, request, parameters).arguments

    try:
        answer = _perform(service, operation, parameters, read)
    except HTTPException as error:
        answer = format_problem(from_http_exception(error))
    return respond(answer)


class LocalControl:
    """Answers a service's control calls for others in its process, as over HTTP but for the network and tokens."""

    def __init__(self, service: Service, operations: Sequence[Operation]) -> None:
        self._service = service
        self._operations = {f"{each.method} {each.path}": each for each in operations if each.control}

    @cached_property
    def _routes(self) -> MapAdapter:
        rules = [Route(each.path, methods=[each.method], endpoint=name) for name, each in self._operations.items()]
        return Map(rules).bind("localhost")

    def __call__(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes, Mapping[str, str]]:
        """Return the answer's status, body, and headers by their names in lower case."""
        name, _, query = path.partition("?")
        try:
            endpoint, parameters = self._routes.match(unquote(name), method)
        except HTTPException:
            missing = Refusal("NOT_FOUND", 404, f"{self._service.name} has no control call {method} {name}.")
            answer = format_problem(missing)
        else:
            operation = self._operations[endpoint]
            given = dict(parse_qsl(query, keep_blank_values=True))
            answer = _perform(
                self._service, operation, parameters, lambda: read_arguments(operation, body or b"", given, parameters)
            )
        content = b"" if answer.body is None else msgspec.json.encode(answer.body)
        return answer.status, content, {header.lower(): value for header, value in answer.headers.items()}


def _perform(
    service: Service, operation: Operation, parameters: Mapping[str, Any], read: Callable[[], Sequence[Any]]
) -> Answer:
    """Do what a control call asks, with the arguments that ``read`` makes of it. Raises HTTPException."""
    try:
        return to_answer(operation, operation.view(service, *read(), **parameters))
    except Malformed as malformed:
        failed = malformed.refusal
    except Refusal as refusal:
        warn_if_undeclared(operation, refusal)
        failed = refusal
    except StoreFailure as failure:
        failed = outage_refusal(service, failure)
    except WorldGone as gone:
        failed = gone.refusal
    except HTTPException:
        raise
    except Exception:
        log.exception("%s: %s %s failed", service.name, operation.method, operation.path)
        failed = Refusal("INTERNAL_ERROR", 500, "An error of the sandbox itself; its log tells more.")
    return format_problem(failed)
