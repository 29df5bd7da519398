"""The Auth Service's own control call: testers see who is known, and which device is whose."""

from typing import TYPE_CHECKING

import msgspec

from simulators.auth_service.devices import DeviceWithUser
from simulators.auth_service.models import DeviceOfUser, NewUser, UsersAndDevices
from simulators.kit.api import Api
from simulators.kit.lazy import lazy
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

if TYPE_CHECKING:
    from simulators.auth_service import tables
else:
    tables = lazy("simulators.auth_service.tables")

api = Api()


@api.operation(
    "GET", "/_sandbox/worlds/<world>/people", answer=UsersAndDevices, control=True, refusals=[(404, "unknown-world")]
)
def get_people(service: Service, world: str) -> UsersAndDevices:
    """Tell everyone that the Auth Service knows in a world, and their devices."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        users = tx.all(tables.every_user, NewUser)
        devices = tx.all(tables.every_device, DeviceWithUser)
    return UsersAndDevices(users, msgspec.convert(devices, list[DeviceOfUser], from_attributes=True))
