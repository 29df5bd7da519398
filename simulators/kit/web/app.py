"""The one factory that makes every service's Flask application."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, cast
from urllib.parse import quote

import msgspec
from flask import Flask, Request, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from simulators import __version__
from simulators.kit.clock import stamp, wall_now
from simulators.kit.errors import ErrorShape, Refusal, SandboxRefusal, make_problem
from simulators.kit.log import ESCAPE
from simulators.kit.models import Problem
from simulators.kit.services import KIT_TABLES, NoPolicies, spec_of
from simulators.kit.settings import Settings
from simulators.kit.store.failures import StoreFailure
from simulators.kit.store.transactions import Store
from simulators.kit.web import admin_token, control, docs, numbers, openapi, origins, parts, problems
from simulators.kit.web.answers import (
    NOW,
    WORLD_IN_PATH,
    format_problem,
    format_refusal,
    from_http_exception,
    named_world,
    respond,
    world_time,
)
from simulators.kit.web.api import Api, Operation
from simulators.kit.web.call import answer_request
from simulators.kit.web.control_calls import LocalControl, answer_control
from simulators.kit.web.edge import read_paths, write_answer
from simulators.kit.web.hosts import check_host
from simulators.kit.web.routes import Route
from simulators.kit.wire.client import Client
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.wire.translator import Translator
from simulators.kit.work import DueTask, Served, Service, Work
from simulators.kit.world import World
from simulators.kit.world_names import WORLD_PREFIX, is_world_id, world_id
from simulators.kit.worlds import Worlds

LARGEST_REQUEST = 1024 * 1024
OF_NO_WORLD = (CONTROL_PREFIX, openapi.DOCUMENT, docs.PAGE, problems.PATH)
"""What tells of a service itself."""


def create_app(
    name: str,
    settings: Settings,
    apis: Sequence[Api],
    *,
    tables: str,
    policies: type[msgspec.Struct] = NoPolicies,
    check_policies: Callable[[Any], None] | None = None,
    people: Callable[[Work, dict[str, Any]], dict[str, Any] | None] | None = None,
    shape: ErrorShape = make_problem,
    error: type[msgspec.Struct] = Problem,
    due: Mapping[str, DueTask] | None = None,
    control_plane: Sequence[Api] = (control.api, parts.api, numbers.api),
    status_of: Callable[[Refusal, World], int] | None = None,
    described: Sequence[Api] = (),
    translator_of: Callable[[World], Translator | None] | None = None,
    write_instant: Callable[[datetime], str] = stamp,
    bases: openapi.Bases = openapi.ASSUMED,
    has_home: bool = False,
    title: str = "",
) -> Flask:
    """Make a service.

    ``tables`` is the module of its tables, ``policies`` the model of its part of a world's policies,
    ``check_policies`` refuses those that its settings do not allow, ``people`` puts
    its part of a world's people in place, ``shape`` makes its error bodies, of the model ``error``,
    ``due`` does what falls due, ``control_plane`` is what answers below ``/_sandbox`` beside health, and ``status_of``
    returns the status of a refusal where policies may want another than its own. ``described`` are operations of
    another application on the same port, which the OpenAPI document tells of as well. ``translator_of`` returns
    what speaks the wire profile of a world, ``write_instant`` spells an instant as the system does. ``bases`` are what
    the operations rest on, ``has_home`` says that its root is a page of its own, ``title`` names it in
    its document where that tells of others, too.
    """
    store = Store((*KIT_TABLES, tables), settings.backend(name))
    worlds = Worlds(store, policies, check_policies, expects_default=settings.expects_default_world)
    client = Client(name, __version__, settings)
    service = Service(
        name, __version__, settings, store, worlds, policies, client, shape, people, due or {}, status_of,
        translator_of, write_instant,
    )  # fmt: skip
    app = Flask(name, static_folder=None)
    app.url_rule_class = Route
    app.logger.addFilter(ESCAPE)
    service.pushes = spec_of(name).pushes
    service.observers.append(partial(numbers.count_exchange, service.tally))
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.extensions["sandbox"] = service
    beside = [operation for api in described for operation in api.operations]
    operations = [operation for api in (control.health, *control_plane, *apis) for operation in api.operations]
    service.operations = [Served(each.method, each.path, each.has_body) for each in operations if not each.control]
    service.control = LocalControl(service, operations)
    for operation in operations:
        _add(app, service, operation)
    problems.add(app, [*beside, *operations])
    openapi.add(app, service, [*beside, *operations], error, bases, title)
    docs.add(app, title or spec_of(name).title, at_root=not has_home)
    app.register_error_handler(HTTPException, partial(_no_operation, service))
    app.before_request(partial(_admit, service))
    app.after_request(partial(_finish, service))
    if translator_of is not None:
        known = frozenset(operation.path for operation in operations)
        app.wsgi_app = read_paths(app.wsgi_app, service, known, named_world)  # type: ignore[method-assign]
    app.wsgi_app = _world_from_path(app.wsgi_app)  # type: ignore[method-assign]
    trust_proxies(app, settings)
    return app


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Take from as many proxies as the settings trust who asks, and by which host and path prefix."""
    number = settings.trusted_proxies
    if number:
        fixed = ProxyFix(app.wsgi_app, number, number, number, number, number)
        app.wsgi_app = fixed  # type: ignore[method-assign]


