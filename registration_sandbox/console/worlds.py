"""Worlds made, begun again and deleted. What would take something away is asked first, and can be undone."""

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from registration_sandbox.console import urls
from registration_sandbox.console.control import render_control
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.control_plane import registrations
from registration_sandbox.control_plane.tables import Deed
from registration_sandbox.worlds import library, making, undo
from registration_sandbox.worlds.scenario import Scenario
from registration_sandbox.worlds.undo import CopyKeeper, UndoView
from simulators.kit.errors import SandboxRefusal
from simulators.kit.world import World
from simulators.kit.world_names import DEFAULT

blueprint = Blueprint("console-worlds", __name__)

SURE = "sure"
"""The form field by which the tester has said on the page that asks that a world may go."""

FOR_GOOD = "for good"
"""Its value where the page has told that this cannot be undone."""


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
        loaded = msgspec.structs.replace(library.load(scenario), unmasked=bool(request.form.get("unmasked")))
        if not _make_new(name, loaded):
            return _let_go(
                world, world_named(name), "replaced", scenario,
                act=lambda keeper: making.make(service(), name, loaded, keeper=keeper),
                leads_to=lambda kept: urls.world(name, "control", undo=kept),
            )  # fmt: skip
    except SandboxRefusal as refusal:
        return render_control(world, refusal, "load")
    return redirect(urls.world(name, "control"), 303)


@blueprint.post(f"{urls.WORLD}/control/reset")
def post_reset(world: str) -> BaseResponse:
    """Begin a world again from its scenario, unmasked if it was, when the tester is sure."""
    found = world_named(world)
    scenario = msgspec.structs.replace(library.load(found.label), unmasked=found.unmasked)
    return _let_go(
        world, found, "restarted", found.label,
        act=lambda keeper: making.make(service(), found.id, scenario, keeper=keeper),
        leads_to=lambda kept: urls.world(found.id, "control", undo=kept),
    )  # fmt: skip


@blueprint.post(f"{urls.WORLD}/control/delete")
def post_delete(world: str) -> BaseResponse:
    """Delete a world, when the tester is sure."""
    found = world_named(world)

    def find_next(kept: str) -> str:
        left = service().worlds.all()
        return urls.world(left[-1].id, "control", undo=kept) if left else urls.home(undo=kept)

    return _let_go(
        world, found, "deleted",
        act=lambda keeper: making.unmake(service(), found.id, keeper=keeper), leads_to=find_next,
    )  # fmt: skip


@blueprint.post(f"{urls.ROOT}/undo/<id>")
def post_undo(id: str) -> BaseResponse:
    """Bring a world back. Where another of its name has come meanwhile, the tester is asked first."""
    copy = undo.find_copy(service(), id)
    there = service().worlds.get(copy.at) if copy else None
    if copy is None or there is None:
        undo.bring_back(service(), id, None, only_new=True)
        return redirect(urls.world(copy.at if copy else DEFAULT), 303)
    return _let_go(
        there.id, there, "undone", copy=copy,
        act=lambda keeper: undo.bring_back(service(), id, keeper),
        leads_to=lambda kept: urls.world(there.id, undo=kept),
    )  # fmt: skip


def _make_new(name: str, scenario: Scenario) -> bool:
    """Make a world and return True; False where there is one of its name, also one that has come this very moment."""
    try:
        making.make(service(), name, scenario, only_new=True)
    except SandboxRefusal as refusal:
        if refusal.code != making.EXISTS:
            raise
        return False
    return True


def _let_go(
    world: str,
    target: World,
    deed: Deed,
    scenario: str = "",
    *,
    act: Callable[[CopyKeeper | None], object],
    leads_to: Callable[[str], str],
    copy: UndoView | None = None,
) -> BaseResponse:
    """Let a world go when the tester is sure, and keep a copy of it, unless they know that none can be kept.

    What takes a world's place by undoing is asked only if it is not what the deed has left there.
    """
    sure = request.form.get(SURE, "")
    if not sure and (copy is None or undo.has_another_come(service(), copy)):
        return _ask_first(world, target, deed, scenario, _find_obstacle(target))
    keeper = None if sure == FOR_GOOD else CopyKeeper(service(), deed)
    try:
        act(keeper)
    except SandboxRefusal as refusal:
        if refusal.code != undo.CANNOT:
            raise
        return _ask_first(world, target, deed, scenario, refusal.message)
    return redirect(leads_to(keeper.kept if keeper else ""), 303)


def _find_obstacle(target: World) -> str:
    """Return why it could not be undone that a world goes; nothing where it could."""
    try:
        undo.read_copy(service(), target.id)
    except SandboxRefusal as refusal:
        return refusal.message
    return ""


def _ask_first(world: str, target: World, deed: Deed, scenario: str, obstacle: str) -> Response:
    """Ask whether a world may go, and tell what goes with it, and whether that can be undone."""
    number = len(registrations.list_registrations(service(), target.id))
    return render(
        "sure.html", world_named(world), target=target, deed=deed, scenario=scenario, registrations=number, field=SURE,
        sure=FOR_GOOD if obstacle else "yes", obstacle=obstacle,
    )  # fmt: skip
