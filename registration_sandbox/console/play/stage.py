"""The stage on which a person is played: the web site, a phone, and what came by mail and SMS."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, get_args

import msgspec
from flask import Blueprint, Response, request

from orchestrator.flows import FLOWS
from orchestrator.models import RegistrationView
from orchestrator.registrations import MOVED
from registration_sandbox.console import urls
from registration_sandbox.console.guard import ASKED_BY_SCRIPT
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.console.play import acting, logins
from registration_sandbox.console.play.direct_calls import (
    GOOD_PASSWORD,
    TOKEN_CHOICES,
    DirectReply,
    body_examples,
    suggest_user_id,
)
from registration_sandbox.console.play.notices import Notice, notice
from registration_sandbox.console.play.screens import STEPS, app_screen, site_screen
from registration_sandbox.console.trying import trial_in
from registration_sandbox.control_plane import observed
from registration_sandbox.worlds import clockwork
from registration_sandbox.worlds.personas import PersonaState
from registration_sandbox.worlds.scenario import CardStatus, CustomerStatus
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import Exchange, JournalQuery
from simulators.kit.web.keeping import ClockMove
from simulators.kit.world import World

blueprint = Blueprint("console-stage", __name__)

SESSION_ENDED = "DR-0.8"
"""The branch of a user who must log in again."""

SHOWN = 12
"""How many of the newest exchanges are shown behind the stage."""

LOOKED_THROUGH = 200
"""How many of the middleware's newest exchanges are looked through for the one that a page tells of."""

MISBEHAVIOURS = (
    ("wrong_key", "signed with another phone's key"),
    ("altered_body", "altered after it was signed"),
    ("replay", "twice"),
    ("unsigned", "not signed"),
    ("foreign_emcert", "with an emCert of another issuer"),
    ("slow_clock", "with a clock that is slow"),
    ("fast_clock", "with a clock that is fast"),
)
"""How a phone can send a sign-up wrongly (the handset's ``misbehave``)."""

ALL_FACTORS = "DEBIT_CARD,CREDIT_CARD"

CUSTOMER_STATUSES, CARD_STATUSES = get_args(CustomerStatus), get_args(CardStatus)


@blueprint.get(f"{urls.WORLD}/play/<name>")
def get_stage(world: str, name: str) -> Response:
    return show(world_named(world), name, web=request.args.get("web", ""), phone=request.args.get("phone", ""))


@blueprint.post(f"{urls.WORLD}/play/<name>/time")
def post_time(world: str, name: str) -> Response:
    """Let time pass in the world."""
    found = world_named(world)
    try:
        passed = msgspec.convert(request.form.get("advance", ""), timedelta)
    except msgspec.ValidationError as error:
        words = "The time that passes is a duration in days or shorter, as in PT5M."
        raise SandboxRefusal("bad-clock-change", 400, words, field="advance") from error
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
    everyone = acting.everyone(found.id)
    who = acting.find_person(everyone, found.id, name)
    web, phone = request.args.get("web", ""), request.args.get("phone", "")
    return render(
        "play/phone.html", found, who=who, everyone=everyone, web_id=web, **phone_shown(found, who, phone, None)
    )


def show(
    world: World,
    name: str,
    *,
    web: str = "",
    phone: str = "",
    site_notice: Notice | None = None,
    phone_notice: Notice | None = None,
    bank_notice: Notice | None = None,
    typed: Mapping[str, str] | None = None,
    direct: DirectReply | None = None,
    typed_call: Mapping[str, str] | None = None,
) -> Response:
    """Show the stage; ``web`` is the registration on the web site, ``phone`` the one in hand, ``typed`` the form.

    The page's address becomes one that leads here again.
    """
    everyone = acting.everyone(world.id)
    who = acting.find_person(everyone, world.id, name)
    registration = acting.web_registration(world.id, web)
    typed = typed or {}
    known = registration.last_outcome.details if registration else {}
    messages = acting.inbox(world.id, who)
    page = render(
        "play/stage.html", world, who=who, web_id=registration.id if registration else "", registration=registration,
        screen=site_screen(registration), steps=STEPS, typed=typed,
        suggested_user_id=suggest_user_id(who), existing=known.get("userId") or typed.get("existing", ""),
        factors=known.get("factors", _split(typed.get("factors", ALL_FACTORS))), messages=messages,
        direct=direct, typed_call=typed_call or {}, direct_bodies=body_examples(who, messages),
        token_choices=TOKEN_CHOICES, bank_notice=bank_notice, customer_statuses=CUSTOMER_STATUSES,
        card_statuses=CARD_STATUSES, everyone=everyone,
        open_registrations=acting.open_web_registrations(world.id, everyone).get(name, [])[:1], trial=trial_in(world),
        site_notice=site_notice or (notice_of_last_outcome(world, registration) if registration else None),
        exchanges=_behind(world),
        **phone_shown(world, who, phone, phone_notice),
    )  # fmt: skip
    page.headers["HX-Replace-Url"] = urls.world(world.id, "play", name, web=web, phone=phone)
    return page


