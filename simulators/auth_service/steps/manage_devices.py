"""A user's devices: looked up, associated and removed (device registration, steps 0 and 4: R0, Q1, R4, Q4.1, P4.1)."""

import re

from simulators.auth_service import tables
from simulators.auth_service.devices import Association, association, belongs_to
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.records import Device, DeviceWithUser, User
from simulators.kit.errors import Refusal
from simulators.kit.work import Work

_EM_CERT_ID = re.compile("[0-9a-f]{64}")


def list_devices(work: Work, user: User) -> list[DeviceWithUser]:
    """Return a user's devices, in the order in which they were added."""
    return work.tx.all(tables.devices_of, DeviceWithUser, user_key=user.key)


def find_device(work: Work, user: User, em_cert_id: str) -> Device:
    """Return a user's device; another user's is not found. Raises Refusal (``DEVICE_NOT_FOUND``, 404)."""
    device = _look_up(work, em_cert_id)
    found = belongs_to(device, user.key)
    work.decide(None, "device.registered", username=user.username, emCertID=em_cert_id, found=found)
    if device is None or not found:
        raise Refusal("DEVICE_NOT_FOUND", 404, "This device is not registered for this user.")
    return device


def find_owner(work: Work, em_cert_id: str) -> str:
    """Return the name of a device's user. Raises Refusal (``DEVICE_NOT_FOUND``, 404)."""
    _look_up(work, em_cert_id)
    device = work.tx.first(tables.device_with_user, DeviceWithUser, em_cert_id=em_cert_id)
    work.decide(None, "device.owner", emCertID=em_cert_id, owner=device.username if device else None)
    if device is None:
        raise Refusal("DEVICE_NOT_FOUND", 404, "This device is registered for nobody.")
    return device.username


def associate(work: Work, user: User, em_cert_id: str) -> tuple[Device, bool]:
    """Return the device, now the user's, and whether it is new there. A world's associations happen one by one.

    Raises Refusal (``DEVICE_OF_ANOTHER_USER``, ``DEVICE_LIMIT_REACHED``, both 409).
    """
    device = _look_up(work, em_cert_id)
    owned = len(list_devices(work, user))
    most = work.world.policies(AuthServicePolicies).max_devices
    result = association(device, user.key, owned, most)
    work.decide(
        None, "device.association", username=user.username, emCertID=em_cert_id,
        owner=device.user_key if device else None, owned=owned, found=result.value,
    )  # fmt: skip
    if result is Association.OF_ANOTHER_USER:
        raise Refusal("DEVICE_OF_ANOTHER_USER", 409, "This device cannot be added: it belongs to another user.")
    if result is Association.LIMIT_REACHED:
        message = f"This device cannot be added: the user has {owned} devices, and may have {most}."
        raise Refusal("DEVICE_LIMIT_REACHED", 409, message)
    if device is not None:
        return device, False
    device = Device(em_cert_id, user.key, work.now)
    work.tx.insert(tables.devices, device)
    return device, True


def remove(work: Work, user: User, em_cert_id: str) -> None:
    """Take a device off a user; a device that the user does not have is left as it is."""
    if belongs_to(_look_up(work, em_cert_id), user.key):
        work.tx.delete(tables.devices, em_cert_id=em_cert_id)


def _look_up(work: Work, em_cert_id: str) -> Device | None:
    if not _EM_CERT_ID.fullmatch(em_cert_id):
        message = "emCertID must be the SHA-256 of a certificate: 64 of 0-9 and a-f."
        raise Refusal("VALIDATION_FAILED", 400, message, field="emCertID")
    return work.tx.get(tables.devices, Device, em_cert_id=em_cert_id)
