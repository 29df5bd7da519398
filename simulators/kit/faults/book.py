"""The faults of a world: added, listed, selected for a request, removed."""

import random
from typing import Any

import msgspec

from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.faults import globs, tables
from simulators.kit.faults.effect import Effect
from simulators.kit.faults.model import (
    MOST_IN_WORLD,
    PUSH,
    PUSH_METHOD,
    Fault,
    FaultState,
    NamedFault,
    check_effect,
    effect_of,
)
from simulators.kit.faults.tables import FaultRow
from simulators.kit.seeds import derive_int
from simulators.kit.store.transactions import Transaction
from simulators.kit.work import Service, Work


def parse_fault(value: dict[str, Any]) -> Fault:
    """Return a fault given as data. Raises SandboxRefusal (``bad-fault``)."""
    try:
        fault = msgspec.convert(value, Fault)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise SandboxRefusal("bad-fault", 400, f"{flaw.field} {flaw.message}.", field=flaw.field) from error
    check_effect(fault)
    return fault


def check_requests(service: Service, fault: Fault) -> None:
    """Refuse a fault that no request to this service, or push of it, can ever hit, or that would have no effect."""
    if fault.service not in ("", service.name):
        message = f"This is {service.name}; a fault of {fault.service} is added there, or by the control plane."
        raise SandboxRefusal("bad-fault", 400, message, field="service")
    if fault.path == PUSH:
        if not service.pushes:
            raise SandboxRefusal("bad-fault", 400, f"{service.name} pushes nothing.", field="path")
        _check_push(service, fault)
        return
    hit = [served for served in service.operations if globs.can_match(fault.path, served.path)]
    if not hit:
        near = globs.nearest(fault.path, [served.path for served in service.operations])
        hint = f" Did you mean {near}?" if near else ""
        message = f"No request to {service.name} has a path like {fault.path!r}.{hint}"
        raise SandboxRefusal("bad-fault", 400, message, field="path")
    methods = sorted({served.method for served in hit})
    if fault.method and fault.method.upper() not in methods:
        message = f"No request to {service.name} has the method {fault.method!r} and a path like {fault.path!r}; "
        raise SandboxRefusal(
            "bad-fault", 400, f"{message}there is {', '.join(methods)}. Leave the method out for all.", field="method"
        )
    kind, _ = effect_of(fault)
    if kind.on_body and not any(served.has_body for served in hit if fault.method.upper() in ("", served.method)):
        message = f"{kind.name} can have no effect: what it hits of {service.name} is answered without a body."
        raise SandboxRefusal("bad-fault", 400, message, field="effect")


def _check_push(service: Service, fault: Fault) -> None:
    if fault.method.upper() not in ("", PUSH_METHOD):
        message = f"A push has the method {PUSH_METHOD}, not {fault.method!r}. Leave the method out."
        raise SandboxRefusal("bad-fault", 400, message, field="method")
    kind, value = effect_of(fault)
    mistake = kind.find_mistake_on_push(value, service.pushes)
    if mistake is not None:
        field = f"effect.{kind.name}"
        raise SandboxRefusal("bad-fault", 400, f"{field}: {mistake}.", field=field)


def add(service: Service, world: str, fault: Fault, id: str = "") -> str:
    """Add a fault to a world and return its id; one with an ``id`` that is there already takes its place.

    Raises SandboxRefusal (``bad-fault``, 400, or ``unknown-world``, 404).
    """
    with service.store.transaction(world) as tx:
        service.worlds.current(tx)
        return add_within(tx, service, fault, id)


def add_within(tx: Transaction, service: Service, fault: Fault, id: str = "") -> str:
    """Add a fault to the transaction's world, as ``add``. Raises SandboxRefusal (``bad-fault``)."""
    check_effect(fault)
    check_requests(service, fault)
    rank = tx.next("fault")
    id = id or f"{service.name}-{rank}"
    named = NamedFault(**{**msgspec.structs.asdict(fault), "id": id})
    tx.upsert(tables.faults, FaultRow(id, rank, named, 0, 0))
    if _count(tx) > MOST_IN_WORLD:
        _forget_used_up(tx, service)
    return id


def _forget_used_up(tx: Transaction, service: Service) -> None:
    """Make room by removing the oldest fault that is used up. Raises SandboxRefusal (``bad-fault``)."""
    for row in tx.all(tables.faults_of_world, FaultRow):
        if _is_used_up(row):
            tx.delete(tables.faults, id=row.id)
            _count(tx)
            return
    message = f"A world has up to {MOST_IN_WORLD} faults in {service.name} that are not used up: remove some."
    raise SandboxRefusal("bad-fault", 400, message, field="faults")


def list_faults(service: Service, world: str) -> list[FaultState]:
    """Return a world's faults in the order in which they were added."""
    service.worlds.find(world)
    with service.store.transaction(world) as tx:
        rows = tx.all(tables.faults_of_world, FaultRow)
    return [_state_of(service, row) for row in rows]


def remove(service: Service, world: str, id: str | None) -> None:
    """Remove one fault, or all. Raises SandboxRefusal (``unknown-fault``, 404)."""
    with service.store.transaction(world) as tx:
        service.worlds.current(tx)
        ids = [row.id for row in tx.all(tables.faults_of_world, FaultRow)] if id is None else [id]
        if [each for each in ids if not tx.delete(tables.faults, id=each)]:
            raise unknown_fault(str(id))
        _count(tx)


def unknown_fault(id: str) -> SandboxRefusal:
    return SandboxRefusal("unknown-fault", 404, f"There is no fault {id!r} in this world.")


def select_effect(work: Work, method: str, path: str) -> Effect | None:
    """Return the effect of the first fault that fires for a request, if any.

    What the faults have counted is committed, so that nothing is locked while an effect, or the work, takes its time.
    """
    selected = _select(work, method, path)
    work.commit()
    return selected


def _select(work: Work, method: str, path: str) -> Effect | None:
    for row in work.tx.all(tables.faults_of_world, FaultRow):
        fault = row.fault
        if not _hits(fault, method, path) or _is_used_up(row):
            continue
        row.seen += 1
        seed = work.world.seed if fault.seed is None else str(fault.seed)
        dice = random.Random(derive_int(seed, "fault", row.id, row.seen))  # noqa: S311
        fires = row.seen > fault.after and dice.random() < fault.probability
        row.fired += fires
        work.tx.update(tables.faults, row)
        if fires:
            kind, value = effect_of(fault)
            return kind(value, dice)
    return None


def _hits(fault: Fault, method: str, path: str) -> bool:
    if PUSH in (path, fault.path):
        return path == fault.path
    return fault.method.upper() in ("", method) and globs.matches(fault.path, path)


def _is_used_up(row: FaultRow) -> bool:
    return row.fault.times is not None and row.fired >= row.fault.times


def _state_of(service: Service, row: FaultRow) -> FaultState:
    fields = {**msgspec.structs.asdict(row.fault), "service": service.name}
    return FaultState(**fields, seen=row.seen, fired=row.fired)


def _count(tx: Transaction) -> int:
    """Keep with the world how many faults it has, so that a request to one without faults looks for none."""
    return int(tx.run(tables.count_faults).fetchone()[0])
