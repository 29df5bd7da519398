"""A world's clock moved in every service together, from one instant at which something falls due to the next.

The control plane's own clock is the one that counts: every service is set to just that, to the microsecond.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from registration_sandbox.control_plane import external, fleet
from registration_sandbox.control_plane.views import WorldTime
from registration_sandbox.worlds import everywhere, locks
from registration_sandbox.worlds.leases import Lock
from simulators.kit.clock import Clock
from simulators.kit.scheduling.due import SETTLE_LIMIT
from simulators.kit.services import SERVICES, affected_by
from simulators.kit.turns import give_turn
from simulators.kit.web import keeping
from simulators.kit.web.keeping import ClockMove, ClockState
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

MOST_STEPS = 1000
"""After so many instants at which something fell due, the rest of the way is made in one step."""

MOST_PASSES = 50

PATIENCE = SETTLE_LIMIT + 5
"""Seconds that a service is given to do what is due: it says by itself that it has not done all."""

States = Mapping[str, ClockState]


def change(service: Service, world: str, wanted: ClockMove) -> WorldTime:
    """Change the clock in every service of the sandbox; what falls due is done, in its order, before this returns.

    Moves of one world are made one after the other, and none is lost. Raises SandboxRefusal (``bad-clock-change``,
    ``unknown-world``, ``world-locked``, ``world-busy`` where what is due is not done in time, ``service-unavailable``).
    """
    id = service.worlds.find(world_id(world)).id
    with locks.hold(service, id, "moving") as lock:
        target = service.worlds.find(id).with_change(wanted).clock
        states = _ask_states(service, id)  # before anything is moved: all must be there
        if wanted.freeze is None:
            _move(service, lock, id, states, target)
        else:
            _set(service, id, target)
        changed = keeping.clock_state(service, id)
    return WorldTime(**msgspec.structs.asdict(changed), not_moved=list(external.list_external(service)))


def _move(service: Service, lock: Lock, world: str, states: States, target: Clock) -> None:
    for left in reversed(range(MOST_STEPS)):
        give_turn()  # where nothing waits, neither the lock would be renewed nor anything else be answered
        lock.check()
        step = _next_step(states, target.now()) if left else None
        clock = target if step is None else service.worlds.find(world).clock.at(step)
        if not _is_everywhere(service, world, states, clock):
            states = _set(service, world, clock)
        states = _settle(service, world, states)
        if step is None:
            return


def _is_everywhere(service: Service, world: str, states: States, clock: Clock) -> bool:
    """Return whether a clock that stands still is already the control plane's and every service's."""
    if service.worlds.find(world).clock != clock:
        return False
    return clock.frozen and all(state.frozen and state.now == clock.now() for state in states.values())


def _next_step(states: States, target: datetime) -> datetime | None:
    """Return the first instant on the way to ``target`` at which a service has something due, if there is one."""
    now = max(state.now for state in states.values())
    due = [state.next_due for state in states.values() if state.next_due is not None]
    return min([max(instant, now) for instant in due if instant < target], default=None)


def _settle(service: Service, world: str, states: States) -> States:
    """Have every service do what is due, until what one does makes nothing due in another; return how they stand."""
    for _ in range(MOST_PASSES):
        now = service.worlds.find(world).clock.now()
        behind = [name for name, state in states.items() if state.next_due is not None and state.next_due <= now]
        if not behind:
            break
        changed = {}
        for name in behind:
            reply = fleet.ask(service, name, "POST", fleet.place(world, "clock"), {"settle": True}, PATIENCE)
            changed[name] = msgspec.convert(reply.body, ClockState)
        affected = frozenset[str]().union(*map(affected_by, behind))
        states = {**states, **changed, **_ask_states(service, world, affected)}
    return states


def _ask_states(service: Service, world: str, names: Collection[str] = SERVICES) -> States:
    path = fleet.place(world, "clock")
    here = [name for name in fleet.in_order_of_effect(service) if name in names]
    return {name: fleet.ask_for(service, name, path, ClockState) for name in here}


def _set(service: Service, world: str, clock: Clock) -> States:
    """Set the control plane's clock, and every service's to it; return how these stand then."""
    with service.store.transaction(world) as tx:
        keeping.save_clock(tx, service, service.worlds.current(tx).with_clock(clock))
    return everywhere.set_clock(service, world)
