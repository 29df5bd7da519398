"""A world's clock moved in every service together, from one instant at which something falls due to the next."""

from datetime import datetime

from orchestrator import fleet
from simulators.kit import control
from simulators.kit.clock import stamp
from simulators.kit.control import ClockMove, ClockState
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

MOST_STEPS = 1000
MOST_PASSES = 50


def change(service: Service, world: str, wanted: ClockMove) -> ClockState:
    """Change the clock everywhere; what falls due on the way is done in its order, before this returns."""
    found = service.worlds.find(world_id(world))
    changed = found.changed(wanted)
    target = changed.clock.now()
    if wanted.freeze is not None:
        _everywhere(service, world, ClockMove(freeze=wanted.freeze, settle=False))
        if wanted.freeze:
            _everywhere(service, world, ClockMove(set=target, settle=False))
        return control.clock_state(service, world)
    for _ in range(MOST_STEPS):
        step = _next(service, world, target)
        _everywhere(service, world, ClockMove(set=step, settle=False))
        _settle(service, world, step)
        if step >= target:
            break
    return control.clock_state(service, world)


def _next(service: Service, world: str, target: datetime) -> datetime:
    """Return the first instant on the way to ``target`` at which a service has something due."""
    now = service.worlds.find(world).clock.now()
    due = [state.next_due for state in _states(service, world).values() if state.next_due is not None]
    return min([target, *[max(instant, now) for instant in due if instant <= target]])


def _settle(service: Service, world: str, now: datetime) -> None:
    """Have every service do what is due by ``now``, until what one does makes nothing due in another."""
    for _ in range(MOST_PASSES):
        behind = [name for name, s in _states(service, world).items() if s.next_due is not None and s.next_due <= now]
        for name in behind:
            _move(service, world, name, ClockMove(settle=True))
        if not behind:
            return


def _states(service: Service, world: str) -> dict[str, ClockState]:
    own = {fleet.OWN: control.clock_state(service, world)}
    path = f"/worlds/{world}/clock"
    return own | {name: fleet.ask_for(service, name, path, ClockState) for name in fleet.OTHERS}


def _everywhere(service: Service, world: str, move: ClockMove) -> None:
    for name in SERVICES:
        _move(service, world, name, move)


def _move(service: Service, world: str, name: str, move: ClockMove) -> None:
    if name == fleet.OWN:
        control.change_clock(service, move, world)
        return
    body = {"settle": move.settle}
    if move.set is not None:
        body["set"] = stamp(move.set)  # type: ignore[assignment]
    if move.freeze is not None:
        body["freeze"] = move.freeze
    fleet.ask(service, name, "POST", f"/worlds/{world}/clock", body)
