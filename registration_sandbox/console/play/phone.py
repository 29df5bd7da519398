"""What a person does on a phone: with the bank's app in it, and with the phone itself."""

import secrets
from typing import Any

from flask import Blueprint, Response, request

from registration_sandbox.console import urls
from registration_sandbox.console.pages import world_named
from registration_sandbox.console.play import acting, logins
from registration_sandbox.console.play.acting import Phone
from registration_sandbox.console.play.logins import Login
from registration_sandbox.console.play.notices import Notice
from registration_sandbox.console.play.person import PersonReply, ask
from registration_sandbox.console.play.stage import show
from registration_sandbox.control_plane import fleet
from registration_sandbox.worlds.personas import PersonaState
from simulators.kit.errors import SandboxRefusal

blueprint = Blueprint("console-phone", __name__)

PHONE = f"{urls.WORLD}/play/<name>/phone/<id>"
PNG = "image/png"
NO_NETWORK = Notice("wait", "No network", "This phone is offline. Put it online to use the bank's app.")

SDK_WORDS = {
    "SIGN_UP_CODE_INVALID": ("wait", "That is not the right code", "Look for the newest message and type its code."),
    "SIGN_UP_CODE_EXPIRED": ("wait", "This code has expired", "Ask for a new one."),
    "SIGN_UP_CODE_USED": ("stop", "This code was used already", "Every code is good for one phone. Ask for a new one."),
    "TOO_MANY_ATTEMPTS": ("stop", "Too many wrong codes", "Wait a while before you try again."),
    "SUBJECT_REVOKED": ("stop", "This phone was revoked", "It cannot be added again. Get another phone."),
    "QR_NOT_READABLE": ("wait", "There is no QR code to be seen", "Ask for one, and hold the phone before it."),
    "NOT_A_SIGN_UP_QR": ("wait", "This QR code is not the bank's", ""),
}  # fmt: skip
"""What the app says when the SDK reports that a sign-up was refused, and no branch of the documents says it."""

NEVER_BEGUN = "not-begun"
"""The id of a registration that there is not: an action on it comes before step 0."""


@blueprint.post(f"{urls.WORLD}/play/<name>/phones")
def post_phone(world: str, name: str) -> Response:
    """Buy a phone for the person."""
    model = request.form.get("model", "").strip() or "Pixel 9"
    body = {"os": "iOS" if model.startswith("iP") else "Android", "model": model, "owner": name}
    reply = ask(world_named(world).id, "handset", "POST", "/handsets", body)
    return _render_phone(world, name, str(reply.body.get("id", "")), None if reply.ok else reply.notice())


@blueprint.post(f"{PHONE}/log-in")
def post_log_in(world: str, name: str, id: str) -> Response:
    """Log in to the bank's app, which then asks what is known of the phone (step 0)."""
    phone = _in_hand(world, name, id)
    if phone.offline:
        return _render_phone(world, name, id, NO_NETWORK)
    username, password = request.form.get("username", "").strip(), request.form.get("password", "")
    body = {"username": username, "password": password}
    reply = ask(world, "auth_service", "POST", "/auth/login", body)
    if not reply.ok:
        seen = reply.notice()
        message = reply.body.get("error_description") or reply.message
        return _render_phone(
            world, name, id, Notice("wait", "You could not log in", str(message), exchange=seen.exchange)
        )
    ended = logins.take_ended(world, id)
    logins.keep(world, id, Login(username, str(reply.body["token"])))
    if ended == username and acting.device_registration(world, phone, username):
        return _render_phone(world, name, id, None)  # the session had ended in the middle: it goes on where it was
    return _open_app(world, name, phone)


@blueprint.post(f"{PHONE}/open")
def post_open(world: str, name: str, id: str) -> Response:
    """Open the app: it asks what is known of the phone (step 0)."""
    return _open_app(world, name, _in_hand(world, name, id))


@blueprint.post(f"{PHONE}/open-logged-out")
def post_open_logged_out(world: str, name: str, id: str) -> Response:
    """Open the app without logging in, as no app does: the bank tells nothing (step 0)."""
    phone = _in_hand(world, name, id)
    reply = ask(world, "orchestrator", "POST", "/registrations", {"flow": "device", "emCertID": phone.emCertID})
    return _render_phone(world, name, id, reply.notice())


@blueprint.post(f"{PHONE}/remove-device")
def post_remove_device(world: str, name: str, id: str) -> Response:
    """Remove a phone from the account, to make room for another one."""
    login = logins.of(world_named(world).id, id)
    if login is None:
        return _render_phone(world, name, id, None)
    user, device = map(urls.quote_part, (login.username, request.form.get("emCertID", "")))
    reply = ask(world, "auth_service", "DELETE", fleet.path("users", user, "devices", device), token=login.token)
    removed = Notice("good", "That phone is removed", "There is room for another one now.", exchange=reply.exchange)
    return _render_phone(world, name, id, removed if reply.ok else reply.notice())


@blueprint.post(f"{PHONE}/log-out")
def post_log_out(world: str, name: str, id: str) -> Response:
    logins.forget(world, id)
    return _render_phone(world, name, id, None)


@blueprint.post(f"{PHONE}/act/<action>")
def post_action(world: str, name: str, id: str, action: str) -> Response:
    """Do something in the bank's app."""
    phone = _in_hand(world, name, id)
    login = logins.of(world, id)
    found = acting.device_registration(world, phone, login.username) if login else None
    registration = found.id if found and not request.form.get("never_begun") else NEVER_BEGUN
    if phone.offline or login is None:
        return _render_phone(world, name, id, NO_NETWORK if phone.offline else None)
    body = _sign_up_fields(acting.person(world, name)) if action == "sign-up" else {}
    reply = ask(
        world,
        "orchestrator",
        "POST",
        fleet.path("registrations", registration, "actions", action),
        body,
        token=login.token,
    )
    return _render_phone(world, name, id, _notice_of_answer(world, id, reply))


