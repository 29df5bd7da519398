"""Who may see the console and change things by it, and what a browser may do with its pages."""

import hashlib
import hmac
import secrets
from urllib.parse import urlencode, urlsplit

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from registration_sandbox.console import urls
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import CONTROL_PLANE
from simulators.kit.settings import Settings
from simulators.kit.web.hosts import check_host
from simulators.kit.web.origins import SAFE, check_origin, netloc_of
from simulators.kit.wire.strict_json import NUL
from simulators.kit.work import Service

TOKEN = "token"  # noqa: S105
"""The form field, and the session's member, of the token that shows that a form came from the console."""

ADMIN = "admin"

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ASKED_BY_SCRIPT = "HX-Request"
OPEN = (urls.LOG_IN, f"{urls.ROOT}/assets/")


def keep_sessions(app: Flask, settings: Settings) -> None:
    """Keep the console's sessions in a signed cookie of this sandbox's own: cookies do not tell ports apart."""
    port = urlsplit(settings.url(CONTROL_PLANE.name)).port or "default"
    app.secret_key = hashlib.sha256(f"console/{settings.signing_key}".encode()).digest()
    app.config.update(
        SESSION_COOKIE_NAME=f"sandbox-console-{port}",
        SESSION_COOKIE_PATH=urls.ROOT,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )


def admit(service: Service) -> BaseResponse | None:
    """Let a request pass, send it to the log-in, or refuse it.

    Raises SandboxRefusal: ``unknown-host`` (421) for a name that is not this sandbox's, against DNS rebinding;
    ``not-from-here`` (403) for a change that does not come from a page of the console, or a foreign page's fetching;
    ``validation-failed`` (400) for a NUL character, which PostgreSQL cannot look for.
    """
    settings = service.settings
    check_host(request, settings)
    if request.method in SAFE:
        check_origin(request, settings)
    if settings.admin_token is not None and not request.path.startswith(OPEN) and not _is_admin(settings):
        if request.method in SAFE and ASKED_BY_SCRIPT not in request.headers:
            return _to_log_in()
        raise SandboxRefusal("admin-token-required", 401, "You are logged out. Load the page again to log in.")
    if request.method not in SAFE:
        _from_here()
    _refuse_nul()
    return None


def token() -> str:
    """Return the session's token, which every form of the console carries."""
    if TOKEN not in session:
        session[TOKEN] = secrets.token_urlsafe(24)
    return str(session[TOKEN])


def log_in(settings: Settings, given: str) -> bool:
    """Keep in the session that the admin token was given, if it is the one."""
    if settings.admin_token is None or not hmac.compare_digest(given.encode(), settings.admin_token.encode()):
        return False
    session[ADMIN] = _mark(settings)
    return True


def log_out() -> None:
    session.clear()


def _is_admin(settings: Settings) -> bool:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and settings.admin_token is not None:
        return hmac.compare_digest(bearer.strip().encode(), settings.admin_token.encode())
    return hmac.compare_digest(str(session.get(ADMIN, "")), _mark(settings))


def _mark(settings: Settings) -> str:
    """Return what a session has that was opened with the admin token: no longer right when the token changes."""
    key = settings.signing_key.encode()
    return hmac.new(key, f"console-admin/{settings.admin_token}".encode(), hashlib.sha256).hexdigest()


def _to_log_in() -> BaseResponse:
    return redirect(f"{urls.LOG_IN}?{urlencode({'next': request.full_path.rstrip('?')})}", 303)


def _from_here() -> None:
    sent, expected = request.form.get(TOKEN, ""), str(session.get(TOKEN, ""))
    origin = request.headers.get("Origin", "")
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    same_origin = not origin or netloc_of(origin) == request.host.lower()
    if not (expected and same_site and same_origin and hmac.compare_digest(sent.encode(), expected.encode())):
        raise SandboxRefusal("not-from-here", 403, "This page is too old, or not the console's. Load it again.")


def _refuse_nul() -> None:
    if NUL in request.path:
        raise SandboxRefusal("validation-failed", 400, "The address must not contain a NUL character.")
    for name, value in (*request.args.items(multi=True), *request.form.items(multi=True)):
        if NUL in name or NUL in value:
            shown = name.replace(NUL, "")
            words = f"{shown} must not contain a NUL character."
            raise SandboxRefusal("validation-failed", 400, words, field=shown)
