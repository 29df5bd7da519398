"""What was observed in a world: the merged journal, the branches taken, and the sequence of the real exchanges."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import msgspec

from registration_sandbox.control_plane import fleet
from registration_sandbox.drawing.mermaid import draw_mermaid
from simulators.kit.clock import stamp
from simulators.kit.journal import Exchange, Exchanges, JournalQuery
from simulators.kit.turns import in_pieces
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

PAGE = 1000
"""How many exchanges of a service are asked for at once."""

SLOWEST = timedelta(minutes=2)
"""No exchange takes longer: the others of its trace lie within this of it."""


def read_journal(service: Service, world: str, query: JournalQuery) -> Exchanges:
    """Return a world's newest exchanges with every service, or with the one asked for, oldest first."""
    pages = _first_pages(service, world, query)
    found = in_order_of_time(exchange for page in pages for exchange in page.exchanges)
    unmasked = service.worlds.find(world_id(world)).unmasked
    return Exchanges(found[-query.limit :], pruned=sum(page.pruned for page in pages), unmasked=unmasked)


def exchanges(service: Service, world: str, query: JournalQuery) -> list[Exchange]:
    """Return what ``read_journal`` does, without what is said of those that are gone."""
    return read_journal(service, world, query).exchanges


def count_pruned(service: Service, world: str) -> int:
    """Return how many exchanges of a world were deleted because journals have a limit."""
    return sum(page.pruned for page in _first_pages(service, world, JournalQuery(limit=1)))


def coverage(service: Service, world: str) -> dict[str, dict[str, object]]:
    """Return the branches that were taken, each with its count and the exchanges in which its decider took it."""
    taken: dict[str, list[str]] = {}
    for exchange in in_order_of_time(every_exchange(service, world, JournalQuery(branch="*"))):
        for branch in exchange.branches:
            taken.setdefault(branch, []).append(exchange.id)
    return {branch: {"count": len(ids), "exchanges": ids} for branch, ids in sorted(taken.items())}


def sequence(service: Service, world: str, registration: str = "") -> str:
    """Return a Mermaid sequence diagram of a world's exchanges, or of those of one registration."""
    if registration:
        return draw_mermaid(exchanges_about(service, world, registration))
    return draw_mermaid(in_order_of_time(every_exchange(service, world, JournalQuery())))


def exchanges_about(service: Service, world: str, registration: str, device: str = "") -> list[Exchange]:
    """Return the exchanges of every trace that names a registration or, once that has begun, its device."""
    named = in_order_of_time(every_exchange(service, world, JournalQuery(about=registration)))
    if not named:
        return []
    begun = named[0].recorded_at
    since = stamp(begun - SLOWEST)
    if device:
        also = every_exchange(service, world, JournalQuery(about=device, since=since))
        named += [exchange for exchange in also if exchange.recorded_at >= begun]
    traces = {exchange.trace_id for exchange in named}
    query = JournalQuery(since=since, until=stamp(max(each.recorded_at for each in named) + SLOWEST))
    return [each for each in in_order_of_time(every_exchange(service, world, query)) if each.trace_id in traces]


def every_exchange(service: Service, world: str, query: JournalQuery) -> Iterator[Exchange]:
    """Yield all of a world's exchanges that fit, service by service, without their bodies, headers and reasons."""
    page = msgspec.structs.replace(query, limit=PAGE)
    for name in _services(service, world, query):
        before: int | None = None
        while True:
            found = _page(service, name, world, msgspec.structs.replace(page, before=before))
            for exchange in in_pieces(found.exchanges):
                yield msgspec.structs.replace(
                    exchange, request=None, answer=None, decisions=[], request_headers={}, answer_headers={}
                )
            before = found.before
            if before is None:
                break


def in_order_of_time(found: Iterable[Exchange]) -> list[Exchange]:
    return sorted(found, key=lambda exchange: exchange.recorded_at)


def _first_pages(service: Service, world: str, query: JournalQuery) -> list[Exchanges]:
    return [_page(service, name, world, query) for name in _services(service, world, query)]


def _services(service: Service, world: str, query: JournalQuery) -> list[str]:
    service.worlds.find(world_id(world))
    return [name for name in fleet.reachable(service) if query.service in ("", name)]


def _page(service: Service, name: str, world: str, query: JournalQuery) -> Exchanges:
    asked = {key: value for key, value in msgspec.to_builtins(query).items() if value is not None}
    return fleet.ask_for(service, name, fleet.place(world, "journal"), Exchanges, {**asked, "service": ""})
