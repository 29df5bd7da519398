"""A world's clock moved in every service together, from one instant at which something falls due to the next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from orchestrator import fleet, outside
from orchestrator.views import WorldTime
from simulators.kit import control
from simulators.kit.clock import stamp
from simulators.kit.control import ClockMove, ClockState
from simulators.kit.due import SETTLE_LIMIT
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

MOST_STEPS = 1000
"""After so many instants at which something fell due, the rest of the way is made in one step."""

MOST_PASSES = 50

ONWARD = ("handset", "tsg", "cymmetri", "cbs", "auth_service", fleet.OWN, "mailroom")
"""The services in the order in which what one does makes something due in another.

Looked at in this order, nothing slips from one that is still to be looked at to one that was.
"""

States = Mapping[str, ClockState]


def change(service: Service, world: str, wanted: ClockMove) -> WorldTime:
    """Change the clock in every service of the sandbox; what falls due is done, in its order, before this returns."""
    changed = _changed(service, world, wanted)
    return WorldTime(**msgspec.structs.asdict(changed), not_moved=list(outside.names(service)))


def _changed(service: Service, world: str, wanted: ClockMove) -> ClockState:
    found = service.worlds.find(world_id(world))
    changed = found.changed(wanted)
    target = changed.clock.now()
    if wanted.freeze is not None:
        _everywhere(service, world, ClockMove(freeze=wanted.freeze, settle=False))
        if wanted.freeze:
            _everywhere(service, world, ClockMove(set=target, settle=False))
        return control.clock_state(service, world)
    states = _states(service, world)
    for left in reversed(range(MOST_STEPS)):
        step = _next(states, target) if left else target
        if not all(state.frozen and state.now == step for state in states.values()):
            states = _everywhere(service, world, ClockMove(set=step, settle=False))
        states = _settled(service, world, states, step)
        if step >= target:
            break
    return states[fleet.OWN]


def _next(states: States, target: datetime) -> datetime:
    """Return the first instant on the way to ``target`` at which a service has something due."""
    now = states[fleet.OWN].now
    due = [state.next_due for state in states.values() if state.next_due is not None]
    return min([target, *[max(instant, now) for instant in due if instant <= target]])


def _settled(service: Service, world: str, states: States, now: datetime) -> States:
    """Have every service do what is due by ``now``, until what one does makes nothing due in another."""
    for _ in range(MOST_PASSES):
        behind = [name for name, state in states.items() if state.next_due is not None and state.next_due <= now]
        if not behind:
            break
        for name in behind:
            _move(service, world, name, ClockMove(settle=True))
        states = _states(service, world)
    return states


def _states(service: Service, world: str) -> States:
    return {name: _state(service, world, name) for name in _onward(service)}


def _state(service: Service, world: str, name: str) -> ClockState:
    if name == fleet.OWN:
        return control.clock_state(service, world)
    return fleet.ask_for(service, name, f"/worlds/{world}/clock", ClockState)


def _everywhere(service: Service, world: str, move: ClockMove) -> States:
    return {name: _move(service, world, name, move) for name in _onward(service)}


def _onward(service: Service) -> list[str]:
    here = fleet.reached(service)
    return [name for name in ONWARD if name in here]


def _move(service: Service, world: str, name: str, move: ClockMove) -> ClockState:
    if name == fleet.OWN:
        return control.change_clock(service, move, world)
    body: dict[str, Any] = {"settle": move.settle}
    if move.set is not None:
        body["set"] = stamp(move.set)
    if move.freeze is not None:
        body["freeze"] = move.freeze
    timeout = SETTLE_LIMIT if move.settle else None
    reply = fleet.ask(service, name, "POST", f"/worlds/{world}/clock", body, timeout)
    return msgspec.convert(reply.body, ClockState)
