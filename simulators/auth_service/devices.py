"""Whose a device is: it belongs to one user, once (device registration, steps 0 and 4)."""

from datetime import datetime
from enum import Enum

from msgspec import Struct


class Device(Struct):
    """A device as kept: its emCertID, the key of its user, and since when."""

    em_cert_id: str
    user_key: str
    added_at: datetime


class DeviceWithUser(Struct):
    """A device with its user's name."""

    em_cert_id: str
    username: str
    added_at: datetime


class Association(Enum):
    """What associating a device with a user comes to."""

    NEW = "new"
    THERE_ALREADY = "there already"
    OF_ANOTHER_USER = "of another user"


def association(device: Device | None, user_key: str) -> Association:
    """Decide what associating a device, as it is kept if at all, with a user comes to."""
    if device is None:
        return Association.NEW
    return Association.THERE_ALREADY if device.user_key == user_key else Association.OF_ANOTHER_USER
