"""What was observed in a world: the whole journal, the branches taken, the exchanges in sequence, the registrations."""

from typing import Annotated

import msgspec
from msgspec import Struct

from orchestrator import fleet, observed, registrations
from orchestrator.api.channel import seen, view
from orchestrator.models import StatusChangeView
from orchestrator.views import Coverage, Registrations, RegistrationWithHistory
from simulators.kit.api import Answer, Api
from simulators.kit.journal import Exchanges, JournalQuery
from simulators.kit.models import assumed
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

api = Api()


class SequenceQuery(Struct):
    """``registration`` narrows the sequence to one registration's exchanges."""

    registration: Annotated[str, assumed] = ""


@api.operation("GET", "/_sandbox/worlds/<world>/journal", query=JournalQuery, answer=Exchanges, control=True)
def get_journal(service: Service, query: JournalQuery, world: str) -> Exchanges:
    """List a world's exchanges with every service, oldest first."""
    if query.service:
        fleet.known(query.service, "service")
    return Exchanges(observed.exchanges(service, world, query))


@api.operation("GET", "/_sandbox/worlds/<world>/coverage", answer=Coverage, control=True)
def get_coverage(service: Service, world: str) -> Coverage:
    """Tell the branches that were taken in a world, by id, with the exchanges that took them."""
    return msgspec.convert({"branches": observed.coverage(service, world)}, Coverage)


@api.operation("GET", "/_sandbox/worlds/<world>/sequence", query=SequenceQuery, control=True)
def get_sequence(service: Service, query: SequenceQuery, world: str) -> Answer:
    """Draw a world's real exchanges as a Mermaid sequence diagram."""
    return Answer(observed.sequence(service, world, query.registration), 200, {}, "text/vnd.mermaid")


@api.operation("GET", "/_sandbox/worlds/<world>/registrations", answer=Registrations, control=True)
def get_registrations(service: Service, world: str) -> Registrations:
    """List a world's registrations, newest first, each with its history. A tester sees them all, whosever they are."""
    service.worlds.find(world_id(world))
    changes: dict[str, list[StatusChangeView]] = {}
    for change in registrations.every_change(service.store, world):
        changes.setdefault(change.registration, []).append(seen(change))
    every = registrations.all_of(service.store, world)
    return Registrations([RegistrationWithHistory(view(one), one.owner, changes.get(one.id, [])) for one in every])
