"""The Auth Service's records."""

from datetime import datetime

from msgspec import Struct


class User(Struct):
    """A user, under a ``key`` that is the same in any letter case; ``mobile`` in E.164 where it is a number at all."""

    key: str
    username: str
    email: str | None
    mobile: str | None
    cif: str | None


class Session(Struct):
    """A user's login. ``id`` is the SHA-256 of its token, which is kept nowhere."""

    id: str
    user_key: str
    username: str
    expires_at: datetime
    last_used_at: datetime


class Device(Struct):
    """A device: its emCertID, the key of its user, and since when it is the user's."""

    em_cert_id: str
    user_key: str
    added_at: datetime


class DeviceWithUser(Struct):
    """A device with its user's name."""

    em_cert_id: str
    username: str
    added_at: datetime
