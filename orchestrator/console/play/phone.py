"""What a person does on a phone: with the bank's app in it, and with the phone itself."""

import secrets
from typing import Any

from flask import Blueprint, Response, request

from orchestrator.console import urls
from orchestrator.console.pages import world_named
from orchestrator.console.play import acting, logins
from orchestrator.console.play.acting import Phone
from orchestrator.console.play.logins import Login
from orchestrator.console.play.notices import Notice
from orchestrator.console.play.person import Said, ask
from orchestrator.console.play.stage import show
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
    "SUBJECT_REVOKED": ("stop", "This phone was revoked", "It must be set up anew before it can be added."),
    "QR_NOT_READABLE": ("wait", "There is no QR code to be seen", "Ask for one, and hold the phone before it."),
    "NOT_A_SIGN_UP_QR": ("wait", "This QR code is not the bank's", ""),
    "INVALID_SIGNATURE": ("stop", "The phone was not trusted", "What it sent was not signed with its own key."),
}  # fmt: skip
"""What the app says when the SDK reports that a sign-up was refused."""


@blueprint.post(f"{urls.WORLD}/play/<name>/phones")
def post_phone(world: str, name: str) -> Response:
    """Buy a phone."""
    model = request.form.get("model", "").strip() or "Pixel 9"
    body = {"os": "iOS" if model.startswith("iP") else "Android", "model": model, "owner": name}
    said = ask(world_named(world).id, "handset", "POST", "/handsets", body)
    return _shown(world, name, str(said.body.get("id", "")), None if said.ok else said.notice())


@blueprint.post(f"{PHONE}/log-in")
def post_log_in(world: str, name: str, id: str) -> Response:
    """Log in to the bank's app, which then asks what is known of the phone (step 0)."""
    phone = _in_hand(world, name, id)
    if phone.offline:
        return _shown(world, name, id, NO_NETWORK)
    username, password = request.form.get("username", "").strip(), request.form.get("password", "")
    body = {"username": username, "password": password}
    said = ask(world, "auth_service", "POST", "/auth/login", body)
    if not said.ok:
        seen = said.notice()
        words = said.body.get("error_description") or said.message
        return _shown(world, name, id, Notice("wait", "You could not log in", str(words), exchange=seen.exchange))
    logins.keep(world, id, Login(username, str(said.body["token"])))
    return _opened(world, name, phone)


@blueprint.post(f"{PHONE}/open")
def post_open(world: str, name: str, id: str) -> Response:
    """Open the app: it asks what is known of the phone (step 0)."""
    return _opened(world, name, _in_hand(world, name, id))


@blueprint.post(f"{PHONE}/log-out")
def post_log_out(world: str, name: str, id: str) -> Response:
    logins.forget(world, id)
    return _shown(world, name, id, None)


@blueprint.post(f"{PHONE}/act/<action>")
def post_action(world: str, name: str, id: str, action: str) -> Response:
    """Do something in the bank's app."""
    phone = _in_hand(world, name, id)
    login = logins.of(world, id)
    found = acting.device_registration(world, phone, login.username) if login else None
    if phone.offline or login is None or found is None:
        return _shown(world, name, id, NO_NETWORK if phone.offline else None)
    body = {field: request.form[field].strip() for field in ("via", "contact") if request.form.get(field)}
    if body.get("via") == "qr":
        body.pop("contact", None)
    said = ask(world, "orchestrator", "POST", f"/registrations/{found.id}/actions/{action}", body, token=login.token)
    return _shown(world, name, id, _answered(world, id, said))


@blueprint.post(f"{PHONE}/type")
def post_code(world: str, name: str, id: str) -> Response:
    """Type a sign-up code into the app (step 2, Q2)."""
    phone = _in_hand(world, name, id)
    body: dict[str, Any] = {"code": request.form.get("code", "").strip()}
    if request.form.get("misbehave"):
        body["misbehave"] = request.form["misbehave"]
    said = ask(world, "handset", "POST", f"/handsets/{phone.id}/sign-up", body)
    return _shown(world, name, id, _reported(said))


