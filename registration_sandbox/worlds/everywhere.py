"""What is done to a world in every service, so that all have it or none: each can be done again until all is done."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from registration_sandbox.control_plane import fleet
from registration_sandbox.control_plane.tables import Lease
from simulators.kit.errors import SandboxRefusal
from simulators.kit.log import log
from simulators.kit.web.keeping import ClockState
from simulators.kit.web.parts import ExactClock, Takeover
from simulators.kit.wire.client import Reply
from simulators.kit.work import Service

GONE = 404
"""The status of a refusal to change what is not there, or no more: then there is nothing left to do."""

FAILED = 500
"""The least status of a failure that may pass; what is refused with less is refused for good."""


class PendingCall(Struct):
    """A call of a service's control plane that undoes a change or completes it, and may be made more than once."""

    service: str
    method: str
    path: str
    body: Any = None


def pending(calls: list[PendingCall]) -> str:
    """Return the place of a lease whose holder is changing a world: the calls that undo or complete that."""
    return msgspec.json.encode(calls).decode()


def finish(service: Service, lease: Lease) -> None:
    """Finish what the holder of a lease has begun, or undo it where it was not committed to. Raises SandboxRefusal."""
    match lease.stage:
        case "making":
            forget(service, lease.place)
        case "switching":
            take_over(service, lease.place, lease.at)
        case "removing":
            forget(service, lease.at)
        case "moving" if service.worlds.exists(lease.at):
            set_clock(service, lease.at)
        case "changing" | "changed":
            make_calls(service, lease.at, msgspec.json.decode(lease.place, type=list[PendingCall]))


def make_calls(service: Service, world: str, calls: list[PendingCall]) -> None:
    """Undo a change of a world, or complete it, in every service; what one refuses for good is logged.

    Raises SandboxRefusal for the first that failed.
    """
    refusals = []
    for call in calls:
        try:
            fleet.ask(service, call.service, call.method, call.path, call.body)
        except SandboxRefusal as refusal:
            if refusal.status >= FAILED:
                refusals.append(refusal)
            elif refusal.status != GONE:
                done = "%s of the world %s is left half changed: it refused what was to be done (%s %s). %s"
                log.error(done, call.service, world, call.method, call.path, refusal.message)
    if refusals:
        raise refusals[0]


def forget(service: Service, world: str) -> None:
    """Forget a world in every service. Raises SandboxRefusal for the first that could not."""
    _each(service, lambda name: fleet.ask(service, name, "DELETE", fleet.place(world)))


def take_over(service: Service, place: str, world: str) -> None:
    """Give the world at ``place`` the place of ``world`` in every service, with the control plane's clock."""
    body = Takeover(world, ExactClock.of(service.worlds.find(world).clock))
    _each(service, lambda name: fleet.ask(service, name, "POST", fleet.place(place, "takeover"), body))


def set_clock(service: Service, world: str) -> dict[str, ClockState]:
    """Set a world's clock in every service to the control plane's, which is the one that counts."""
    body = ExactClock.of(service.worlds.find(world).clock)
    replies = _each(service, lambda name: fleet.ask(service, name, "PUT", fleet.place(world, "clock"), body))
    return {name: msgspec.convert(reply.body, ClockState) for name, reply in replies.items()}


def _each(service: Service, act: Callable[[str], Reply]) -> dict[str, Reply]:
    """Return what each service answers, asking also those after one that refuses. Raises the first refusal.

    The order is that in which due work of one makes something due in another, so that what is handed over meanwhile
    is seen where it arrives.
    """
    replies, refusals = {}, []
    for name in fleet.in_order_of_effect(service):
        try:
            replies[name] = act(name)
        except SandboxRefusal as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]
    return replies
