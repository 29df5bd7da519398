"""A world's registrations: all of them, and each with its way through the flow, its history and its exchanges."""

from typing import Any

import msgspec
from flask import Blueprint, Response

from orchestrator.flows import FLOWS
from orchestrator.models import RegistrationWithHistory
from registration_sandbox.console import owners, urls
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.control_plane import observed, registrations
from registration_sandbox.drawing import flow as flow_drawing
from registration_sandbox.drawing import sequence as sequence_drawing
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange
from simulators.kit.world import World

blueprint = Blueprint("console-registrations", __name__)

SHOWN = 200
"""How many registrations are listed, the newest ones."""


@blueprint.get(f"{urls.WORLD}/registrations")
def get_registrations(world: str) -> Response:
    found = world_named(world)
    every = registrations.list_registrations(service(), found.id)
    return render(
        "registrations.html", found, registrations=every[:SHOWN], number=len(every), flows=FLOWS,
        owners=owners.web_owners(found.id),
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/registrations/<id>")
def get_registration(world: str, id: str) -> Response:
    found = world_named(world)
    one = _find_registration(found, id)
    return render(
        "registration.html", found, registration=one.registration,
        owner=one.owner or owners.web_owners(found.id).get(id), history=one.history,
        flow=FLOWS[one.registration.flow],
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/registrations/<id>/way")
def get_way(world: str, id: str) -> Response:
    """Draw the registration's flow, with the way that it took."""
    found = world_named(world)
    one = _find_registration(found, id)
    way: list[dict[str, Any]] = [msgspec.to_builtins(change) for change in one.history]
    drawn = flow_drawing.draw(
        FLOWS[one.registration.flow], way=way, width=flow_drawing.WIDE,
        href=lambda branch: urls.world(found.id, "specification") + f"#{branch}",
    )  # fmt: skip
    return render("drawing.html", found, id="way", drawing=drawn)


@blueprint.get(f"{urls.WORLD}/registrations/<id>/sequence")
def get_sequence(world: str, id: str) -> Response:
    """Draw the real exchanges of a registration; each leads to its own page."""
    found = world_named(world)
    one = _find_registration(found, id)
    exchanges = observed.exchanges_about(service(), found.id, id, one.emCertID or "")
    drawn = sequence_drawing.draw(exchanges, href=_href(found)) if exchanges else ""
    return render("drawing.html", found, id="sequence", drawing=drawn)


def _href(world: World) -> sequence_drawing.Href:
    def to(exchange: Exchange) -> str:
        return urls.world(world.id, "exchanges", exchange.id)

    return to


def _find_registration(world: World, id: str) -> RegistrationWithHistory:
    found = registrations.find_registration(service(), world.id, id)
    if found is None:
        message = f"There is no registration {id!r} in the world {world.id}."
        raise SandboxRefusal("unknown-registration", 404, message)
    return found