@blueprint.post(f"{PHONE}/type")
def post_code(world: str, name: str, id: str) -> Response:
    """Type a sign-up code into the app (step 2, Q2)."""
    phone = _in_hand(world, name, id)
    body: dict[str, Any] = {"code": request.form.get("code", "").strip()}
    if request.form.get("misbehave"):
        body["misbehave"] = request.form["misbehave"]
    reply = ask(world, "handset", "POST", fleet.path("handsets", phone.id, "sign-up"), body)
    return _render_phone(world, name, id, _notice_of_sdk_report(reply))


@blueprint.post(f"{PHONE}/scan")
def post_scan(world: str, name: str, id: str) -> Response:
    """Hold the phone before the QR code on the screen (step 2, Q2); the screen is that of the phone ``screen``."""
    phone = _in_hand(world, name, id)
    shown = _ask_for_qr(world, name, request.form.get("screen", id))
    if not shown.ok:
        return _render_phone(
            world, name, id, Notice("wait", *SDK_WORDS["QR_NOT_READABLE"][1:], exchange=shown.exchange)
        )
    reply = ask(world, "handset", "POST", fleet.path("handsets", phone.id, "sign-up"), upload=_form_of(shown.raw))
    return _render_phone(world, name, id, _notice_of_sdk_report(reply))


@blueprint.get(f"{PHONE}/qr")
def get_qr(world: str, name: str, id: str) -> Response:
    """Show the QR code that a sign-up from this phone has put on the screen."""
    shown = _ask_for_qr(world, name, id)
    if not shown.ok:
        raise SandboxRefusal("no-sign-up-in-progress", 404, "There is no QR code to show now.")
    return Response(shown.raw, mimetype=PNG, headers={"Cache-Control": "no-store"})


@blueprint.post(f"{PHONE}/offline")
def post_offline(world: str, name: str, id: str) -> Response:
    """Take a phone off the network, or back on it."""
    body = {"offline": request.form.get("offline") == "yes"}
    reply = ask(world_named(world).id, "handset", "PUT", fleet.path("handsets", id, "offline"), body)
    return _render_phone(world, name, id, None if reply.ok else reply.notice())


@blueprint.post(f"{PHONE}/lose")
def post_lose(world: str, name: str, id: str) -> Response:
    """Lose a phone, for good."""
    reply = ask(world_named(world).id, "handset", "DELETE", fleet.path("handsets", id))
    logins.forget(world, id)
    return _render_phone(world, name, "", None if reply.ok else reply.notice())


def _in_hand(world: str, name: str, id: str) -> Phone:
    found = world_named(world)
    for phone in acting.phones(found.id, acting.person(found.id, name)):
        if phone.id == id:
            return phone
    raise SandboxRefusal("unknown-phone", 404, f"{name} has no such phone any more.")


def _sign_up_fields(who: PersonaState) -> dict[str, str]:
    """Return how the code is to come; each way has the person's own contact unless another one is typed."""
    via, typed = request.form.get("via", ""), request.form.get("contact", "").strip()
    contact = typed or {"email": who.email, "sms": who.mobile}.get(via)
    return {"via": via, **({"contact": contact} if contact and via != "qr" else {})}


def _open_app(world: str, name: str, phone: Phone) -> Response:
    login = logins.of(world, phone.id)
    if phone.offline or login is None:
        return _render_phone(world, name, phone.id, NO_NETWORK if phone.offline else None)
    body = {"flow": "device", "emCertID": phone.emCertID}
    reply = ask(world, "orchestrator", "POST", "/registrations", body, token=login.token)
    return _render_phone(world, name, phone.id, _notice_of_answer(world, phone.id, reply))


def _notice_of_answer(world: str, id: str, reply: PersonReply) -> Notice:
    if reply.body.get("code") == "not-logged-in":
        logins.end(world, id)
    return reply.notice()


def _notice_of_sdk_report(reply: PersonReply) -> Notice:
    """Return what the app shows of what its SDK reports."""
    if reply.body.get("queued"):
        return Notice("wait", "Saved for later", "The phone is offline: it sends the code when it is online again.",
                      exchange=reply.exchange)  # fmt: skip
    if reply.ok:
        return Notice("good", "Sent", "The bank is told by TSG.", branches=reply.branches, exchange=reply.exchange)
    if reply.branches:
        return reply.notice()
    code = str(reply.body.get("upstream_code") or reply.body.get("code") or "").upper().replace("-", "_")
    tone, title, text = SDK_WORDS.get(code, ("wait", "That did not work", reply.message))
    return Notice(tone, title, text, exchange=reply.exchange)  # type: ignore[arg-type]


def _ask_for_qr(world: str, name: str, id: str) -> PersonReply:
    phone = _in_hand(world, name, id)
    login = logins.of(world, id)
    found = acting.device_registration(world, phone, login.username) if login else None
    if login is None or found is None:
        return PersonReply(0)
    path = fleet.path("registrations", found.id, "sign-up-qr")
    return ask(world, "orchestrator", "GET", path, token=login.token, accept=PNG)


def _form_of(picture: bytes) -> tuple[bytes, str]:
    """Return a picture as the multipart form that uploads it, and the form's media type (RFC 7578)."""
    boundary = secrets.token_hex(16)
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="qr"; filename="qr.png"\r\nContent-Type: {PNG}\r\n\r\n'
    )
    return head.encode() + picture + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def _render_phone(world: str, name: str, phone: str, notice: Notice | None) -> Response:
    return show(world_named(world), name, web=request.form.get("web", ""), phone=phone, phone_notice=notice)
