"""A user's devices (device registration, steps 0 and 4: R0, Q1, R4, Q4.1, P4.1)."""

import re
from typing import TYPE_CHECKING

import msgspec

from simulators.auth_service.devices import Association, Device, DeviceWithUser, association
from simulators.auth_service.models import RegisteredDevice, RegisteredDevices
from simulators.auth_service.routes.callers import user_for
from simulators.auth_service.users import User
from simulators.kit.api import Answer, Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from simulators.auth_service import tables
else:
    tables = lazy("simulators.auth_service.tables")

api = Api()

_EM_CERT_ID = re.compile("[0-9a-f]{64}")
_ALWAYS = [
    (400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND"),
]  # fmt: skip


@api.operation(
    "GET", "/users/<username>/devices", answer=RegisteredDevices, refusals=_ALWAYS[1:],
)  # fmt: skip
def list_devices(call: Call, username: str) -> RegisteredDevices:
    """List a user's devices, in the order in which they were added."""
    user = user_for(call, username)
    devices = call.tx.all(tables.devices_of, DeviceWithUser, user_key=user.key)
    return RegisteredDevices(msgspec.convert(devices, list[RegisteredDevice], from_attributes=True))


@api.operation(
    "GET", "/users/<username>/devices/<em_cert_id>", answer=RegisteredDevice,
    refusals=[*_ALWAYS, (404, "DEVICE_NOT_FOUND")],
)  # fmt: skip
def get_device(call: Call, username: str, em_cert_id: str) -> RegisteredDevice:
    """Tell whether a device is registered for a user; another user's is not found."""
    user = user_for(call, username)
    device = _kept(call, em_cert_id)
    found = association(device, user.key)
    call.decide(None, "device.registered", username=user.username, emCertID=em_cert_id, found=found.value)
    if device is None or found is not Association.THERE_ALREADY:
        raise Refusal("DEVICE_NOT_FOUND", 404, "This device is not registered for this user.")
    return _answer(device, user)


@api.operation(
    "PUT", "/users/<username>/devices/<em_cert_id>", answer=RegisteredDevice, status=201,
    refusals=[*_ALWAYS, (409, "DEVICE_OF_ANOTHER_USER")],
)  # fmt: skip
def put_device(call: Call, username: str, em_cert_id: str) -> Answer:
    """Associate a device with a user; again is answered with 200 and changes nothing."""
    user = user_for(call, username)
    device = _kept(call, em_cert_id)
    found = association(device, user.key)
    owner = device.user_key if device else None
    call.decide(None, "device.association", username=user.username, emCertID=em_cert_id, owner=owner, found=found.value)
    if found is Association.OF_ANOTHER_USER:
        raise Refusal("DEVICE_OF_ANOTHER_USER", 409, "This device cannot be added: it belongs to another user.")
    if device is not None:
        return Answer(_answer(device, user), 200)
    device = Device(em_cert_id, user.key, call.now)
    call.tx.insert(tables.devices, device)
    return Answer(_answer(device, user), 201)


@api.operation("DELETE", "/users/<username>/devices/<em_cert_id>", status=204, refusals=_ALWAYS)
def delete_device(call: Call, username: str, em_cert_id: str) -> Answer:
    """Take a device off a user; one that the user does not have is left as it is."""
    user = user_for(call, username)
    if association(_kept(call, em_cert_id), user.key) is Association.THERE_ALREADY:
        call.tx.delete(tables.devices, em_cert_id=em_cert_id)
    return Answer(None, 204)


def _kept(call: Call, em_cert_id: str) -> Device | None:
    if not _EM_CERT_ID.fullmatch(em_cert_id):
        words = "emCertID is the SHA-256 of a certificate: 64 of 0-9 and a-f."
        raise Refusal("VALIDATION_FAILED", 400, words, field="emCertID")
    return call.tx.get(tables.devices, Device, em_cert_id=em_cert_id)


def _answer(device: Device, user: User) -> RegisteredDevice:
    return RegisteredDevice(device.em_cert_id, user.username, device.added_at)
