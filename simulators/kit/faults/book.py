"""The faults of a world: added, listed, drawn for a request, removed."""

import random
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import msgspec

from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.faults.model import PUSH, Effect, Fault, FaultState, NamedFault, effect_of
from simulators.kit.lazy import lazy
from simulators.kit.seeds import derive_int
from simulators.kit.store import Transaction
from simulators.kit.work import Service, Work

if TYPE_CHECKING:
    from simulators.kit import tables
else:
    tables = lazy("simulators.kit.tables")


PUSHING = "tsg"


class FaultRow(msgspec.Struct):
    id: str
    rank: int
    fault: NamedFault
    seen: int
    fired: int


def checked(value: dict[str, Any]) -> Fault:
    """Return a fault given as data. Raises SandboxRefusal (``bad-fault``)."""
    try:
        fault = msgspec.convert(value, Fault)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise SandboxRefusal("bad-fault", 400, f"{flaw.field} {flaw.words}.", field=flaw.field) from error
    check(fault)
    return fault


def check(fault: Fault) -> None:
    """Refuse a fault whose effect is unknown, or cannot be had where it is asked for."""
    kind, _ = effect_of(fault)
    if fault.path == PUSH and not kind.on_push:
        raise SandboxRefusal("bad-fault", 400, f"{kind.name} is no effect of a push.", field="effect")
    if fault.path != PUSH and not kind.on_request:
        words = f"{kind.name} is an effect of the TSG's push: give service tsg and path push."
        raise SandboxRefusal("bad-fault", 400, words, field="path")


def add(service: Service, world: str, fault: Fault, id: str = "") -> str:
    """Add a fault to a world and return its id; one with an ``id`` that is there already takes its place."""
    check(fault)
    if fault.service not in ("", service.name):
        words = f"This is {service.name}; a fault of {fault.service} is added there, or by the orchestrator."
        raise SandboxRefusal("bad-fault", 400, words, field="service")
    if fault.path == PUSH and service.name != PUSHING:
        words = f"{service.name} pushes nothing; the path push is the TSG's."
        raise SandboxRefusal("bad-fault", 400, words, field="path")
    service.worlds.find(world)
    with service.store.transaction(world) as tx:
        rank = tx.next("fault")
        id = id or f"{service.name}-{rank}"
        named = NamedFault(**{**msgspec.structs.asdict(fault), "id": id})
        tx.upsert(tables.faults, FaultRow(id, rank, named, 0, 0))
        _count(service, tx)
    return id


def listed(service: Service, world: str) -> list[FaultState]:
    service.worlds.find(world)
    with service.store.transaction(world) as tx:
        rows = tx.all(tables.faults_of_world, FaultRow)
    return [_state(service, row) for row in rows]


def remove(service: Service, world: str, id: str | None) -> None:
    """Remove one fault, or all. Raises SandboxRefusal (``unknown-fault``, 404)."""
    service.worlds.find(world)
    with service.store.transaction(world) as tx:
        ids = [row.id for row in tx.all(tables.faults_of_world, FaultRow)] if id is None else [id]
        if [each for each in ids if not tx.delete(tables.faults, id=each)]:
            raise unknown(str(id))
        _count(service, tx)


def unknown(id: str) -> SandboxRefusal:
    return SandboxRefusal("unknown-fault", 404, f"There is no fault {id!r} in this world.")


def drawn(work: Work, method: str, path: str) -> Effect | None:
    """Return the effect of the first fault that strikes now, if any.

    What was seen and struck is committed, so that nothing is held while an effect, or the work, takes its time.
    """
    struck = _struck(work, method, path)
    work.commit()
    return struck


def _struck(work: Work, method: str, path: str) -> Effect | None:
    for row in work.tx.all(tables.faults_of_world, FaultRow):
        fault = row.fault
        if not _hits(fault, method, path) or (fault.times is not None and row.fired >= fault.times):
            continue
        row.seen += 1
        seed = work.world.seed if fault.seed is None else str(fault.seed)
        dice = random.Random(derive_int(seed, "fault", row.id, row.seen))  # noqa: S311
        strikes = row.seen > fault.after and dice.random() < fault.probability
        row.fired += strikes
        work.tx.update(tables.faults, row)
        if strikes:
            kind, value = effect_of(fault)
            return kind(value, dice)
    return None


def _hits(fault: Fault, method: str, path: str) -> bool:
    if (path == PUSH) != (fault.path == PUSH):
        return False
    return fault.method.upper() in ("", method) and fnmatchcase(path, fault.path)


def _state(service: Service, row: FaultRow) -> FaultState:
    told = {**msgspec.structs.asdict(row.fault), "service": service.name}
    return FaultState(**told, seen=row.seen, fired=row.fired)


def _count(service: Service, tx: Transaction) -> None:
    rows = tx.all(tables.faults_of_world, FaultRow)
    tx.run(tables.set_fault_count, number=len(rows))
