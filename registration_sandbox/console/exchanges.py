"""The journal, page by page, and each exchange with why it was answered as it was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from orchestrator.flows import FLOWS
from orchestrator.flows.branches import Branch, branches
from orchestrator.registrations import MOVED
from registration_sandbox.console import curl, har, journal_filters, urls
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.control_plane import fleet, observed
from registration_sandbox.worlds import making
from registration_sandbox.worlds.personas import PersonaState
from simulators.kit.errors import SandboxRefusal
from simulators.kit.journal import MOST_EXCHANGES, DecisionEntry, Exchange, JournalQuery
from simulators.kit.services import SERVICES
from simulators.kit.turns import in_pieces
from simulators.kit.world import World

blueprint = Blueprint("console-exchanges", __name__)

PAGE = 100
"""How many exchanges a page of the journal has."""


@dataclass(frozen=True)
class Reason:
    """A decision, in the exchange in which it was made, with what the documents say of the branch that it took."""

    decision: DecisionEntry
    branch: Branch | None
    exchange: str

    @property
    def document(self) -> str:
        return FLOWS[self.branch.flow].document if self.branch else ""

    @property
    def step(self) -> str:
        """The number of the document's step."""
        return self.branch.step.partition(" ")[0] if self.branch else ""

    @property
    def retold(self) -> str:
        """Where our documentation retells the step."""
        return f"docs/flows/{self.branch.flow}-registration.md#step-{self.step}" if self.branch else ""


@blueprint.get(f"{urls.WORLD}/journal")
def get_journal(world: str) -> Response:
    """List exchanges, newest first; each page leads to the one with the exchanges before."""
    found = world_named(world)
    asked = _read_filters()
    people = making.everyone(service(), found.id).personas
    exchanges = _find_exchanges(found, asked, people, PAGE + 1)
    earlier = exchanges[1].recorded_at.isoformat() if len(exchanges) > PAGE else ""
    return render(
        "journal.html", found, exchanges=exchanges[-PAGE:][::-1], asked=asked, earlier=earlier, services=SERVICES,
        branches=branches(), is_newest=not any(asked.values()), page_size=PAGE, people=people,
        earlier_query={**asked, "until": earlier},
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/journal.har")
def get_archive(world: str) -> Response:
    """Download the exchanges that the journal shows, on all its pages, as an HTTP archive."""
    found = world_named(world)
    people = making.everyone(service(), found.id).personas
    exchanges = _find_exchanges(found, _read_filters(), people, MOST_EXCHANGES)
    made = har.archive(exchanges, found, service().settings, service().version)
    answer = Response(json.dumps(made, ensure_ascii=False), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.id}.har"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _read_filters() -> dict[str, str]:
    return {name: request.args.get(name, "").strip() for name in (*journal_filters.FIELDS, "until")}


def _find_exchanges(world: World, asked: dict[str, str], people: Sequence[PersonaState], most: int) -> list[Exchange]:
    """Return the newest exchanges that fit, oldest first."""
    if asked["service"]:
        fleet.check_service(asked["service"], "service")
    path = asked["path"] if not asked["path"] or "*" in asked["path"] else f"*{asked['path']}*"
    deep = any(asked[name] for name in journal_filters.DEEP)
    query = JournalQuery(
        asked["service"], path, asked["branch"], until=asked["until"], limit=MOST_EXCHANGES if deep else most
    )
    exchanges = observed.exchanges(service(), world.id, query)
    if not deep:
        return exchanges
    chosen = journal_filters.make_filter(asked, people, exchanges)
    return [each for each in in_pieces(exchanges) if chosen.fits(each)][-most:]


@blueprint.get(f"{urls.WORLD}/exchanges/<id>")
def get_exchange(world: str, id: str) -> Response:
    found = world_named(world)
    exchange = _find_exchange(found, id)
    together = observed.exchanges(service(), found.id, JournalQuery(trace=exchange.trace_id))
    return render(
        "exchange.html", found, exchange=exchange, together=_nest_by_caller(together),
        reasons=find_reasons(exchange, together),
        shown=_format_value, curl=curl.command(exchange, found.id, service().settings.url(exchange.service)),
        is_push=exchange.caller == exchange.service, has_masks=curl.has_masks(exchange),
        moved=MOVED,
    )  # fmt: skip


@blueprint.get(f"{urls.WORLD}/exchanges/<id>/why")
def get_why(world: str, id: str) -> Response:
    """Show the reasons alone, for a page that has the answer already."""
    found = world_named(world)
    exchange = _find_exchange(found, id)
    together = observed.exchanges(service(), found.id, JournalQuery(trace=exchange.trace_id))
    return render("why.html", found, exchange=exchange, reasons=find_reasons(exchange, together), moved=MOVED)


def find_reasons(exchange: Exchange, together: Sequence[Exchange]) -> list[Reason]:
    """Return why an exchange was answered as it was: what was decided in it, and the branches that it relays."""
    known = branches()
    own = [Reason(decision, known.get(decision.branch or ""), exchange.id) for decision in exchange.decisions]
    relayed = [
        Reason(decision, known.get(decision.branch or ""), each.id)
        for each in together
        for decision in each.decisions
        if each.id != exchange.id and decision.branch in exchange.relayed
    ]
    return relayed + own


def _find_exchange(world: World, id: str) -> Exchange:
    exchange = next(iter(observed.exchanges(service(), world.id, JournalQuery(id=id))), None)
    if exchange is None:
        raise SandboxRefusal("unknown-exchange", 404, f"There is no exchange {id!r} in the world {world.id}.")
    return exchange


def _nest_by_caller(exchanges: list[Exchange]) -> list[tuple[int, Exchange]]:
    """Return the exchanges of a trace, oldest first, each with how deep it stands below the first."""
    depth: dict[str, int] = {}
    for exchange in exchanges:
        depth[exchange.id] = depth.get(exchange.parent or "", -1) + 1
    return [(depth[exchange.id], exchange) for exchange in exchanges]


def _format_value(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
