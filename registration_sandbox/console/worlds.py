"""Worlds made, begun again and deleted; what would take something away is asked first."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from registration_sandbox.console import urls
from registration_sandbox.console.control import render_control
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.control_plane import registrations
from registration_sandbox.worlds import library, making
from simulators.kit.errors import SandboxRefusal
from simulators.kit.worlds import DEFAULT

blueprint = Blueprint("console-worlds", __name__)

SURE = "sure"
"""The form field by which the tester has said on the page that asks that a world may go."""


@blueprint.post(f"{urls.ROOT}/worlds")
def post_world() -> BaseResponse:
    """Make a world that is not there yet, wherever the tester is: also where there is none left."""
    name = request.form.get("name", "").strip() or DEFAULT
    making.make(service(), name, library.load(request.form.get("scenario", "") or DEFAULT), only_new=True)
    return redirect(urls.world(name), 303)


@blueprint.post(f"{urls.WORLD}/control/load")
def post_load(world: str) -> BaseResponse:
    """Load a scenario into a world, or into a new one. Where a world is there already, the tester is asked first."""
    name = request.form.get("name", "").strip() or world
    scenario = request.form.get("scenario", "")
    try:
        loaded = library.load(scenario)
        if service().worlds.exists(name) and not request.form.get(SURE):
            return _ask_first(world, name, "replace", scenario)
        making.make(service(), name, loaded)
    except SandboxRefusal as refusal:
        return render_control(world, refusal, "load")
    return redirect(urls.world(name, "control"), 303)


@blueprint.post(f"{urls.WORLD}/control/reset")
def post_reset(world: str) -> BaseResponse:
    """Begin a world again from its scenario, when the tester is sure."""
    found = world_named(world)
    if not request.form.get(SURE):
        return _ask_first(world, found.id, "reset", found.label)
    making.make(service(), found.id, library.load(found.label))
    return redirect(urls.world(found.id, "control"), 303)


@blueprint.post(f"{urls.WORLD}/control/delete")
def post_delete(world: str) -> BaseResponse:
    """Delete a world, when the tester is sure."""
    found = world_named(world)
    if not request.form.get(SURE):
        return _ask_first(world, found.id, "delete", "")
    making.unmake(service(), found.id)
    left = service().worlds.all()
    return redirect(urls.world(left[-1].id, "control") if left else urls.home(), 303)


def _ask_first(world: str, target: str, deed: str, scenario: str) -> Response:
    """Ask whether a world may go, and tell what goes with it."""
    found = world_named(target)
    number = len(registrations.list_registrations(service(), found.id))
    return render(
        "sure.html", world_named(world), target=found, deed=deed, scenario=scenario, registrations=number, sure=SURE
    )
