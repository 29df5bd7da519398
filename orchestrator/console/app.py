"""The console as an application."""

from flask import Flask, Response, redirect
from werkzeug.exceptions import HTTPException

from orchestrator.console import (
    assets,
    control,
    exchanges,
    guard,
    live,
    log_in,
    overview,
    pages,
    registrations,
    specification,
    urls,
)
from orchestrator.console.play import people, phone, site, stage
from simulators.kit.app import LARGEST_REQUEST
from simulators.kit.errors import Refusal
from simulators.kit.work import Service

PAGES = (
    assets, log_in, overview, people, stage, site, phone, registrations, exchanges, control, specification, live,
)  # fmt: skip


def create_app(service: Service) -> Flask:
    """Make the console of an orchestrator."""
    app = Flask(__name__, static_folder=None)
    app.extensions["sandbox"] = service
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    guard.keep_sessions(app, service.settings)
    pages.equip(app)
    app.before_request(lambda: guard.admit(service))
    app.after_request(_sealed)
    app.register_error_handler(Refusal, pages.refused)
    app.register_error_handler(HTTPException, pages.not_found)
    app.register_error_handler(Exception, pages.failed)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    app.add_url_rule("/", "root", lambda: redirect(urls.home()))
    app.add_url_rule(f"{urls.ROOT}/", "start", lambda: redirect(urls.home()))
    app.add_url_rule("/w/<world>/", "world", lambda world: redirect(urls.world(world)))
    return app


def _sealed(response: Response) -> Response:
    response.headers.update(guard.HEADERS)
    return response
