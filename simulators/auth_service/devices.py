"""Whose a device is: it belongs to one user, and a user has so many (device registration, steps 0 and 4)."""

from enum import Enum

from simulators.auth_service.records import Device


class Association(Enum):
    """The result of associating a device with a user."""

    NEW = "new"
    THERE_ALREADY = "there already"
    OF_ANOTHER_USER = "of another user"
    LIMIT_REACHED = "limit reached"


def belongs_to(device: Device | None, user_key: str) -> bool:
    """Tell whether a device is the user's."""
    return device is not None and device.user_key == user_key


def association(device: Device | None, user_key: str, owned: int, most: int) -> Association:
    """Return the result of associating a device with a user who owns so many devices, and may own ``most``."""
    if device is not None:
        return Association.THERE_ALREADY if belongs_to(device, user_key) else Association.OF_ANOTHER_USER
    return Association.NEW if owned < most else Association.LIMIT_REACHED
