"""What every page of the console has: its world, the worlds beside it, its links, its token."""

from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from registration_sandbox.console import assets, guard, urls, words
from registration_sandbox.drawing.shortening import without_long_ids
from registration_sandbox.report.words import in_words
from registration_sandbox.worlds import undo
from simulators.kit.errors import Refusal, SandboxRefusal
from simulators.kit.log import log
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.answers import from_http_exception, outage_refusal
from simulators.kit.web.app import service_of
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import world_id


def service() -> Service:
    """Return the orchestrator's own service, which the console is a page of."""
    return service_of(current_app)


def world_named(name: str) -> World:
    """Return a world. Raises SandboxRefusal (``unknown-world``)."""
    return service().worlds.find(world_id(name))


def render(template: str, world: World | None = None, status: int = 200, **shown: Any) -> Response:
    """Return a page; ``world`` is the one that it is about. Raises StoreFailure."""
    copy = request.args.get("undo", "")
    undoable = undo.find_copy(service(), copy) if copy else None
    return _make_page(template, status, world=world, worlds=service().worlds.all(), undoable=undoable, **shown)


def _make_page(template: str, status: int, **shown: Any) -> Response:
    settings = service().settings
    guarded, lifetime = settings.admin_token is not None, settings.undo_ttl
    page = make_response(render_template(template, guarded=guarded, lifetime_of_copies=lifetime, **shown), status)
    page.headers["Cache-Control"] = "no-store"
    return page


def render_refusal(refusal: Refusal) -> Response:
    """Return the page of a refusal: what is wrong, and what to do; without worlds while the store cannot tell them."""
    asked = (request.view_args or {}).get("world", "")
    shown: dict[str, Any] = {"refusal": refusal, "asked_world": asked if _can_be_made(asked) else ""}
    try:
        page = render("refused.html", status=refusal.status, **shown)
    except StoreFailure:
        page = _make_page("refused.html", refusal.status, world=None, worlds=[], undoable=None, **shown)
    page.headers.update(refusal.headers)
    return page


def _can_be_made(world: str) -> bool:
    try:
        return bool(world) and bool(world_id(world))
    except SandboxRefusal:
        return False


def not_found(error: HTTPException) -> Response:
    return render_refusal(from_http_exception(error))


def render_outage(failure: StoreFailure) -> Response:
    return render_refusal(outage_refusal(service(), failure))


def render_failure(error: Exception) -> Response:
    log.error("orchestrator: %s %s failed", request.method, request.path, exc_info=error)
    return render_refusal(
        Refusal("INTERNAL_ERROR", 500, "An error of the console itself; the sandbox's log tells more.")
    )


def equip(app: Flask) -> None:
    """Give the console's templates what they are written with."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=assets.address, at=urls.world, log_in=urls.LOG_IN, log_out=urls.LOG_OUT, token=guard.token,
        branch_of=words.branch,
    )  # fmt: skip
    app.jinja_env.filters.update(
        instant=words.instant,
        clock_time=words.clock_time,
        short_instant=words.short_instant,
        spoken=words.spoken,
        age=words.age,
        lasting=words.lasting,
        plain=words.plain,
        shortened=without_long_ids,
        in_words=in_words,
    )
