"""The stage on which a person is played: the web site, a phone, and what came by mail and SMS."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from orchestrator import observed
from orchestrator.console import urls
from orchestrator.console.guard import ASKED_BY_SCRIPT
from orchestrator.console.pages import render, service, world_named
from orchestrator.console.play import acting, logins
from orchestrator.console.play.notices import Notice, notice
from orchestrator.console.play.screens import STEPS, app_screen, site_screen
from orchestrator.flows import FLOWS
from orchestrator.registrations import MOVED, Registration
from orchestrator.worlds import clockwork
from orchestrator.worlds.personas import PersonaState
from simulators.kit import journal
from simulators.kit.control import ClockMove
from simulators.kit.journal import Exchange, JournalQuery
from simulators.kit.worlds import World

blueprint = Blueprint("console-stage", __name__)

SHOWN = 12
"""How many of the newest exchanges are shown behind the stage."""

LOOKED_THROUGH = 200
"""How many of the middleware's newest exchanges are looked through for the one that a page tells of."""

ALL_FACTORS = "DEBIT_CARD,CREDIT_CARD"

GOOD_PASSWORD = "Monsoon-42-Umbrella"  # noqa: S105
"""What the helper fills in: it follows the rules that a bank has unless its world says otherwise."""


@blueprint.get(f"{urls.WORLD}/play/<name>")
def get_stage(world: str, name: str) -> Response:
    return show(world_named(world), name, web=request.args.get("web", ""), phone=request.args.get("phone", ""))


@blueprint.post(f"{urls.WORLD}/play/<name>/time")
def post_time(world: str, name: str) -> Response:
    """Let time pass in the world."""
    found = world_named(world)
    passed = msgspec.convert(request.form.get("advance", ""), timedelta)
    clockwork.change(service(), found.id, ClockMove(advance=passed))
    return show(world_named(world), name, web=request.form.get("web", ""), phone=request.form.get("phone", ""))


@blueprint.get(f"{urls.WORLD}/play/<name>/inbox")
def get_inbox(world: str, name: str) -> Response:
    found = world_named(world)
    who = acting.person(found.id, name)
    return render("play/inbox.html", found, who=who, messages=acting.inbox(found.id, who))


@blueprint.get(f"{urls.WORLD}/play/<name>/phone")
def get_phone(world: str, name: str) -> Response:
    found = world_named(world)
    who = acting.person(found.id, name)
    web, phone = request.args.get("web", ""), request.args.get("phone", "")
    return render("play/phone.html", found, who=who, web_id=web, **phone_shown(found, who, phone, None))


def show(
    world: World,
    name: str,
    *,
    web: str = "",
    phone: str = "",
    site_notice: Notice | None = None,
    phone_notice: Notice | None = None,
    kept: Mapping[str, str] | None = None,
) -> Response:
    """Show the stage; ``web`` is the registration on the web site, ``phone`` the one in hand, ``kept`` what was typed.

    The page's address becomes one that leads here again.
    """
    who = acting.person(world.id, name)
    registration = acting.web_registration(world.id, web)
    typed = kept or {}
    known = registration.last_outcome.details if registration else {}
    page = render(
        "play/stage.html", world, who=who, web_id=registration.id if registration else "", registration=registration,
        screen=site_screen(registration), steps=STEPS, typed=typed,
        suggested_user_id=f"user.{who.cif[-4:]}", existing=known.get("userId") or typed.get("existing", ""),
        factors=known.get("factors", _split(typed.get("factors", ALL_FACTORS))), messages=acting.inbox(world.id, who),
        site_notice=site_notice or (told(world, registration) if registration else None),
        exchanges=_behind(world),
        **phone_shown(world, who, phone, phone_notice),
    )  # fmt: skip
    page.headers["HX-Replace-Url"] = urls.world(world.id, "play", name, web=web, phone=phone)
    return page


def phone_shown(world: World, who: PersonaState, chosen: str, said: Notice | None) -> dict[str, Any]:
    """Return what the phone in hand shows: the one chosen, else the person's newest."""
    having = acting.phones(world.id, who)
    phone = next((each for each in having if each.id == chosen), having[-1] if having else None)
    login = logins.of(world.id, phone.id) if phone else None
    found = acting.device_registration(world.id, phone, login.username) if phone and login else None
    return {
        "good_password": GOOD_PASSWORD, "phones": having, "phone": phone, "login": login, "device": found,
        "app_screen": app_screen(phone, login, found),
        "phone_notice": said or (told(world, found) if found else None),
        "out_of_turn": [a for a in FLOWS["device"].actions if found and found.status not in a.allowed],
    }  # fmt: skip


def _behind(world: World) -> list[Exchange]:
    """Return the newest exchanges, newest first. A page that is there already is told of them as they happen."""
    if ASKED_BY_SCRIPT in request.headers:
        return []
    return observed.exchanges(service(), world.id, JournalQuery(limit=SHOWN))[::-1]


def _split(factors: str) -> list[str]:
    return [factor for factor in factors.split(",") if factor]


def told(world: World, registration: Registration) -> Notice:
    """Return what a registration says for itself, when its page is loaded again."""
    last = registration.last_outcome
    taken = (last.branch,) if last.branch else ()
    return notice(taken, last.message, last.details, went_well=True, exchange=_last_exchange(world, registration))


def _last_exchange(world: World, registration: Registration) -> str:
    """Return the newest exchange that did something to a registration, if it is among the newest of all."""
    newest = journal.read(service().store, world.id, JournalQuery(limit=LOOKED_THROUGH))
    for exchange in reversed(newest):
        for decision in exchange.decisions:
            if decision.rule == MOVED and decision.facts.get("registration") == registration.id:
                return exchange.id
    return ""
