"""``GET /_sandbox/events``: what happens in a world, as it happens (Server-Sent Events, HTML Living Standard 9.2)."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from flask import Response
from msgspec import Struct

from orchestrator import fleet, observed
from orchestrator.registrations import MOVED
from simulators.kit import clock
from simulators.kit.api import Answer, Api
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange, JournalQuery
from simulators.kit.models import assumed
from simulators.kit.work import Service
from simulators.kit.worlds import DEFAULT, world_id

api = Api()

LOOK_AGAIN = 0.1
"""Seconds between two looks at the journals."""

KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment is sent, so that nothing on the way gives the connection up."""

OVERLAP = 200
"""How many exchanges before the last one are looked at again: one that took long is written after later ones."""


class EventQuery(Struct):
    """``world`` is the world to watch; ``since`` begins after the exchange that was recorded then."""

    world: Annotated[str, assumed] = DEFAULT
    since: Annotated[str, assumed] = ""


@api.operation("GET", "/_sandbox/events", query=EventQuery, control=True, refusals=[(404, "unknown-world")])
def get_events(service: Service, query: EventQuery) -> Answer:
    """Stream a world's exchanges, messages and status changes as they happen.

    Events are ``exchange`` (as in the journal), ``message`` (to whom and what for; the text is in the mailroom) and
    ``status`` (registration, action, before, after, branch). The stream ends when the world is deleted.
    """
    world = service.worlds.find(world_id(query.world))
    since = _instant(query.since) if query.since else clock.stamp(clock.wall_now())
    stream = Response(_stream(service, world.id, since), mimetype="text/event-stream")
    stream.headers["Cache-Control"] = "no-store"
    return Answer(stream)


def _instant(text: str) -> str:
    try:
        return clock.stamp_of(text)
    except ValueError as error:
        words = "since must be an instant, as in 2026-01-01T09:00:00Z."
        raise SandboxRefusal("validation-failed", 400, words, field="since") from error


def _stream(service: Service, world: str, since: str) -> Iterator[bytes]:
    seen: list[str] = []
    quiet_since = clock.monotonic()
    yield b": watching\n\n"
    while True:
        try:
            found = observed.exchanges(service, world, JournalQuery(since=since))
        except SandboxRefusal:
            return
        for exchange in found:
            if exchange.id in seen:
                continue
            seen.append(exchange.id)
            quiet_since = clock.monotonic()
            for name, data in _events(exchange):
                yield _event(name, data)
        if len(seen) > OVERLAP:
            seen, since = _forget(seen, found, since)
        if clock.monotonic() - quiet_since > KEEP_ALIVE:
            quiet_since = clock.monotonic()
            yield b": still here\n\n"
        clock.pause(LOOK_AGAIN)


def _forget(seen: list[str], found: list[Exchange], since: str) -> tuple[list[str], str]:
    """Move ``since`` on, but never past the exchanges that a slow one may still be written before."""
    if len(found) <= OVERLAP:
        return seen[-OVERLAP:], since
    return seen[-OVERLAP:], clock.stamp(found[-OVERLAP].recorded_at)


def _events(exchange: Exchange) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "exchange", msgspec.to_builtins(exchange)
    told = exchange.answer if isinstance(exchange.answer, dict) else {}
    if exchange.service == "mailroom" and exchange.method == "POST" and exchange.status == 201:
        yield "message", {key: told.get(key) for key in ("id", "channel", "to", "subject", "purpose", "sent_at")}
    if exchange.service == fleet.OWN:
        for decision in exchange.decisions:
            if decision.rule == MOVED:
                yield "status", {"exchange": exchange.id, **decision.facts}


def _event(name: str, data: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
