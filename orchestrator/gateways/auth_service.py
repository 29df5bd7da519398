"""The bank's Auth Service, as the middleware uses it (device registration, steps 0, 1 and 4)."""

from enum import Enum
from typing import Any
from urllib.parse import quote

from simulators.kit.http import Reply, UpstreamFailure
from simulators.kit.work import Work

SERVICE = "auth_service"


class Association(Enum):
    """What asking for a device to be associated with a user came to."""

    NEW = 201
    THERE_ALREADY = 200
    OF_ANOTHER_USER = 409


def user_of(work: Work, token: str) -> str | None:
    """Return whose token it is, or ``None`` if it is nobody's (RFC 7662)."""
    body = _usable(_ask(work, "POST", "/auth/introspect", {"token": token}), 200).body
    if _said(body, "active", bool) is False:
        return None
    return str(_said(body, "username", str)) or None


def has_device(work: Work, username: str, em_cert_id: str) -> bool:
    """Tell whether the device is registered for this user (Q1, Q4.1)."""
    return _usable(_ask(work, "GET", _device(username, em_cert_id)), 200, 404).status == 200


def add_device(work: Work, username: str, em_cert_id: str) -> Association:
    """Associate the device with the user (P4.1)."""
    wanted = [association.value for association in Association]
    return Association(_usable(_ask(work, "PUT", _device(username, em_cert_id)), *wanted).status)


def is_registered_contact(work: Work, username: str, kind: str, contact: str) -> bool:
    """Tell whether ``contact`` is the user's registered ``email`` or ``mobile`` (R1)."""
    reply = _ask(work, "POST", f"/users/{quote(username, safe='')}/contacts/verify", {kind: contact})
    return _usable(reply, 200, 400).status == 200 and _said(reply.body, "registered", bool) is True


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


def _said(body: dict[str, Any], name: str, kind: type) -> Any:
    """Return a field of an answer. Raises UpstreamFailure where it is missing: what is not said is no "no"."""
    if not isinstance(body.get(name), kind):
        raise UpstreamFailure(SERVICE, f"answered without a usable {name}")
    return body[name]
