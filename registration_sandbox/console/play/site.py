"""What a person does on the bank's web site: the eleven steps of web registration, and the log-in after them."""

from typing import Any

from flask import Blueprint, Response, request

from registration_sandbox.console import urls
from registration_sandbox.console.pages import world_named
from registration_sandbox.console.play.cymmetri import ask_cymmetri
from registration_sandbox.console.play.notices import Notice
from registration_sandbox.console.play.person import PersonReply, ask
from registration_sandbox.console.play.stage import show
from registration_sandbox.control_plane import fleet

blueprint = Blueprint("console-site", __name__)

DEVICE = "console"
"""What the web site calls the browser that it is open in (``deviceId``)."""

NEXT_ASKED = {"Mobile_Verified": "list-factors", "Authenticated": "existing-user-id"}
"""What the web site asks by itself as soon as a page is reached, to be able to show it."""

OF_SOME_CARDS = ("pin", "cvv")
"""Fields that are sent only where something was typed: every kind of card has its own."""

FIELDS_SHOWN_AGAIN = ("type", "identity", "mfaType", "cardLast4", "userId", "factors", "existing")
"""What stays in a form that was refused. Secrets are typed again."""


@blueprint.post(f"{urls.WORLD}/play/<name>/site/check-identity")
def post_check_identity(world: str, name: str) -> Response:
    kind, identity = _field("type"), _field("identity")
    given = {"cardNumber" if kind == "CARD" else "id": identity}
    body = {"flow": "web", "deviceId": DEVICE, "type": kind, **given}
    reply = ask(world_named(world).id, "orchestrator", "POST", "/registrations", body)
    return _render_site(world, name, str(reply.body.get("id", "")) if reply.ok else "", reply.notice())


@blueprint.post(f"{urls.WORLD}/play/<name>/site/log-in")
def post_log_in(world: str, name: str) -> Response:
    body = {"userId": _field("userId"), "password": _field("password")}
    reply = ask_cymmetri(world_named(world).id, "POST", "/ciamauthsrvc/login", body)
    return _render_site(world, name, _field("web"), reply.notice())


@blueprint.post(f"{urls.WORLD}/play/<name>/site/<action>")
def post_action(world: str, name: str, action: str) -> Response:
    id = _field("web")
    reply = _act(world, id, action, {field: _field(field) for field in request.form if field not in _OURS})
    follow = NEXT_ASKED.get(str(reply.body.get("status"))) if reply.ok and action != "existing-user-id" else None
    found = _act(world, id, follow, {}) if follow else None
    return _render_site(world, name, id, _both(reply, found), _fill_in_fields(found))


def _act(world: str, id: str, action: str, fields: dict[str, str]) -> PersonReply:
    given = {name: value for name, value in fields.items() if value or name not in OF_SOME_CARDS}
    return ask(world_named(world).id, "orchestrator", "POST", fleet.path("registrations", id, "actions", action), given)


def _both(reply: PersonReply, found: PersonReply | None) -> Notice:
    """Return what the person sees of an action, or of what was asked after it where that leads no further."""
    seen = reply.notice()
    last = found.notice() if found is not None else seen
    return seen if last.tone == "good" else last


def _fill_in_fields(found: PersonReply | None) -> dict[str, str]:
    if found is None or not found.ok:
        return {}
    details = found.details
    known: dict[str, Any] = {"factors": ",".join(details.get("factors", [])), "existing": details.get("userId") or ""}
    return {name: value for name, value in known.items() if value}


def _render_site(world: str, name: str, web: str, notice: Notice, known: dict[str, str] | None = None) -> Response:
    typed = {field: _field(field) for field in FIELDS_SHOWN_AGAIN} | (known or {})
    return show(world_named(world), name, web=web, phone=_field("phone"), site_notice=notice, typed=typed)


def _field(name: str) -> str:
    return request.form.get(name, "").strip() if "assword" not in name else request.form.get(name, "")


_OURS = ("token", "web", "phone", "factors", "existing")
"""The form's own fields, which no system is sent."""