def service_of(app: Flask) -> Service:
    found: Service = app.extensions["sandbox"]
    return found


def _add(app: Flask, service: Service, operation: Operation) -> None:
    answer = answer_control if operation.control else answer_request

    def view(**parameters: Any) -> Response:
        asked = _current_request()
        if operation.largest:
            asked.max_content_length = operation.largest
        return answer(service, operation, asked, parameters)

    endpoint = f"{operation.method} {operation.path}".replace(".", "_")
    app.add_url_rule(operation.path, endpoint, view, methods=[operation.method])


def _no_operation(service: Service, error: HTTPException) -> Response:
    shape = make_problem if request.path.startswith(CONTROL_PREFIX) else service.shape
    refusal = from_http_exception(error)
    now = world_time(service) or stamp(wall_now())
    answer = format_problem(refusal) if shape is make_problem else format_refusal(service, refusal, now)
    translator = _translator_for(service)
    if translator:
        answer = write_answer(translator, answer, ())
    response = respond(answer)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _translator_for(service: Service) -> Translator | None:
    """Return what speaks the wire profile of the world that the request names, if there is such a world."""
    if service.translator_of is None:
        return None
    try:
        return service.translator(service.worlds.find(world_id(named_world(request.environ))))
    except (Refusal, StoreFailure):
        return None


def _admit(service: Service) -> Response | None:
    """Refuse requests that are not for this sandbox or not allowed, and answer a page's preflight."""
    asked = _current_request()
    try:
        check_host(asked, service.settings)
        g.is_for_us = True
        preflight = origins.answer_preflight(asked, service.settings)
        if preflight is None:
            origins.check_origin(asked, service.settings)
            admin_token.check_token(asked, service.settings)
        return preflight
    except SandboxRefusal as refusal:
        return respond(format_problem(refusal))


def _finish(service: Service, response: Response) -> Response:
    """Add what every answer has: the time of its world, and the leave of the page that asked to read it."""
    if not g.get("is_for_us"):
        return response
    asked = _current_request()
    if NOW not in response.headers and not asked.path.startswith(OF_NO_WORLD):
        now = world_time(service)
        if now is not None:
            response.headers[NOW] = now
    return origins.add_cors(asked, response, service.settings)


def _current_request() -> Request:
    """Return the request itself: each look at its proxy costs as much as the look."""
    return cast(Request, request._get_current_object())  # type: ignore[attr-defined]


def _world_from_path(app: Any) -> Any:
    """Take the world out of a path that begins with ``/w/<world>``.

    A name that no world can have stands quoted before the links of an answer, whose headers take no line break.
    """

    def select(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path.startswith(WORLD_PREFIX):
            world, _, rest = path[len(WORLD_PREFIX) :].partition("/")
            environ[WORLD_IN_PATH] = world
            part = world if is_world_id(world) else quote(world, safe="", encoding="latin-1")
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + WORLD_PREFIX + part
            environ["PATH_INFO"] = "/" + rest
        return app(environ, start_response)

    return select
