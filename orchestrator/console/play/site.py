"""What a person does on the bank's web site: the eleven steps of web registration, and the log-in after them."""

from typing import Any

from flask import Blueprint, Response, request

from orchestrator.console import urls
from orchestrator.console.pages import world_named
from orchestrator.console.play.notices import Notice
from orchestrator.console.play.person import Said, ask
from orchestrator.console.play.stage import show

blueprint = Blueprint("console-site", __name__)

DEVICE = "console"
"""What the web site calls the browser that it is open in (``deviceId``)."""

NEXT_ASKED = {"Mobile_Verified": "list-factors", "Authenticated": "existing-user-id"}
"""What the web site asks by itself as soon as a page is reached, to be able to show it."""

KEPT = ("type", "identity", "mfaType", "cardLast4", "userId", "factors", "existing")
"""What stays in a form that was refused. Secrets are typed again."""


@blueprint.post(f"{urls.WORLD}/play/<name>/site/check-identity")
def post_check_identity(world: str, name: str) -> Response:
    kind, identity = _field("type"), _field("identity")
    given = {"cardNumber" if kind == "CARD" else "id": identity}
    body = {"flow": "web", "deviceId": DEVICE, "type": kind, **given}
    said = ask(world_named(world).id, "orchestrator", "POST", "/registrations", body)
    return _shown(world, name, str(said.body.get("id", "")) if said.ok else "", said.notice())


@blueprint.post(f"{urls.WORLD}/play/<name>/site/log-in")
def post_log_in(world: str, name: str) -> Response:
    body = {"userId": _field("userId"), "password": _field("password")}
    said = ask(world_named(world).id, "cymmetri", "POST", "/ciamauthsrvc/login", body)
    return _shown(world, name, _field("web"), _greeting(said))


@blueprint.post(f"{urls.WORLD}/play/<name>/site/<action>")
def post_action(world: str, name: str, action: str) -> Response:
    id = _field("web")
    said = _act(world, id, action, {field: _field(field) for field in request.form if field not in _OURS})
    follow = NEXT_ASKED.get(str(said.body.get("status"))) if said.ok and action != "existing-user-id" else None
    found = _act(world, id, follow, {}) if follow else None
    return _shown(world, name, id, _both(said, found), _known(found))


def _act(world: str, id: str, action: str, fields: dict[str, str]) -> Said:
    given = {name: value for name, value in fields.items() if value}
    return ask(world_named(world).id, "orchestrator", "POST", f"/registrations/{id}/actions/{action}", given)


def _both(said: Said, found: Said | None) -> Notice:
    """Return what the person sees of an action, or of what was asked after it where that leads no further."""
    seen = said.notice()
    last = found.notice() if found is not None else seen
    return seen if last.tone == "good" else last


def _known(found: Said | None) -> dict[str, str]:
    if found is None or not found.ok:
        return {}
    details = found.details
    known: dict[str, Any] = {"factors": ",".join(details.get("factors", [])), "existing": details.get("userId") or ""}
    return {name: value for name, value in known.items() if value}


def _greeting(said: Said) -> Notice:
    if said.ok:
        return Notice("good", "You are logged in", "", exchange=said.exchange)
    seen = said.notice()
    return Notice(seen.tone, "You could not log in", said.message, seen.points, seen.branches, seen.exchange)


def _shown(world: str, name: str, web: str, notice: Notice, known: dict[str, str] | None = None) -> Response:
    kept = {field: _field(field) for field in KEPT} | (known or {})
    return show(world_named(world), name, web=web, phone=_field("phone"), site_notice=notice, kept=kept)


def _field(name: str) -> str:
    return request.form.get(name, "").strip() if "assword" not in name else request.form.get(name, "")


_OURS = ("token", "web", "phone", "factors", "existing")
"""The form's own fields, which no system is sent."""
