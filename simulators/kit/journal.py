"""The journal of a world: every exchange, masked, with the branches it took and the decisions behind them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from simulators.kit import clock
from simulators.kit.errors import SandboxRefusal
from simulators.kit.log import log
from simulators.kit.models import assumed
from simulators.kit.store import tables
from simulators.kit.store.transactions import Store
from simulators.kit.turns import in_pieces
from simulators.kit.work import Work

LARGEST_BODY = 16_384
MOST_EXCHANGES = 10_000
NO_HEADERS: Mapping[str, str] = {}
NEWS_AT_ONCE = 500
"""The most exchanges that one call for news returns; the next call returns those that follow."""

PRUNED_AT_ONCE = 256
"""By how many exchanges a journal outgrows its limit before the oldest are deleted."""

PRUNED = "pruned"
"""What the exchanges that were deleted are counted as."""

LONGEST_SOUGHT = 2000
"""Characters of what is looked for: SQLite takes patterns of up to 50,000 bytes, and each of these may become eight."""

END = 2**62
"""Comes after every exchange's number."""

NEVER = "9999"
"""Comes after every instant that ``stamp`` writes."""


class DecisionEntry(Struct):
    """Why an answer was given: the rule, the branch where the documents name one, the facts it rested on."""

    rule: Annotated[str, assumed]
    branch: Annotated[str | None, assumed]
    facts: Annotated[dict[str, Any], assumed]


class Exchange(Struct):
    """One exchange as the service that answered it (or, for a push, sent it) saw it. ``Work.mask`` masks secrets.

    ``certificate`` is whom the client's certificate named, where it presented one (mTLS). Of the headers, the first 40
    are there, and up to 1,024 characters of each (``kit.headers``); exchanges of earlier versions have none.
    """

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
    certificate: Annotated[str | None, assumed] = None
    request_headers: Annotated[dict[str, str], assumed] = {}
    answer_headers: Annotated[dict[str, str], assumed] = {}


class Exchanges(Struct, omit_defaults=True):
    """Exchanges, oldest first.

    ``before`` is the cursor of the page of older ones, left out where there is none. ``pruned`` is how many older ones
    were deleted because a journal has its limit, left out where none was. ``unmasked`` tells that people's secrets are
    in them, since the world was made so; it is left out where they are not.
    """

    exchanges: Annotated[list[Exchange], assumed]
    before: Annotated[int | None, assumed] = None
    pruned: Annotated[int, assumed] = 0
    unmasked: Annotated[bool, assumed] = False


class News(Struct):
    """Exchanges in the order in which they were written; ``cursor`` is where the next look goes on."""

    exchanges: Annotated[list[Exchange], assumed]
    cursor: Annotated[int, assumed]


class NewsQuery(Struct):
    """``after`` is the cursor of the last look; left out, the answer tells the cursor and no exchange."""

    after: Annotated[Annotated[int, msgspec.Meta(ge=0)] | None, assumed] = None


class JournalQuery(Struct):
    """``since`` is the ``recorded_at`` of the last exchange seen, ``until`` that of the first seen.

    ``limit`` keeps the newest; ``before`` is the cursor of the page before them. ``id`` and ``trace`` are an exchange's
    own and its trace's, ``about`` is an id that stands anywhere in it.
    """

    service: Annotated[str, assumed] = ""
    path: Annotated[str, assumed] = ""
    branch: Annotated[str, assumed] = ""
    since: Annotated[str, assumed] = ""
    until: Annotated[str, assumed] = ""
    id: Annotated[str, assumed] = ""
    trace: Annotated[str, assumed] = ""
    about: Annotated[str, assumed] = ""
    before: Annotated[Annotated[int, msgspec.Meta(ge=1)] | None, assumed] = None
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
    certificate: str | None = None,
    request_headers: Mapping[str, str] = NO_HEADERS,
    answer_headers: Mapping[str, str] = NO_HEADERS,
) -> None:
    """Write one exchange, already masked, in the work's transaction."""
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
        "request": _limit_size(request),
        "answer": _limit_size(answer),
        "branches": branches,
        "relayed": work.relayed,
        "decisions": [{"rule": d.rule, "branch": d.branch, "facts": _limit_size(d.facts)} for d in work.decisions],
        "fault": fault,
        "certificate": certificate,
        "request_headers": request_headers,
        "answer_headers": answer_headers,
    }
    written = work.tx.run(
        tables.write_journal,
        id=work.trace.id,
        recorded_at=exchange["recorded_at"],
        path=path.partition("?")[0],
        branches=f",{','.join(branches)},",
        exchange=msgspec.json.encode(exchange).decode(),
    )
    work.show_when_committed(exchange)
    _prune(work, int(written.fetchone()[0]))