def phone_shown(world: World, who: PersonaState, chosen: str, answer: Notice | None) -> dict[str, Any]:
    """Return what the phone in hand shows: the one chosen, else the person's newest."""
    having = acting.phones(world.id, who)
    phone = next((each for each in having if each.id == chosen), having[-1] if having else None)
    login = logins.of(world.id, phone.id) if phone else None
    found = acting.device_registration(world.id, phone, login.username) if phone and login else None
    return {
        "good_password": GOOD_PASSWORD, "phones": having,
        "phone": phone, "login": login, "device": found,
        "app_screen": app_screen(phone, login, found),
        "phone_notice": answer or _notice_on_phone(world, phone, found),
        "tells": "" if answer and answer.tone == "good" else _told_by(found),
        "removable": _removable_devices(world, who, found), "misbehaviours": MISBEHAVIOURS,
        "out_of_turn": [a for a in FLOWS["device"].actions if found and found.status not in a.allowed],
    }  # fmt: skip


def _told_by(device: RegistrationView | None) -> str:
    """Return what distinguishes the states of which a phone tells by itself.

    An answer that went well stands for none of them: the registration may have gone on before the answer was there.
    """
    return f"{device.status} {device.last_outcome.branch} {device.last_outcome.message}" if device else ""


def _notice_on_phone(world: World, phone: acting.Phone | None, device: RegistrationView | None) -> Notice | None:
    """Return what a phone tells by itself: of the registration, or that its session has ended."""
    if device:
        return notice_of_last_outcome(world, device)
    return notice((SESSION_ENDED,), "", {}, went_well=False) if phone and logins.has_ended(world.id, phone.id) else None


def _removable_devices(world: World, who: PersonaState, device: RegistrationView | None) -> list[tuple[str, str]]:
    """Return the devices named when the bank allowed no more, emCertID and name, without those removed since."""
    named = device.last_outcome.details.get("devices") if device else None
    if not isinstance(named, list):
        return []
    models = {phone.emCertID: phone.model for phone in acting.phones(world.id, who)}
    gone = {phone.emCertID for phone in who.handsets if not phone.auth_service}
    ids = [str(each.get("emCertID")) for each in named]
    return [(id, f"{models.get(id, 'A phone')} {number}") for number, id in enumerate(ids, 1) if id not in gone]


def _behind(world: World) -> list[Exchange]:
    """Return the newest exchanges, newest first. A page that is there already is told of them as they happen."""
    if ASKED_BY_SCRIPT in request.headers:
        return []
    return observed.exchanges(service(), world.id, JournalQuery(limit=SHOWN))[::-1]


def _split(factors: str) -> list[str]:
    return [factor for factor in factors.split(",") if factor]


def notice_of_last_outcome(world: World, registration: RegistrationView) -> Notice:
    """Return what a registration says for itself, when its page is loaded again."""
    last = registration.last_outcome
    taken = (last.branch,) if last.branch else ()
    return notice(taken, last.message, last.details, went_well=True, exchange=_last_exchange(world, registration))


def _last_exchange(world: World, registration: RegistrationView) -> str:
    """Return the newest exchange that did something to a registration, if it is among the newest of all."""
    newest = observed.exchanges(service(), world.id, JournalQuery(service="orchestrator", limit=LOOKED_THROUGH))
    for exchange in reversed(newest):
        for decision in exchange.decisions:
            if decision.rule == MOVED and decision.facts.get("registration") == registration.id:
                return exchange.id
    return ""
