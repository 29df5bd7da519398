"""A world's faults as the control plane of the whole sandbox has them: in the service that each names, or in all."""

import msgspec

from registration_sandbox.control_plane import external, fleet
from registration_sandbox.worlds import locks
from registration_sandbox.worlds.everywhere import PendingCall
from registration_sandbox.worlds.leases import Lock
from simulators.kit import faults
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults import PUSH, Fault, FaultMade, Faults, FaultState, NamedFault
from simulators.kit.services import SERVICES, TABLE
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

EVERYWHERE = "everywhere"
PUSHES = next(spec.name for spec in TABLE if spec.pushes)
UNKNOWN = 404
ELSEWHERE = ("effect", "path", "method")
"""The fields for which one service refuses a fault that another may take: it can hit nothing there, or do nothing."""


def add(service: Service, world: str, fault: Fault) -> str:
    """Add a fault to the service that it names, or to every service that it can hit; return its id.

    A fault of the push needs no service. One that is everywhere counts in each service for itself. Raises
    SandboxRefusal: ``bad-fault`` (400), or ``outside-the-sandbox`` (409) for a fault of a real system.
    """
    with locks.hold(service, world_id(world), despite_change=_is_of_one_service(fault)) as lock:
        return _add_within(lock, service, world, fault)


def _add_within(lock: Lock, service: Service, world: str, fault: Fault) -> str:
    if _is_of_one_service(fault):
        name = fault.service or PUSHES
        if external.is_external(service, name):
            raise external.refusal(service, name, "service")
        return _add(lock, name, world, fault, "")
    service.worlds.find(world_id(world))
    with service.store.transaction(world) as tx:
        id = f"{EVERYWHERE}-{tx.next(EVERYWHERE)}"
    here = fleet.reachable(service)
    lock.mark_change([PendingCall(name, "DELETE", fleet.place(world, "faults", id)) for name in here])
    refusals = [refusal for name in here if (refusal := _add_or_skip(lock, name, world, fault, id))]
    if len(refusals) == len(here):
        refusals.sort(key=lambda each: (ELSEWHERE.index(str(each.field)), "Did you mean" not in each.message))
        raise refusals[0]
    return id


def _is_of_one_service(fault: Fault) -> bool:
    return bool(fault.service) or fault.path == PUSH


def list_faults(service: Service, world: str) -> list[FaultState]:
    """Return every service's faults."""
    return [fault for name in fleet.reachable(service) for fault in list_faults_in(service, name, world)]


def list_faults_in(service: Service, name: str, world: str) -> list[FaultState]:
    """Return one service's faults."""
    return fleet.ask_for(service, name, fleet.place(world, "faults"), Faults).faults


def remove(service: Service, world: str, id: str | None) -> None:
    """Remove one fault, or all. Raises SandboxRefusal (``unknown-fault``, 404)."""
    with locks.hold(service, service.worlds.find(world_id(world)).id, despite_change=True) as lock:
        if id is None:
            for name in fleet.reachable(service):
                _remove(lock, name, world, None)
        elif (name := id.rpartition("-")[0]) != EVERYWHERE:
            _remove(lock, name if name in SERVICES else PUSHES, world, id)
        elif not _remove_everywhere(lock, world, id):
            raise faults.unknown_fault(id)


def _add_or_skip(lock: Lock, name: str, world: str, fault: Fault, id: str) -> SandboxRefusal | None:
    """Add a fault to a service, or return why it can do nothing there."""
    try:
        _add(lock, name, world, fault, id)
    except SandboxRefusal as refusal:
        if refusal.code == "bad-fault" and refusal.field in ELSEWHERE:
            return refusal
        raise
    return None


def _add(lock: Lock, name: str, world: str, fault: Fault, id: str) -> str:
    named = NamedFault(**{**msgspec.structs.asdict(fault), "service": name, "id": id})
    return msgspec.convert(lock.ask(name, "POST", fleet.place(world, "faults"), named).body, FaultMade).id


def _remove(lock: Lock, name: str, world: str, id: str | None) -> None:
    lock.ask(name, "DELETE", fleet.place(world, "faults", *([id] if id else [])))


def _remove_everywhere(lock: Lock, world: str, id: str) -> int:
    """Remove a fault wherever it is; return in how many services it was."""
    found = 0
    for name in fleet.reachable(lock.service):
        try:
            _remove(lock, name, world, id)
            found += 1
        except SandboxRefusal as refusal:
            if refusal.status != UNKNOWN:
                raise
    return found
