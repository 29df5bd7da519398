"""The controls of a world: scenarios, clock and faults, each by one click."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from orchestrator.console import urls
from orchestrator.console.pages import render, service, world_named
from orchestrator.console.troubles import TROUBLES, trouble
from orchestrator.console.words import WHAT
from orchestrator.worlds import clockwork, strikes
from simulators.kit import clock, faults
from simulators.kit.control import ClockMove
from simulators.kit.errors import SandboxRefusal
from simulators.kit.lazy import lazy
from simulators.kit.settings import SERVICES

library: Any = lazy("orchestrator.worlds.library")
making: Any = lazy("orchestrator.worlds.making")

blueprint = Blueprint("console-control", __name__)

STEPS = (("PT30S", "30 seconds"), ("PT1M", "1 minute"), ("PT6M", "6 minutes"), ("PT30M", "30 minutes"),
         ("P1D", "1 day"))  # fmt: skip
"""By how much the clock is moved with one click."""


@blueprint.get(f"{urls.WORLD}/control")
def get_control(world: str) -> Response:
    return _shown(world)


@blueprint.get(f"{urls.WORLD}/control/faults")
def get_faults(world: str) -> Response:
    found = world_named(world)
    return render("faults.html", found, faults=strikes.listed(service(), found.id), names=WHAT)


@blueprint.post(f"{urls.WORLD}/control/load")
def post_load(world: str) -> BaseResponse:
    """Load a scenario into a world, or into a new one: what was in the world is gone."""
    name = request.form.get("name", "").strip() or world
    try:
        making.make(service(), name, library.load(request.form.get("scenario", "")))
    except SandboxRefusal as refusal:
        return _shown(world, refusal, "load")
    return redirect(urls.world(name, "play"), 303)


@blueprint.post(f"{urls.WORLD}/control/reset")
def post_reset(world: str) -> BaseResponse:
    """Begin the world's own scenario anew."""
    found = world_named(world)
    try:
        making.make(service(), found.id, library.load(found.label))
    except SandboxRefusal as refusal:
        return _shown(world, refusal, "load")
    return redirect(urls.world(found.id, "control"), 303)


@blueprint.post(f"{urls.WORLD}/control/delete")
def post_delete(world: str) -> BaseResponse:
    making.unmake(service(), world_named(world).id)
    left = service().worlds.all()
    return redirect(urls.world(left[-1].id, "control") if left else urls.home(), 303)


@blueprint.post(f"{urls.WORLD}/control/clock")
def post_clock(world: str) -> BaseResponse:
    """Move the clock, stop it, or let it run; what falls due on the way has happened before the page is shown."""
    found = world_named(world)
    try:
        clockwork.change(service(), found.id, _move(request.form))
    except SandboxRefusal as refusal:
        return _shown(world, refusal, "clock")
    return redirect(urls.world(found.id, "control"), 303)


@blueprint.post(f"{urls.WORLD}/control/faults")
def post_fault(world: str) -> BaseResponse:
    """Add a trouble by its name, or a fault of one's own."""
    found = world_named(world)
    chosen = trouble(request.form.get("trouble", ""))
    try:
        strikes.add(service(), found.id, faults.checked(chosen.fault() if chosen else _own_fault(request.form)))
    except SandboxRefusal as refusal:
        return _shown(world, refusal, "fault")
    return redirect(urls.world(found.id, "control") + "#faults", 303)


@blueprint.post(f"{urls.WORLD}/control/faults/remove")
def post_removal(world: str) -> BaseResponse:
    """Remove a fault, or all of them."""
    found = world_named(world)
    try:
        strikes.remove(service(), found.id, request.form.get("fault") or None)
    except SandboxRefusal as refusal:
        return _shown(world, refusal, "fault")
    return redirect(urls.world(found.id, "control") + "#faults", 303)


def _shown(world: str, refusal: SandboxRefusal | None = None, place: str = "") -> Response:
    found = world_named(world)
    return render(
        "control.html", found, status=refusal.status if refusal else 200, refusal=refusal, place=place, steps=STEPS,
        scenarios=library.scenarios(), faults=strikes.listed(service(), found.id), troubles=TROUBLES, names=WHAT,
        services=SERVICES, typed=request.form, can_reset=found.label in library.names(),
    )  # fmt: skip


def _move(form: Any) -> ClockMove:
    if form.get("freeze"):
        return ClockMove(freeze=form["freeze"] == "yes")
    try:
        if form.get("advance"):
            return ClockMove(advance=msgspec.convert(form["advance"].strip().upper(), timedelta))
        return ClockMove(set=_utc(clock.parse(form.get("set", ""))))
    except (msgspec.ValidationError, ValueError) as error:
        words = "Give a duration as in PT5M, or a date and a time."
        raise SandboxRefusal("bad-clock-change", 400, words) from error


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _own_fault(form: Any) -> dict[str, Any]:
    try:
        effect = msgspec.json.decode(form.get("effect", ""))
    except msgspec.DecodeError as error:
        words = 'The effect must be JSON, as in {"status": 503}.'
        raise SandboxRefusal("bad-fault", 400, words, field="effect") from error
    told: dict[str, Any] = {name: form.get(name, "").strip() for name in ("service", "method", "path")}
    if form.get("times", "").strip().isdigit():
        told["times"] = int(form["times"])
    return {"effect": effect} | {name: value for name, value in told.items() if value}
