"""The one factory that makes every service's Flask application."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from simulators import __version__
from simulators.kit import control, openapi
from simulators.kit.api import Answer, Api, Operation
from simulators.kit.beside import CONTROL_PREFIX
from simulators.kit.call import (
    WORLD_IN_PATH,
    answer_control,
    answer_for,
    from_http_exception,
    refused,
    respond,
)
from simulators.kit.clock import stamp, wall_now
from simulators.kit.due import DueKind
from simulators.kit.errors import ErrorShape, Refusal, problem
from simulators.kit.http import Client
from simulators.kit.models import Problem
from simulators.kit.settings import Settings
from simulators.kit.store import Store
from simulators.kit.work import Service, Work
from simulators.kit.worlds import NoPolicies, World, Worlds

LARGEST_REQUEST = 1024 * 1024
WORLD_PREFIX = "/w/"


class MatchedOnly(Rule):
    """A route that requests are matched with. No URL is ever built from it, and getting ready for that takes long."""

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        del append_unknown
        return _no_url


def _no_url(*_: Any) -> Any:
    raise NotImplementedError("no URL is built here")


def create_app(
    name: str,
    settings: Settings,
    apis: Sequence[Api],
    *,
    tables: str,
    policies: type[msgspec.Struct] = NoPolicies,
    people: Callable[[Work, dict[str, Any]], dict[str, Any] | None] | None = None,
    shape: ErrorShape = problem,
    error: type[msgspec.Struct] = Problem,
    due: Mapping[str, DueKind] | None = None,
    control_plane: Api = control.api,
    status_of: Callable[[Refusal, World], int] | None = None,
) -> Flask:
    """Make a service.

    ``tables`` is the module of its tables, ``policies`` the model of its part of a world's policies, ``people`` puts
    its part of a world's people in place, ``shape`` makes its error bodies, of the model ``error``,
    ``due`` does what falls due, ``control_plane`` is what answers below ``/_sandbox`` beside health, and ``status_of``
    tells the status of a refusal where a world's policies may want another than its own.
    """
    store = Store(("simulators.kit.tables", tables), settings.backend(name))
    worlds = Worlds(store, policies, expects_default=settings.expects_default_world)
    client = Client(name, __version__, settings)
    service = Service(
        name, __version__, settings, store, worlds, policies, client, shape, people, due or {}, status_of
    )  # fmt: skip
    app = Flask(name, static_folder=None)
    app.url_rule_class = MatchedOnly
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.extensions["sandbox"] = service
    operations = [operation for api in (control.health, control_plane, *apis) for operation in api.operations]
    for operation in operations:
        _add(app, service, operation)
    openapi.add(app, service, operations, error)
    app.register_error_handler(HTTPException, partial(_no_operation, service))
    app.before_request(partial(_guard, service))
    app.wsgi_app = _world_from_path(app.wsgi_app)  # type: ignore[method-assign]
    return app


def service_of(app: Flask) -> Service:
    found: Service = app.extensions["sandbox"]
    return found


def _add(app: Flask, service: Service, operation: Operation) -> None:
    answer = answer_control if operation.control else answer_for

    def view(**parameters: Any) -> Response:
        return answer(service, operation, parameters)

    endpoint = f"{operation.method} {operation.path}".replace(".", "_")
    app.add_url_rule(operation.path, endpoint, view, methods=[operation.method])


def _no_operation(service: Service, error: HTTPException) -> Response:
    shape = problem if request.path.startswith(CONTROL_PREFIX) else service.shape
    refusal = from_http_exception(error)
    if shape is problem:
        answer = Answer(problem(refusal), refusal.status, media_type="application/problem+json")
    else:
        answer = refused(service, refusal, stamp(wall_now()))
    response = respond(answer)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _guard(service: Service) -> Response | None:
    """Refuse control calls without the admin token, where one is set. Health stays open."""
    token = service.settings.admin_token
    if token is None or not request.path.startswith(CONTROL_PREFIX) or request.path == control.HEALTH_PATH:
        return None
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return None
    words = "Send the sandbox's admin token (SANDBOX_ADMIN_TOKEN) as a bearer token."
    body = problem(Refusal("admin-token-required", 401, words))
    return respond(Answer(body, 401, {"WWW-Authenticate": "Bearer"}, "application/problem+json"))


def _world_from_path(app: Any) -> Any:
    """Take the world out of a path that begins with ``/w/<world>``."""

    def select(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path.startswith(WORLD_PREFIX):
            world, _, rest = path[len(WORLD_PREFIX) :].partition("/")
            environ[WORLD_IN_PATH] = world
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + WORLD_PREFIX + world
            environ["PATH_INFO"] = "/" + rest
        return app(environ, start_response)

    return select
