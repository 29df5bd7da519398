"""A world's faults as the control plane of the whole sandbox has them: in the service that each names, or in all."""

import msgspec

from orchestrator import fleet, outside
from simulators.kit import faults
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults import Fault, FaultMade, Faults, FaultState, NamedFault
from simulators.kit.faults.model import PUSH
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

EVERYWHERE = "everywhere"
PUSHES = "tsg"
UNKNOWN = 404


def add(service: Service, world: str, fault: Fault) -> str:
    """Add a fault to the service that it names, or to every service; return its id.

    A fault of the push needs no service: it is the TSG's. One that is everywhere counts in each service for itself.
    Raises SandboxRefusal (``outside-the-sandbox``, 409) when it is to strike a real system.
    """
    if fault.service or fault.path == PUSH:
        name = fault.service or PUSHES
        if outside.is_outside(service, name):
            raise outside.refusal(service, name, "service")
        return _added(service, name, world, fault, "")
    service.worlds.find(world_id(world))
    with service.store.transaction(world) as tx:
        id = f"{EVERYWHERE}-{tx.next(EVERYWHERE)}"
    try:
        for name in fleet.reached(service):
            _added(service, name, world, fault, id)
    except SandboxRefusal:
        _removed_everywhere(service, world, id)
        raise
    return id


def listed(service: Service, world: str) -> list[FaultState]:
    """Return every service's faults."""
    return [fault for name in fleet.reached(service) for fault in listed_in(service, name, world)]


def listed_in(service: Service, name: str, world: str) -> list[FaultState]:
    """Return one service's faults."""
    if name == fleet.OWN:
        return faults.listed(service, world_id(world))
    return fleet.ask_for(service, name, f"/worlds/{world}/faults", Faults).faults


def remove(service: Service, world: str, id: str | None) -> None:
    """Remove one fault, or all. Raises SandboxRefusal (``unknown-fault``, 404)."""
    service.worlds.find(world_id(world))
    if id is None:
        for name in fleet.reached(service):
            _removed(service, name, world, None)
        return
    name = id.rpartition("-")[0]
    if name == EVERYWHERE:
        if not _removed_everywhere(service, world, id):
            raise faults.unknown(id)
        return
    _removed(service, name if name in SERVICES else fleet.OWN, world, id)


def _added(service: Service, name: str, world: str, fault: Fault, id: str) -> str:
    if name == fleet.OWN:
        return faults.add(service, world_id(world), fault, id)
    named = NamedFault(**{**msgspec.structs.asdict(fault), "service": name, "id": id})
    return msgspec.convert(fleet.ask(service, name, "POST", f"/worlds/{world}/faults", named).body, FaultMade).id


def _removed(service: Service, name: str, world: str, id: str | None) -> None:
    if name == fleet.OWN:
        faults.remove(service, world_id(world), id)
    else:
        fleet.ask(service, name, "DELETE", f"/worlds/{world}/faults" + (f"/{id}" if id else ""))


def _removed_everywhere(service: Service, world: str, id: str) -> int:
    """Remove a fault wherever it is; return in how many services it was."""
    found = 0
    for name in fleet.reached(service):
        try:
            _removed(service, name, world, id)
            found += 1
        except SandboxRefusal as refusal:
            if refusal.status != UNKNOWN:
                raise
    return found
