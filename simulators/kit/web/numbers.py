"""A service's numbers for metrics: exchanges, pruned ones, due work. The control plane gathers those of all."""

from typing import Annotated

from msgspec import Struct

from simulators.kit import clock
from simulators.kit.journal import PRUNED
from simulators.kit.models import assumed
from simulators.kit.scheduling import tables
from simulators.kit.tally import Tally
from simulators.kit.web.api import Api
from simulators.kit.work import Observed, Service

DUE_WORK = "DUE"
"""The method by which the journal tells due work that was done."""

_EXCHANGES = "exchanges"

api = Api()


class ExchangeCount(Struct):
    """How many exchanges had a method and a class of status: ``2xx``, or ``none`` where no answer came."""

    method: Annotated[str, assumed]
    status: Annotated[str, assumed]
    count: Annotated[int, assumed]


class Numbers(Struct):
    """What a service has counted since its database was made, and the due work of all worlds that waits.

    ``overdue`` is the part of ``waiting`` whose time has come; the rest is due later, or when a frozen clock is moved.
    """

    exchanges: Annotated[list[ExchangeCount], assumed]
    pruned: Annotated[int, assumed]
    waiting: Annotated[int, assumed]
    overdue: Annotated[int, assumed]


@api.operation("GET", "/_sandbox/numbers", answer=Numbers, control=True)
def get_numbers(service: Service) -> Numbers:
    """Return this service's numbers for metrics, over all worlds."""
    counted = service.tally.read(service.store)
    (due,) = service.store.read(tables.count_due, wall=clock.stamp(clock.wall_now()))
    exchanges = [(name.split(), count) for name, count in counted.items() if name.startswith(_EXCHANGES)]
    told = [ExchangeCount(method, status, count) for (_, method, status), count in exchanges]
    return Numbers(told, counted.get(PRUNED, 0), int(due["waiting"]), int(due["overdue"]))


def count_exchange(tally: Tally, observed: Observed) -> None:
    """Count an exchange by its method and class of status; due work that was done is none."""
    method, status = observed.exchange["method"], observed.exchange["status"]
    if method != DUE_WORK:
        tally.add(f"{_EXCHANGES} {method} {f'{status // 100}xx' if status else 'none'}")
