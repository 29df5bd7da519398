"""What was observed in a world: the merged journal, the branches taken, and the sequence of the real exchanges."""

from datetime import timedelta

import msgspec

from orchestrator import fleet
from simulators.kit import journal
from simulators.kit.journal import Exchange, Exchanges, JournalQuery
from simulators.kit.settings import SERVICES
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

CLIENT = "client"


def exchanges(service: Service, world: str, query: JournalQuery) -> list[Exchange]:
    """Return a world's exchanges with every service, or with the one asked for, oldest first."""
    service.worlds.find(world_id(world))
    found: list[Exchange] = []
    for name in SERVICES:
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
    found = exchanges(service, world, JournalQuery(limit=journal.MOST_EXCHANGES))
    if registration:
        traces = {e.trace_id for e in found if registration.encode() in msgspec.json.encode(e)}
        found = [exchange for exchange in found if exchange.trace_id in traces]
    return mermaid(found)


def mermaid(found: list[Exchange]) -> str:
    """Draw exchanges as a ``sequenceDiagram``: each as its call and its answer, in the order of time."""
    events = []
    for exchange in found:
        call = f"{exchange.method} {_plain(exchange.path)}"
        answer = f"{exchange.status or 'done'} {' '.join(exchange.branches)}".strip()
        ended = exchange.recorded_at + timedelta(milliseconds=exchange.duration_ms)
        events.append((exchange.recorded_at, 0, f"    {exchange.caller}->>{exchange.service}: {call}"))
        events.append((ended, 1, f"    {exchange.service}-->>{exchange.caller}: {answer}"))
    events.sort(key=lambda event: event[:2])
    present = {name for exchange in found for name in (exchange.caller, exchange.service)}
    order = [CLIENT, *SERVICES, *sorted(present - {CLIENT, *SERVICES})]
    lines = ["sequenceDiagram", *[f"    participant {name}" for name in order if name in present]]
    return "\n".join(lines + [line for _, _, line in events]) + "\n"


def _plain(path: str) -> str:
    """Leave out what Mermaid would read as its own: a semicolon ends a statement, a hash begins an entity."""
    return path.partition("?")[0].replace(";", " ").replace("#", " ")