def _prune(work: Work, last: int) -> None:
    """Delete the oldest exchanges of a journal that has outgrown its limit; ``last`` is the number of the newest."""
    limit = work.settings.journal_limit
    if last % PRUNED_AT_ONCE or last <= limit:
        return
    deleted = work.tx.run(tables.prune_journal, last=last - limit).rowcount
    work.service.tally.add(PRUNED, deleted)
    if last <= limit + PRUNED_AT_ONCE:
        log.warning(
            "%s: the journal of the world %s has %s exchanges: from now on the oldest are deleted "
            "(SANDBOX_JOURNAL_LIMIT).", work.service.name, work.world.id, limit,
        )  # fmt: skip


def read(store: Store, world: str, query: JournalQuery) -> Exchanges:
    """Return a service's exchanges of a world, oldest first. Raises SandboxRefusal (``validation-failed``)."""
    for name in ("path", "branch", "id", "trace", "about"):
        if len(getattr(query, name)) > LONGEST_SOUGHT:
            message = f"{name} has up to {LONGEST_SOUGHT} characters."
            raise SandboxRefusal("validation-failed", 400, message, field=name)
    branch = "%"
    if query.branch:
        branch = "%_,%" if query.branch == "*" else f"%,{_like(query.branch, '*')},%"
    rows = store.read(
        tables.read_journal, world=world, limit=query.limit, branch=branch,
        since=_instant("since", query.since) if query.since else "",
        until=_instant("until", query.until) if query.until else NEVER,
        path=_like(query.path, "*") if query.path else "%",
        id=_like(query.id, "") if query.id else "%",
        trace=f'%"trace_id":"{_like(query.trace, "")}"%' if query.trace else "%",
        about=f"%{_like(query.about, '')}%" if query.about else "%",
        before=query.before or END,
    )  # fmt: skip
    found = [msgspec.json.decode(row["exchange"], type=Exchange) for row in in_pieces(reversed(rows))]
    pruned = int(store.read(tables.first_exchange, world=world)[0]["seq"]) - 1
    return Exchanges(found, int(rows[-1]["seq"]) if len(rows) == query.limit else None, pruned)


def news(store: Store, world: str, after: int | None) -> News:
    """Return what a service has written since the cursor ``after``; of a world that was replaced, all that it has.

    Exchanges are written in the order of their cursors, so that none is missed, however long it took.
    """
    last = int(store.read(tables.last_exchange, world=world)[0]["seq"])
    if after is None or after == last:
        return News([], last)
    rows = store.read(
        tables.later_exchanges, world=world, after=after if after < last else 0, limit=NEWS_AT_ONCE
    )  # fmt: skip
    found = [msgspec.json.decode(row["exchange"], type=Exchange) for row in rows]
    return News(found, int(rows[-1]["seq"]) if rows else last)


def _limit_size(value: Any) -> Any:
    """Return a value encoded, or, in place of a very large one, its size: entries are kept small."""
    encoded = msgspec.json.encode(value)
    return msgspec.Raw(encoded) if len(encoded) <= LARGEST_BODY else {"left_out": f"{len(encoded)} bytes"}


def _instant(name: str, text: str) -> str:
    try:
        return clock.stamp_of(text)
    except ValueError as error:
        message = f"{name} must be the recorded_at of an exchange, as in 2026-01-01T09:00:00Z."
        raise SandboxRefusal("validation-failed", 400, message, field=name) from error


def _like(glob: str, star: str) -> str:
    """Return a glob as LIKE has it, escaped; without a ``star`` it is taken as it is."""
    for special in "\\%_":
        glob = glob.replace(special, "\\" + special)
    return glob.replace(star, "%") if star else glob
