"""What testers see of the Auth Service under ``/_sandbox``: its users, and which device is whose."""

import msgspec

from simulators.auth_service import tables
from simulators.auth_service.models import DeviceOfUser, KnownUser, UsersAndDevices
from simulators.auth_service.records import DeviceWithUser
from simulators.kit.web.api import Api
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

api = Api()


@api.operation(
    "GET", "/_sandbox/worlds/<world>/people", answer=UsersAndDevices, control=True, refusals=[(404, "unknown-world")]
)
def get_people(service: Service, world: str) -> UsersAndDevices:
    """List everyone that the Auth Service knows in a world, and their devices."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        users = tx.all(tables.every_user, KnownUser)
        devices = tx.all(tables.every_device, DeviceWithUser)
    return UsersAndDevices(users, msgspec.convert(devices, list[DeviceOfUser], from_attributes=True))
