"""The journal, page by page, and each exchange with why it was answered as it was."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from orchestrator import fleet, observed
from orchestrator.console import curl, urls
from orchestrator.console.pages import render, service, world_named
from orchestrator.flows import FLOWS
from orchestrator.flows.branches import Branch, branches
from orchestrator.registrations import MOVED
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import DecisionEntry, Exchange, JournalQuery
from simulators.kit.settings import SERVICES

blueprint = Blueprint("console-exchanges", __name__)

PAGE = 100
"""How many exchanges a page of the journal has."""


@dataclass(frozen=True)
class Reason:
    """A decision, with what the documents say of the branch that it took."""

    decision: DecisionEntry
    branch: Branch | None
    document: str


@blueprint.get(f"{urls.WORLD}/journal")
def get_journal(world: str) -> Response:
    """List exchanges, newest first; each page leads to the one with the exchanges before."""
    found = world_named(world)
    asked = {name: request.args.get(name, "").strip() for name in ("service", "path", "branch", "until")}
    if asked["service"]:
        fleet.known(asked["service"], "service")
    path = asked["path"] if not asked["path"] or "*" in asked["path"] else f"*{asked['path']}*"
    query = JournalQuery(asked["service"], path, asked["branch"], until=asked["until"], limit=PAGE + 1)
    exchanges = observed.exchanges(service(), found.id, query)
    earlier = exchanges[1].recorded_at.isoformat() if len(exchanges) > PAGE else ""
    return render(
        "journal.html", found, exchanges=exchanges[-PAGE:][::-1], asked=asked, earlier=earlier, services=SERVICES,
        branches=branches(), is_newest=not any(asked.values()), page_size=PAGE,
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/exchanges/<id>")
def get_exchange(world: str, id: str) -> Response:
    found = world_named(world)
    exchange = next(iter(observed.exchanges(service(), found.id, JournalQuery(id=id))), None)
    if exchange is None:
        raise SandboxRefusal("unknown-exchange", 404, f"There is no exchange {id!r} in the world {found.id}.")
    together = observed.exchanges(service(), found.id, JournalQuery(trace=exchange.trace_id))
    return render(
        "exchange.html", found, exchange=exchange, together=_nested(together), reasons=reasons(exchange),
        shown=_shown, curl=curl.command(exchange, found.id, service().settings.url(exchange.service)),
        is_push=exchange.caller == exchange.service, has_masks=curl.has_masks(exchange),
        moved=MOVED,
    )  # fmt: skip


def reasons(exchange: Exchange) -> list[Reason]:
    """Return why an exchange was answered as it was, in the order in which it was decided."""
    known = branches()
    found = []
    for decision in exchange.decisions:
        branch = known.get(decision.branch or "")
        found.append(Reason(decision, branch, FLOWS[branch.flow].document if branch else ""))
    return found


def _nested(exchanges: list[Exchange]) -> list[tuple[int, Exchange]]:
    """Return the exchanges of a trace, oldest first, each with how deep it stands below the first."""
    depth: dict[str, int] = {}
    for exchange in exchanges:
        depth[exchange.id] = depth.get(exchange.parent or "", -1) + 1
    return [(depth[exchange.id], exchange) for exchange in exchanges]


def _shown(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
