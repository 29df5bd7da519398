"""The bank's Auth Service, as the middleware uses it (device registration, steps 0, 1 and 4)."""

from typing import Any
from urllib.parse import quote

from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.work import Work

SERVICE = "auth_service"


def user_of(work: Work, token: str) -> str | None:
    """Return whose token it is, or ``None`` if it is nobody's (RFC 7662)."""
    body = _usable(_ask(work, "POST", "/auth/introspect", {"token": token}), 200).body
    return str(body["username"]) if body.get("active") is True and body.get("username") else None


def has_device(work: Work, username: str, em_cert_id: str) -> bool:
    """Tell whether the device is registered for this user (Q1, Q4.1)."""
    return _usable(_ask(work, "GET", _device(username, em_cert_id)), 200, 404).status == 200


def add_device(work: Work, username: str, em_cert_id: str) -> bool:
    """Associate the device with the user (P4.1); return ``False`` when it belongs to another user."""
    return _usable(_ask(work, "PUT", _device(username, em_cert_id)), 200, 201, 409).status != 409


def is_registered_contact(work: Work, username: str, kind: str, contact: str) -> bool:
    """Tell whether ``contact`` is the user's registered ``email`` or ``mobile`` (R1)."""
    reply = _ask(work, "POST", f"/users/{quote(username, safe='')}/contacts/verify", {kind: contact})
    return _usable(reply, 200, 400).body.get("registered") is True


def notify(work: Work, username: str, key: str, purpose: str, subject: str, body: str) -> None:
    """Tell the user something by their registered contact; the same ``key`` is delivered once."""
    path = f"/users/{quote(username, safe='')}/notifications"
    message = {"purpose": purpose, "subject": subject, "body": body}
    _usable(_ask(work, "POST", path, message, {"Idempotency-Key": key}), 200, 202, 409)


def _device(username: str, em_cert_id: str) -> str:
    return f"/users/{quote(username, safe='')}/devices/{quote(em_cert_id, safe='')}"


def _ask(work: Work, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
    key = {"X-API-Key": work.settings.auth_service_api_key}
    return work.ask(SERVICE, method, path, body, headers={**key, **(headers or {})})


def _usable(reply: Reply, *expected: int) -> Reply:
    if reply.status not in expected:
        raise UpstreamFailure(SERVICE, f"answered {reply.status} {reply.body.get('error', '')}".strip())
    return reply
