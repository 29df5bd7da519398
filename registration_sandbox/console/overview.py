"""The overview: the services as they are connected, and what goes on in a world."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response

from registration_sandbox.console import owners, urls
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.console.words import WHAT
from registration_sandbox.control_plane import observed, registrations
from registration_sandbox.worlds import strikes
from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults import FaultState
from simulators.kit.journal import Exchange, JournalQuery
from simulators.kit.services import SERVICES
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.work import Service
from simulators.kit.world import World

blueprint = Blueprint("console-overview", __name__)

RATE_OVER = timedelta(minutes=1)
NEWEST = 10


@dataclass(frozen=True)
class Connected:
    """A service as it is connected.

    ``state`` is ``up`` (a service of a sandbox answers there), ``other`` (something else answers) or ``down``, for the
    reason in ``detail``; ``outside`` tells that its URL is set from outside; ``rate`` is how many exchanges it had
    in the last minute.
    """

    name: str
    title: str
    what: str
    url: str
    outside: bool
    state: str
    detail: str
    rate: int
    faults: int


@blueprint.get(urls.WORLD)
def get_overview(world: str) -> Response:
    found = world_named(world)
    every = registrations.list_registrations(service(), found.id)
    services = look_at_services(found)
    up = [each.name for each in services if each.state == "up"]
    return render(
        "overview.html", found, services=services, registrations=every[:NEWEST], number=len(every),
        exchanges=_newest(found, up), owners=_find_owners(found),
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/services")
def get_services(world: str) -> Response:
    found = world_named(world)
    return render("services.html", found, services=look_at_services(found))


def look_at_services(world: World) -> list[Connected]:
    """Return every service, looked at now and all at once."""
    owner = service()
    with ThreadPoolExecutor(len(SERVICES)) as pool:
        return list(pool.map(lambda name: _look_at(owner, name, world), SERVICES))


def _find_owners(world: World) -> dict[str, str]:
    """Return whose the web registrations are; nobody's while a service cannot be asked."""
    try:
        return owners.web_owners(world.id)
    except SandboxRefusal:
        return {}


def _newest(world: World, up: Sequence[str]) -> list[Exchange]:
    """Return the newest exchanges of the services that are up, newest first."""
    found: list[Exchange] = []
    for name in up:
        with suppress(SandboxRefusal):
            found += observed.exchanges(service(), world.id, JournalQuery(service=name, limit=NEWEST))
    return sorted(found, key=lambda exchange: exchange.recorded_at, reverse=True)[:NEWEST]


def _look_at(owner: Service, name: str, world: World) -> Connected:
    title, what = WHAT[name]
    state, detail = _state(owner, name)
    recent, faults = _recent(owner, name, world) if state == "up" else ([], [])
    return Connected(
        name,
        title,
        what,
        owner.settings.url(name),
        name in owner.settings.outside,
        state,
        detail,
        len(recent),
        len(faults),
    )


def _state(owner: Service, name: str) -> tuple[str, str]:
    try:
        answer = owner.client.send(name, "GET", "/_sandbox/health")
    except UpstreamFailure as failure:
        return ("other", "") if failure.reply else ("down", failure.reason)
    if answer.body.get("service") == name:
        return "up", str(answer.body.get("version", ""))
    return "other", ""


def _recent(owner: Service, name: str, world: World) -> tuple[list[Exchange], list[FaultState]]:
    since = clock.stamp(clock.wall_now() - RATE_OVER)
    try:
        recent = observed.exchanges(owner, world.id, JournalQuery(service=name, since=since))
        return recent, strikes.list_faults_in(owner, name, world.id)
    except SandboxRefusal:
        return [], []