@blueprint.post(f"{PHONE}/scan")
def post_scan(world: str, name: str, id: str) -> Response:
    """Hold the phone before the QR code on the screen (step 2, Q2); the screen is that of the phone ``screen``."""
    phone = _in_hand(world, name, id)
    shown = _qr_on_screen(world, name, request.form.get("screen", id))
    if not shown.ok:
        return _shown(world, name, id, Notice("wait", *SDK_WORDS["QR_NOT_READABLE"][1:], exchange=shown.exchange))
    said = ask(world, "handset", "POST", f"/handsets/{phone.id}/sign-up", upload=_form_of(shown.raw))
    return _shown(world, name, id, _reported(said))


@blueprint.get(f"{PHONE}/qr")
def get_qr(world: str, name: str, id: str) -> Response:
    """Show the QR code that a sign-up from this phone has put on the screen."""
    shown = _qr_on_screen(world, name, id)
    if not shown.ok:
        raise SandboxRefusal("no-sign-up-in-progress", 404, "There is no QR code to show now.")
    return Response(shown.raw, mimetype=PNG, headers={"Cache-Control": "no-store"})


@blueprint.post(f"{PHONE}/offline")
def post_offline(world: str, name: str, id: str) -> Response:
    """Take a phone off the network, or back on it."""
    body = {"offline": request.form.get("offline") == "yes"}
    said = ask(world_named(world).id, "handset", "PUT", f"/handsets/{id}/offline", body)
    return _shown(world, name, id, None if said.ok else said.notice())


@blueprint.post(f"{PHONE}/lose")
def post_lose(world: str, name: str, id: str) -> Response:
    """Lose a phone, for good."""
    said = ask(world_named(world).id, "handset", "DELETE", f"/handsets/{id}")
    logins.forget(world, id)
    return _shown(world, name, "", None if said.ok else said.notice())


def _in_hand(world: str, name: str, id: str) -> Phone:
    found = world_named(world)
    for phone in acting.phones(found.id, acting.person(found.id, name)):
        if phone.id == id:
            return phone
    raise SandboxRefusal("unknown-phone", 404, f"{name} has no such phone any more.")


def _opened(world: str, name: str, phone: Phone) -> Response:
    login = logins.of(world, phone.id)
    if phone.offline or login is None:
        return _shown(world, name, phone.id, NO_NETWORK if phone.offline else None)
    body = {"flow": "device", "emCertID": phone.emCertID}
    said = ask(world, "orchestrator", "POST", "/registrations", body, token=login.token)
    return _shown(world, name, phone.id, _answered(world, phone.id, said))


def _answered(world: str, id: str, said: Said) -> Notice:
    if said.body.get("code") == "not-logged-in":
        logins.forget(world, id)
    return said.notice()


def _reported(said: Said) -> Notice:
    """Return what the app shows of what its SDK reports."""
    if said.body.get("queued"):
        return Notice("wait", "Saved for later", "The phone is offline: it sends the code when it is online again.",
                      exchange=said.exchange)  # fmt: skip
    if said.ok:
        return Notice("good", "Sent", "The bank is told by TSG.", branches=said.branches, exchange=said.exchange)
    code = str(said.body.get("upstream_code") or said.body.get("code") or "").upper().replace("-", "_")
    tone, title, text = SDK_WORDS.get(code, ("wait", "That did not work", said.message))
    return Notice(tone, title, text, branches=said.branches, exchange=said.exchange)  # type: ignore[arg-type]


def _qr_on_screen(world: str, name: str, id: str) -> Said:
    phone = _in_hand(world, name, id)
    login = logins.of(world, id)
    found = acting.device_registration(world, phone, login.username) if login else None
    if login is None or found is None:
        return Said(0)
    return ask(world, "orchestrator", "GET", f"/registrations/{found.id}/sign-up-qr", token=login.token, accept=PNG)


def _form_of(picture: bytes) -> tuple[bytes, str]:
    """Return a picture as the multipart form that uploads it, and the form's media type (RFC 7578)."""
    boundary = secrets.token_hex(16)
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="qr"; filename="qr.png"\r\nContent-Type: {PNG}\r\n\r\n'
    )
    return head.encode() + picture + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def _shown(world: str, name: str, phone: str, notice: Notice | None) -> Response:
    return show(world_named(world), name, web=request.form.get("web", ""), phone=phone, phone_notice=notice)
