"""A world's registrations: all of them, and each with its way through the flow, its history and its exchanges."""

from typing import Any

import msgspec
from flask import Blueprint, Response

from orchestrator import observed, registrations
from orchestrator.console import urls
from orchestrator.console.pages import render, service, world_named
from orchestrator.drawing import flow as flow_drawing
from orchestrator.drawing import sequence as sequence_drawing
from orchestrator.flows import FLOWS
from orchestrator.registrations import Registration
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange
from simulators.kit.worlds import World

blueprint = Blueprint("console-registrations", __name__)

SHOWN = 200
"""How many registrations are listed, the newest ones."""


@blueprint.get(f"{urls.WORLD}/registrations")
def get_registrations(world: str) -> Response:
    found = world_named(world)
    every = registrations.all_of(service().store, found.id)
    return render("registrations.html", found, registrations=every[:SHOWN], number=len(every), flows=FLOWS)


@blueprint.get(f"{urls.WORLD}/registrations/<id>")
def get_registration(world: str, id: str) -> Response:
    found = world_named(world)
    registration = _found(found, id)
    return render(
        "registration.html", found, registration=registration, flow=FLOWS[registration.flow],
        history=_history(found, id),
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/registrations/<id>/way")
def get_way(world: str, id: str) -> Response:
    """Draw the registration's flow, with the way that it took."""
    found = world_named(world)
    registration = _found(found, id)
    way: list[dict[str, Any]] = [msgspec.to_builtins(change) for change in _history(found, id)]
    drawn = flow_drawing.draw(
        FLOWS[registration.flow], way=way, width=flow_drawing.WIDE,
        href=lambda branch: urls.world(found.id, "specification") + f"#{branch}",
    )  # fmt: skip
    return render("drawing.html", found, id="way", drawing=drawn)


@blueprint.get(f"{urls.WORLD}/registrations/<id>/sequence")
def get_sequence(world: str, id: str) -> Response:
    """Draw the real exchanges of a registration; each leads to its own page."""
    found = world_named(world)
    registration = _found(found, id)
    exchanges = observed.exchanges_about(service(), found.id, id, registration.state.get("em_cert_id", ""))
    drawn = sequence_drawing.draw(exchanges, href=_href(found)) if exchanges else ""
    return render("drawing.html", found, id="sequence", drawing=drawn)


def _href(world: World) -> sequence_drawing.Href:
    def to(exchange: Exchange) -> str:
        return urls.world(world.id, "exchanges", exchange.id)

    return to


def _found(world: World, id: str) -> Registration:
    found = registrations.one_of(service().store, world.id, id)
    if found is None:
        words = f"There is no registration {id!r} in the world {world.id}."
        raise SandboxRefusal("unknown-registration", 404, words)
    return found


def _history(world: World, id: str) -> list[registrations.StatusChange]:
    return registrations.history_of(service().store, world.id, id)
