"""What the bank and its systems do about a person meanwhile: contacts, status and cards, and a phone."""

from typing import Any, get_args

import msgspec
from flask import Blueprint, Response, request

from registration_sandbox.console import urls
from registration_sandbox.console.pages import service, world_named
from registration_sandbox.console.play import acting, former
from registration_sandbox.console.play.notices import Notice
from registration_sandbox.console.play.person import PersonReply, ask
from registration_sandbox.console.play.stage import show
from registration_sandbox.worlds.changes import PersonChange, change_person
from registration_sandbox.worlds.personas import PersonaState
from registration_sandbox.worlds.scenario import CardStatus, CustomerStatus
from simulators.kit.errors import SandboxRefusal

blueprint = Blueprint("console-bank", __name__)

STATUSES = get_args(CustomerStatus)
CARD_STATUSES = get_args(CardStatus)
SERVICE_ID = "registration-sandbox"


@blueprint.post(f"{urls.WORLD}/play/<name>/bank")
def post_change(world: str, name: str) -> Response:
    """Have the bank change what it holds of the person; what was not changed in the form stays as it is."""
    found = world_named(world)
    who = acting.person(found.id, name)
    try:
        change = msgspec.convert(_read_changes(who), PersonChange)
        after = change_person(service(), found.id, name, change)
        given_up = {who.email, who.mobile} - {after.email, after.mobile}
        former.keep(found.id, name, [contact for contact in given_up if contact])
        notice = Notice("good", "The bank has changed it", "What other systems hold of the person stays as it was.")
    except msgspec.ValidationError as error:
        notice = Notice("wait", "The bank did not change it", f"{error}.")
    except SandboxRefusal as refusal:
        notice = Notice("wait", "The bank did not change it", refusal.message)
    return _show(world, name, notice)


@blueprint.post(f"{urls.WORLD}/play/<name>/phone/<id>/institution/<deed>")
def post_deed(world: str, name: str, id: str, deed: str) -> Response:
    """Have the TSG or the Auth Service do something about a phone, as the institution can without the person."""
    found = world_named(world)
    who = acting.person(found.id, name)
    phone = next((each for each in acting.phones(found.id, who) if each.id == id), None)
    if phone is None:
        raise SandboxRefusal("unknown-phone", 404, f"{name} has no such phone any more.")
    reply = _perform(found.id, who, phone.emCertID, deed)
    if reply.ok:
        return _show(world, name, phone=id, phone_notice=Notice("good", "Done", "The person is not told of it."))
    return _show(world, name, phone=id, phone_notice=reply.notice())


def _perform(world: str, who: PersonaState, em_cert_id: str, deed: str) -> PersonReply:
    credentials = service().settings.credentials
    if deed in ("revoke", "unregister"):
        body = {"service_id": SERVICE_ID, "subject_id": em_cert_id, "reason": "by a tester"}
        return ask(world, "tsg", "POST", f"/tsg/{deed}", body, token=credentials["tsg_api_key"])
    methods = {"add": "PUT", "remove": "DELETE"}
    if deed not in methods or not who.username:
        raise SandboxRefusal("unknown-deed", 404, f"There is no deed {deed!r}, or {who.name} has no web account.")
    path = f"/users/{urls.quote_part(who.username)}/devices/{em_cert_id}"
    return ask(world, "auth_service", methods[deed], path, api_key=credentials["auth_service_api_key"])


def _read_changes(who: PersonaState) -> dict[str, Any]:
    form = request.form
    given: dict[str, Any] = {name: form.get(name, "").strip() or None for name in ("email", "mobile")}
    given["status"] = form.get("status", who.status)
    held = {"email": who.email, "mobile": who.mobile, "status": who.status}
    changed = {name: value for name, value in given.items() if value != held[name]}
    statuses = form.getlist("card_status")
    if len(statuses) == len(who.cards) and statuses != [card.status for card in who.cards]:
        cards = zip(who.cards, statuses, strict=True)
        changed["cards"] = [{"number": card.number, "status": status} for card, status in cards]
    return changed


def _show(
    world: str, name: str, notice: Notice | None = None, *, phone: str = "", phone_notice: Notice | None = None
) -> Response:
    return show(
        world_named(world), name, web=request.form.get("web", ""), phone=phone or request.form.get("phone", ""),
        bank_notice=notice, phone_notice=phone_notice,
    )  # fmt: skip
