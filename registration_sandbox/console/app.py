"""The console as an application."""

from flask import Flask, Response, redirect
from werkzeug.exceptions import HTTPException

from registration_sandbox.console import (
    assets,
    control,
    exchanges,
    guard,
    live,
    log_in,
    overview,
    pages,
    policies,
    registrations,
    specification,
    trying,
    urls,
    worlds,
)
from registration_sandbox.console.play import bank, direct, people, phone, site, stage
from simulators.kit.errors import Refusal
from simulators.kit.log import ESCAPE
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.app import LARGEST_REQUEST, trust_proxies
from simulators.kit.web.routes import Route
from simulators.kit.work import Service

PAGES = (
    assets, log_in, overview, people, stage, site, phone, bank, direct, registrations, exchanges, control,
    policies, worlds, trying, specification, live,
)  # fmt: skip


def create_app(service: Service) -> Flask:
    """Make the console of an orchestrator."""
    app = Flask(__name__, static_folder=None)
    app.url_rule_class = Route
    app.logger.addFilter(ESCAPE)
    app.extensions["sandbox"] = service
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    guard.keep_sessions(app, service.settings)
    pages.equip(app)
    app.before_request(lambda: guard.admit(service))
    app.after_request(_add_security_headers)
    app.register_error_handler(Refusal, pages.render_refusal)
    app.register_error_handler(HTTPException, pages.not_found)
    app.register_error_handler(StoreFailure, pages.render_outage)
    app.register_error_handler(Exception, pages.render_failure)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    app.add_url_rule("/", "root", lambda: redirect(urls.home()))
    app.add_url_rule(f"{urls.ROOT}/", "start", lambda: redirect(urls.home()))
    app.add_url_rule("/w/<world>/", "world", lambda world: redirect(urls.world(world)))
    trust_proxies(app, service.settings)
    return app


def _add_security_headers(response: Response) -> Response:
    response.headers.update(guard.HEADERS)
    return response
