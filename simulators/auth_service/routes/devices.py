"""A user's devices (device registration, steps 0 and 4: R0, Q1, R4, Q4.1, P4.1)."""

import msgspec

from simulators.auth_service import access
from simulators.auth_service.models import DeviceOwner, RegisteredDevice, RegisteredDevices
from simulators.auth_service.policies import AuthServicePolicies
from simulators.auth_service.records import Device, User
from simulators.auth_service.steps import manage_devices
from simulators.auth_service.steps.callers import find_caller, find_user_for
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import API_KEY, API_KEY_AS_TOKEN, USER_TOKEN
from simulators.kit.web.tags import Tag

api = Api(Tag("devices", "A user's devices."), (USER_TOKEN, API_KEY, API_KEY_AS_TOKEN))

_ALWAYS = [
    (400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND"),
]  # fmt: skip


@api.operation("GET", "/users/<username>/devices", answer=RegisteredDevices, refusals=_ALWAYS[1:])
def list_devices(call: Call, username: str) -> RegisteredDevices:
    """List a user's devices, in the order in which they were added, and how many the user may have."""
    devices = manage_devices.list_devices(call, find_user_for(call, username))
    most = call.world.policies(AuthServicePolicies).max_devices
    return RegisteredDevices(msgspec.convert(devices, list[RegisteredDevice], from_attributes=True), most)


@api.operation(
    "GET", "/users/<username>/devices/<em_cert_id>", answer=RegisteredDevice,
    refusals=[*_ALWAYS, (404, "DEVICE_NOT_FOUND")],
)  # fmt: skip
def get_device(call: Call, username: str, em_cert_id: str) -> RegisteredDevice:
    """Return a user's device; another user's is not found."""
    user = find_user_for(call, username)
    return _view(manage_devices.find_device(call, user, em_cert_id), user)


@api.operation(
    "GET", "/devices/<em_cert_id>", answer=DeviceOwner, refusals=[*_ALWAYS[:3], (404, "DEVICE_NOT_FOUND")],
    security=(API_KEY, API_KEY_AS_TOKEN),
)  # fmt: skip
def get_device_owner(call: Call, em_cert_id: str) -> DeviceOwner:
    """Tell the middleware, and nobody else, whose a device is."""
    access.permit_institution(find_caller(call))
    return DeviceOwner(manage_devices.find_owner(call, em_cert_id))


@api.operation(
    "PUT", "/users/<username>/devices/<em_cert_id>", answer=RegisteredDevice, status=201,
    refusals=[*_ALWAYS, (409, "DEVICE_OF_ANOTHER_USER"), (409, "DEVICE_LIMIT_REACHED")], also=(200,),
)  # fmt: skip
def put_device(call: Call, username: str, em_cert_id: str) -> Answer:
    """Associate a device with a user; the same call again is answered with 200 and changes nothing."""
    user = find_user_for(call, username)
    device, is_new = manage_devices.associate(call, user, em_cert_id)
    return Answer(_view(device, user), 201 if is_new else 200)


@api.operation("DELETE", "/users/<username>/devices/<em_cert_id>", status=204, refusals=_ALWAYS)
def delete_device(call: Call, username: str, em_cert_id: str) -> Answer:
    """Take a device off a user; a device that the user does not have is left as it is."""
    manage_devices.remove(call, find_user_for(call, username), em_cert_id)
    return Answer(None, 204)


def _view(device: Device, user: User) -> RegisteredDevice:
    return RegisteredDevice(device.em_cert_id, user.username, device.added_at)
