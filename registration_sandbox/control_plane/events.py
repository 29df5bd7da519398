"""``GET /_sandbox/events``: what happens in a world, as it happens (Server-Sent Events, HTML Living Standard 9.2)."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec
from flask import Response
from msgspec import Struct

from orchestrator.registrations import MOVED
from registration_sandbox.control_plane import registrations, watching
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange
from simulators.kit.models import assumed
from simulators.kit.web.api import Answer, Api
from simulators.kit.work import Service
from simulators.kit.world_names import DEFAULT

api = Api()


class EventQuery(Struct):
    """``world`` is the world to watch; ``since`` begins after the exchange that was recorded then."""

    world: Annotated[str, assumed] = DEFAULT
    since: Annotated[str, assumed] = ""


@api.operation(
    "GET",
    "/_sandbox/events",
    query=EventQuery,
    control=True,
    refusals=[(404, "unknown-world"), (503, "service-unavailable"), (503, "too-many-watchers")],
    media_types=("text/event-stream",),
)
def get_events(service: Service, query: EventQuery) -> Answer:
    """Stream a world's exchanges, messages and status changes as they happen.

    Events are ``exchange`` (as in the journal), ``message`` (to whom and what for; the text is in the mailroom) and
    ``status`` (registration, action, before, after, branch). The stream ends when the world is deleted.
    """
    since = _instant(query.since) if query.since else ""
    stream = Response(_stream(watching.follow(service, query.world, since)), mimetype="text/event-stream")
    stream.headers["Cache-Control"] = "no-store"
    return Answer(stream)


def _instant(text: str) -> str:
    try:
        return clock.stamp_of(text)
    except ValueError as error:
        words = "since must be an instant, as in 2026-01-01T09:00:00Z."
        raise SandboxRefusal("validation-failed", 400, words, field="since") from error


def _stream(batches: Iterable[watching.Batch]) -> Iterator[bytes]:
    for batch in batches:
        for exchange in batch:
            for name, data in events_of(exchange):
                yield _event(name, data)
        if not batch:
            yield b": watching\n\n"


def events_of(exchange: Exchange) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what an exchange is told as: itself, the message that it brought, the registrations that it moved."""
    yield "exchange", msgspec.to_builtins(exchange)
    told = exchange.answer if isinstance(exchange.answer, dict) else {}
    if exchange.service == "mailroom" and exchange.method == "POST" and exchange.status == 201:
        yield "message", {key: told.get(key) for key in ("id", "channel", "to", "subject", "purpose", "sent_at")}
    if exchange.service == registrations.MIDDLEWARE:
        for decision in exchange.decisions:
            if decision.rule == MOVED:
                yield "status", {"exchange": exchange.id, **decision.facts}


def _event(name: str, data: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
