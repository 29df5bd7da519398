"""Exchanges in the order of time: each is two events, its call and its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from simulators.kit.journal import Exchange
from simulators.kit.services import SERVICES
from simulators.kit.turns import in_pieces

PEOPLE = ("person", "client")
"""Who calls from outside: a person of a scenario; a web site, an app, a tester."""


@dataclass(frozen=True)
class Event:
    """An exchange's call, or its answer."""

    exchange: Exchange
    is_answer: bool


def in_order(found: Iterable[Exchange]) -> list[Event]:
    """Return the events of exchanges as they happened: what a service asks others stands within its own exchange."""
    timed = []
    for exchange in in_pieces(found):
        ended = exchange.recorded_at + timedelta(milliseconds=exchange.duration_ms)
        timed += [(exchange.recorded_at, Event(exchange, False)), (ended, Event(exchange, True))]
    timed.sort(key=lambda each: (each[0], each[1].is_answer))
    return [event for _, event in timed]


def participants(found: Iterable[Exchange]) -> list[str]:
    """Return who takes part: people, then the services in the order of their ports, then any other by name."""
    present = {name for exchange in found for name in (exchange.caller, exchange.service)}
    order = [*PEOPLE, *SERVICES, *sorted(present - {*PEOPLE, *SERVICES})]
    return [name for name in order if name in present]
