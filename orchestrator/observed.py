"""What was observed in a world: the merged journal, the branches taken, and the sequence of the real exchanges."""

from datetime import timedelta

import msgspec

from orchestrator import fleet
from orchestrator.drawing.events import Event, in_order, participants
from simulators.kit import journal
from simulators.kit.clock import stamp
from simulators.kit.journal import Exchange, Exchanges, JournalQuery
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

SLOWEST = timedelta(minutes=2)
"""No exchange takes longer: the others of its trace lie within this of it."""


def exchanges(service: Service, world: str, query: JournalQuery) -> list[Exchange]:
    """Return a world's exchanges with every service, or with the one asked for, oldest first."""
    service.worlds.find(world_id(world))
    found: list[Exchange] = []
    for name in fleet.reached(service):
        if query.service not in ("", name):
            continue
        if name == fleet.OWN:
            found += journal.read(service.store, world, query)
        else:
            asked = {**msgspec.to_builtins(query), "service": ""}
            found += fleet.ask_for(service, name, f"/worlds/{world}/journal", Exchanges, asked).exchanges
    found.sort(key=lambda exchange: exchange.recorded_at)
    return found[-query.limit :]


def coverage(service: Service, world: str) -> dict[str, dict[str, object]]:
    """Return the branches that were taken, each with its count and the exchanges in which its decider took it."""
    taken: dict[str, list[str]] = {}
    for exchange in exchanges(service, world, JournalQuery(branch="*", limit=journal.MOST_EXCHANGES)):
        for branch in exchange.branches:
            taken.setdefault(branch, []).append(exchange.id)
    return {branch: {"count": len(ids), "exchanges": ids} for branch, ids in sorted(taken.items())}


def sequence(service: Service, world: str, registration: str = "") -> str:
    """Return a Mermaid sequence diagram of a world's exchanges, or of those of one registration."""
    if registration:
        return mermaid(exchanges_about(service, world, registration))
    return mermaid(exchanges(service, world, JournalQuery(limit=journal.MOST_EXCHANGES)))


def exchanges_about(service: Service, world: str, registration: str, device: str = "") -> list[Exchange]:
    """Return the exchanges of every trace that names a registration or, once that has begun, its device."""
    most = journal.MOST_EXCHANGES
    own = exchanges(service, world, JournalQuery(about=registration, limit=most))
    if not own:
        return []
    since = stamp(own[0].recorded_at - SLOWEST)
    also = exchanges(service, world, JournalQuery(about=device, since=since, limit=most)) if device else []
    named = [*own, *[each for each in also if each.recorded_at >= own[0].recorded_at]]
    last = max(exchange.recorded_at for exchange in named)
    query = JournalQuery(since=since, until=stamp(last + SLOWEST), limit=most)
    traces = {exchange.trace_id for exchange in named}
    return [exchange for exchange in exchanges(service, world, query) if exchange.trace_id in traces]


def mermaid(found: list[Exchange]) -> str:
    """Draw exchanges as a ``sequenceDiagram``: each as its call and its answer, in the order of time."""
    lines = ["sequenceDiagram", *[f"    participant {name}" for name in participants(found)]]
    return "\n".join(lines + [_line(event) for event in in_order(found)]) + "\n"


def _line(event: Event) -> str:
    exchange = event.exchange
    if event.is_answer:
        answer = f"{exchange.status or 'done'} {' '.join(exchange.branches)}".strip()
        return f"    {exchange.service}-->>{exchange.caller}: {answer}"
    return f"    {exchange.caller}->>{exchange.service}: {exchange.method} {_plain(exchange.path)}"


def _plain(path: str) -> str:
    """Leave out what Mermaid would read as its own: a semicolon ends a statement, a hash begins an entity."""
    return path.partition("?")[0].replace(";", " ").replace("#", " ")
