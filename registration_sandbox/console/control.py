"""The controls of a world: clock and faults, each by one click, and the way to its scenarios and policies."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from registration_sandbox.console import urls
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.console.troubles import TROUBLES, trouble
from registration_sandbox.console.words import WHAT
from registration_sandbox.worlds import clockwork, library, strikes, undo
from simulators.kit import clock, faults
from simulators.kit.errors import SandboxRefusal
from simulators.kit.numbers import read_number
from simulators.kit.services import SERVICES
from simulators.kit.web.keeping import ClockMove
from simulators.kit.wire.strict_json import read_json

blueprint = Blueprint("console-control", __name__)

STEPS = (("PT30S", "30 seconds"), ("PT1M", "1 minute"), ("PT6M", "6 minutes"), ("PT30M", "30 minutes"),
         ("P1D", "1 day"))  # fmt: skip
"""By how much the clock is moved with one click."""


@blueprint.get(f"{urls.WORLD}/control")
def get_control(world: str) -> Response:
    return render_control(world)


@blueprint.get(f"{urls.WORLD}/control/faults")
def get_faults(world: str) -> Response:
    found = world_named(world)
    return render("faults.html", found, faults=strikes.list_faults(service(), found.id), names=WHAT)


@blueprint.get(f"{urls.WORLD}/control/faults/chip")
def get_fault_chip(world: str) -> Response:
    """Show how many faults can still strike; nothing where none can, or a service cannot be asked."""
    found = world_named(world)
    try:
        faults = strikes.list_faults(service(), found.id)
    except SandboxRefusal:
        faults = []
    in_force = [fault for fault in faults if fault.times is None or fault.fired < fault.times]
    return render("fault_chip.html", found, faults=in_force)


@blueprint.post(f"{urls.WORLD}/control/clock")
def post_clock(world: str) -> BaseResponse:
    """Move the clock, stop it, or let it run; what falls due on the way has happened before the page is shown."""
    found = world_named(world)
    try:
        clockwork.change(service(), found.id, _move(request.form))
    except SandboxRefusal as refusal:
        return render_control(world, refusal, "clock")
    return redirect(urls.world(found.id, "control"), 303)


@blueprint.post(f"{urls.WORLD}/control/faults")
def post_fault(world: str) -> BaseResponse:
    """Add a trouble by its name, or any other fault; go back to the page of the console that asked for it."""
    found = world_named(world)
    chosen = trouble(request.form.get("trouble", ""))
    try:
        strikes.add(service(), found.id, faults.parse_fault(chosen.fault() if chosen else _own_fault(request.form)))
    except SandboxRefusal as refusal:
        return render_control(world, refusal, "fault")
    return redirect(urls.own_page(request.form.get("next", "")) or urls.world(found.id, "control") + "#faults", 303)


@blueprint.post(f"{urls.WORLD}/control/faults/remove")
def post_removal(world: str) -> BaseResponse:
    """Remove a fault, or all of them."""
    found = world_named(world)
    try:
        strikes.remove(service(), found.id, request.form.get("fault") or None)
    except SandboxRefusal as refusal:
        return render_control(world, refusal, "fault")
    return redirect(urls.world(found.id, "control") + "#faults", 303)


def render_control(world: str, refusal: SandboxRefusal | None = None, place: str = "") -> Response:
    """Return the page of the controls; a refusal stands at its ``place``."""
    found = world_named(world)
    return render(
        "control.html", found, status=refusal.status if refusal else 200, refusal=refusal, place=place, steps=STEPS,
        scenarios=library.scenarios(), faults=strikes.list_faults(service(), found.id), troubles=TROUBLES, names=WHAT,
        services=SERVICES, typed=request.form, can_reset=found.label in library.names(),
        copies=undo.list_copies(service()), another_come=partial(undo.has_another_come, service()),
    )  # fmt: skip


def _move(form: Any) -> ClockMove:
    if form.get("freeze"):
        return ClockMove(freeze=form["freeze"] == "yes")
    try:
        if form.get("advance"):
            return ClockMove(advance=msgspec.convert(form["advance"].strip().upper(), timedelta))
        return ClockMove(set=_utc(clock.parse(form.get("set", ""))))
    except (msgspec.ValidationError, ValueError) as error:
        message = "Give a duration as in PT5M, or a date and a time."
        raise SandboxRefusal("bad-clock-change", 400, message) from error


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _own_fault(form: Any) -> dict[str, Any]:
    try:
        effect = read_json(form.get("effect", "").encode())
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        message = 'The effect must be JSON, as in {"status": 503}.'
        raise SandboxRefusal("bad-fault", 400, message, field="effect") from error
    fault: dict[str, Any] = {name: form.get(name, "").strip() for name in ("service", "method", "path")}
    times = form.get("times", "").strip()
    fault["times"] = read_number(times)
    if times and fault["times"] is None:
        raise SandboxRefusal("bad-fault", 400, "The number of times must be a whole number.", field="times")
    return {"effect": effect} | {name: value for name, value in fault.items() if value not in ("", None)}
