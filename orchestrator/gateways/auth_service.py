"""The bank's Auth Service, as the middleware uses it (device registration, steps 0, 1 and 4)."""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.work import Work

SERVICE = "auth_service"
CREATED, OK, NOT_FOUND, CONFLICT = 201, 200, 404, 409
LIMIT_REACHED = "DEVICE_LIMIT_REACHED"


class Association(Enum):
    """The result of asking for a device to be associated with a user."""

    NEW = "new"
    THERE_ALREADY = "there already"
    OF_ANOTHER_USER = "of another user"
    LIMIT_REACHED = "limit reached"


class UserDevice(Struct, rename={"em_cert_id": "emCertID", "added_at": "addedAt"}, omit_defaults=True):
    """One of a user's devices, as the Auth Service lists it."""

    em_cert_id: Annotated[str, Meta(min_length=1)]
    added_at: str | None = None


@dataclass(frozen=True)
class UserDevices:
    """A user's devices, and how many the user may have, where the Auth Service says."""

    devices: list[UserDevice]
    most: int | None

    def has_room_for(self, em_cert_id: str) -> bool:
        """Tell whether the device is one of them, or could become one."""
        is_there = any(device.em_cert_id == em_cert_id for device in self.devices)
        return is_there or self.most is None or len(self.devices) < self.most

    @property
    def listed(self) -> list[dict[str, Any]]:
        """The devices as they are told to their user."""
        found: list[dict[str, Any]] = msgspec.to_builtins(self.devices)
        return found


def user_of(work: Work, token: str) -> str | None:
    """Return whose token it is, or None if it is nobody's (RFC 7662)."""
    body = _usable(_ask(work, "POST", "/auth/introspect", {"token": token}), OK).body
    if _field(body, "active", bool) is False:
        return None
    return str(_field(body, "username", str)) or None


def has_device(work: Work, username: str, em_cert_id: str) -> bool:
    """Tell whether the device is registered for this user (Q1, Q4.1)."""
    return _usable(_ask(work, "GET", _device(username, em_cert_id)), OK, NOT_FOUND).status == OK


def owner_of(work: Work, em_cert_id: str) -> str | None:
    """Return the name of the user for whom the device is registered, or None if it is for nobody."""
    reply = _usable(_ask(work, "GET", f"/devices/{quote(em_cert_id, safe='')}"), OK, NOT_FOUND)
    return None if reply.status == NOT_FOUND else str(_field(reply.body, "username", str))


def list_devices(work: Work, username: str) -> UserDevices:
    """Return the user's devices."""
    body = _usable(_ask(work, "GET", f"/users/{quote(username, safe='')}/devices"), OK).body
    try:
        devices = msgspec.convert(_field(body, "devices", list), list[UserDevice])
    except msgspec.ValidationError as error:
        raise UpstreamFailure(SERVICE, "answered without usable devices") from error
    most = body.get("maxDevices")
    return UserDevices(devices, most if isinstance(most, int) else None)


def add_device(work: Work, username: str, em_cert_id: str) -> Association:
    """Associate the device with the user (P4.1)."""
    reply = _usable(_ask(work, "PUT", _device(username, em_cert_id)), OK, CREATED, CONFLICT)
    if reply.status == CONFLICT:
        limit = reply.body.get("error") == LIMIT_REACHED
        return Association.LIMIT_REACHED if limit else Association.OF_ANOTHER_USER
    return Association.NEW if reply.status == CREATED else Association.THERE_ALREADY


def is_registered_contact(work: Work, username: str, kind: str, contact: str) -> bool:
    """Tell whether ``contact`` is the user's registered ``email`` or ``mobile`` (R1)."""
    reply = _usable(
        _ask(work, "POST", f"/users/{quote(username, safe='')}/contacts/verify", {kind: contact}), OK, 400
    )  # fmt: skip
    return reply.status == OK and _field(reply.body, "registered", bool) is True


def notify(work: Work, username: str, key: str, purpose: str, subject: str, body: str) -> None:
    """Send the user a message by their registered contact; the same ``key`` is delivered once."""
    path = f"/users/{quote(username, safe='')}/notifications"
    message = {"purpose": purpose, "subject": subject, "body": body}
    _usable(_ask(work, "POST", path, message, {"Idempotency-Key": key}), OK, 202, CONFLICT)


def _device(username: str, em_cert_id: str) -> str:
    return f"/users/{quote(username, safe='')}/devices/{quote(em_cert_id, safe='')}"


def _ask(work: Work, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
    key = {"X-API-Key": work.settings.credentials["auth_service_api_key"]}
    return work.ask(SERVICE, method, path, body, headers={**key, **(headers or {})})


def _usable(reply: Reply, *expected: int) -> Reply:
    """Return an answer with one of the expected statuses. Raises UpstreamFailure for any other."""
    if reply.status not in expected:
        raise UpstreamFailure(SERVICE, f"answered {reply.status} {reply.body.get('error', '')}".strip())
    return reply


def _field(body: dict[str, Any], name: str, kind: type) -> Any:
    """Return a field of an answer. Raises UpstreamFailure where it is missing: that is no "no"."""
    if not isinstance(body.get(name), kind):
        raise UpstreamFailure(SERVICE, f"answered without a usable {name}")
    return body[name]
