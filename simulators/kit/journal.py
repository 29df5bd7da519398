"""The journal of a world: every exchange, masked, with the branches it took and the decisions behind them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Struct

from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.lazy import lazy
from simulators.kit.models import assumed
from simulators.kit.store import Store
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.kit import tables
else:
    tables = lazy("simulators.kit.tables")

LARGEST_BODY = 16_384
MOST_EXCHANGES = 10_000


class DecisionEntry(Struct):
    """Why an answer was given: the rule, the branch where the documents name one, the facts it rested on."""

    rule: Annotated[str, assumed]
    branch: Annotated[str | None, assumed]
    facts: Annotated[dict[str, Any], assumed]


class Exchange(Struct):
    """One exchange as the service that answered it (or, for a push, sent it) saw it. Secrets are masked."""

    id: Annotated[str, assumed]
    service: Annotated[str, assumed]
    caller: Annotated[str, assumed]
    trace_id: Annotated[str, assumed]
    parent: Annotated[str | None, assumed]
    at: Annotated[datetime, assumed]
    recorded_at: Annotated[datetime, assumed]
    duration_ms: Annotated[float, assumed]
    method: Annotated[str, assumed]
    path: Annotated[str, assumed]
    status: Annotated[int, assumed]
    request: Annotated[Any, assumed] = None
    answer: Annotated[Any, assumed] = None
    branches: Annotated[list[str], assumed] = []
    relayed: Annotated[list[str], assumed] = []
    decisions: Annotated[list[DecisionEntry], assumed] = []
    fault: Annotated[str | None, assumed] = None


class Exchanges(Struct):
    """Exchanges, oldest first."""

    exchanges: Annotated[list[Exchange], assumed]


class JournalQuery(Struct):
    """``since`` is the ``recorded_at`` of the last exchange seen; ``limit`` keeps the newest."""

    service: Annotated[str, assumed] = ""
    path: Annotated[str, assumed] = ""
    branch: Annotated[str, assumed] = ""
    since: Annotated[str, assumed] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_EXCHANGES), assumed] = 1000


def record(
    work: Work,
    *,
    caller: str,
    method: str,
    path: str,
    status: int,
    started: float,
    recorded_at: datetime,
    request: Any = None,
    answer: Any = None,
    fault: str | None = None,
) -> None:
    """Write one exchange, already masked, in the work's transaction."""
    work.recorded = True
    branches = work.branches
    exchange = {
        "id": work.trace.id,
        "service": work.service.name,
        "caller": caller,
        "trace_id": work.trace.trace_id,
        "parent": work.trace.parent,
        "at": work.now_text,
        "recorded_at": clock.stamp(recorded_at),
        "duration_ms": round((clock.monotonic() - started) * 1000, 3),
        "method": method,
        "path": path,
        "status": status,
        "request": request,
        "answer": answer,
        "branches": branches,
        "relayed": work.relayed,
        "decisions": [{"rule": d.rule, "branch": d.branch, "facts": d.facts} for d in work.decisions],
        "fault": fault,
    }
    work.tx.run(
        tables.write_journal,
        id=work.trace.id,
        recorded_at=exchange["recorded_at"],
        path=path.partition("?")[0],
        branches=f",{','.join(branches)},",
        exchange=msgspec.json.encode(exchange).decode(),
    )


def read(store: Store, world: str, query: JournalQuery) -> list[Exchange]:
    """Return a service's exchanges of a world, oldest first. Raises SandboxRefusal (``since`` is no instant)."""
    try:
        since = clock.stamp_of(query.since) if query.since else ""
    except ValueError as error:
        words = "since must be the recorded_at of an exchange, as in 2026-01-01T09:00:00Z."
        raise SandboxRefusal("validation-failed", 400, words, field="since") from error
    path = _like(query.path, "*") if query.path else "%"
    branch = "%"
    if query.branch:
        branch = "%_,%" if query.branch == "*" else f"%,{_like(query.branch, '*')},%"
    rows = store.read(tables.read_journal, world=world, since=since, path=path, branch=branch, limit=query.limit)
    return [msgspec.json.decode(row["exchange"], type=Exchange) for row in reversed(rows)]


def _like(glob: str, star: str) -> str:
    for special in "\\%_":
        glob = glob.replace(special, "\\" + special)
    return glob.replace(star, "%")
