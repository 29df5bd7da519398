"""What happens in a world, streamed to the console's pages as it happens (Server-Sent Events)."""

from collections.abc import Iterator
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request
from jinja2 import Environment

from registration_sandbox.console import urls
from registration_sandbox.console.pages import service, world_named
from registration_sandbox.control_plane import watching
from registration_sandbox.control_plane.events import events_of
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange
from simulators.kit.store.failures import StoreFailure
from simulators.kit.work import Service
from simulators.kit.world import World

blueprint = Blueprint("console-live", __name__)

RECONNECT_MS = 500


@blueprint.get(f"{urls.WORLD}/events")
def get_events(world: str) -> Response:
    """Stream ``exchange`` (its row as HTML), ``message`` and ``status``; ``begun`` says that nothing is missed now."""
    found = world_named(world)
    since = request.headers.get("Last-Event-ID") or request.args.get("since", "")
    stream = Response(_stream(service(), current_app.jinja_env, found, since), mimetype="text/event-stream")
    stream.headers["Cache-Control"] = "no-store"
    return stream


def _stream(service: Service, templates: Environment, world: World, since: str) -> Iterator[bytes]:
    row: Any = templates.get_template("macros.html").module.row  # type: ignore[attr-defined]
    begun = False
    try:
        for batch in watching.follow(service, world.id, since):
            for exchange in batch:
                yield from _format_events(exchange, row(world, exchange))
            if not begun:
                begun = True
                yield f"retry: {RECONNECT_MS}\nevent: begun\ndata: {{}}\n\n".encode()
            elif not batch:
                yield b": still here\n\n"
    except (SandboxRefusal, StoreFailure):  # a browser asks again where a stream ends, and not where it is refused
        return


def _format_events(exchange: Exchange, row: str) -> Iterator[bytes]:
    for name, data in events_of(exchange):
        shown = {"html": str(row)} if name == "exchange" else data
        head = f"id: {clock.stamp(exchange.recorded_at)}\nevent: {name}\ndata: ".encode()
        yield head + msgspec.json.encode(shown) + b"\n\n"
